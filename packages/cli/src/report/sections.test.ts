import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { aCard, aForecast, aMovement, aSurvival } from '../../test/report-parts.ts';
import { accuracySection } from './accuracy-section.ts';
import { driversSection } from './drivers-section.ts';
import { forecastSection } from './forecast-section.ts';
import { movedSection } from './moved-section.ts';
import { survivalSection } from './survival-section.ts';

const dom = (html: string) => parseHTML(`<!doctype html><html><body>${html}</body></html>`).document;
const cells = (html: string, row: string) =>
  [...dom(html).querySelectorAll('tr')]
    .map((tr) => [...tr.querySelectorAll('td')].map((td) => td.textContent))
    .find(([first]) => first === row);

describe('the accuracy part', () => {
  const html = accuracySection([aCard('Said')]);

  test('verdict, outcomes and the table of who predicted', () => {
    const page = dom(html);
    expect(page.querySelector('.verdict.good')?.textContent).toBe('Said');
    expect(page.querySelector('.facts')?.textContent).toContain('30 (15.0 %)');
    expect(cells(html, 'Said')).toEqual(['Said', '0.300', '0.200', 'not known', '0.80 (0.75 to 0.85)']);
    expect(cells(html, '90 days')).toEqual(['90 days', '200', '0.65 (0.60 to 0.70)', '20 %']);
  });

  test('a verdict that does not pass is not drawn as good', () => {
    const card = { ...aCard('Said'), verdict: 'no-signal' };
    expect(dom(accuracySection([card])).querySelector('.verdict.good')).toBeNull();
  });

  test('the plot has a dot and an interval for each bin, and the diagonal, at both widths', () => {
    const [screen] = [...dom(html).querySelectorAll('.on-screen svg')];
    expect(screen?.querySelectorAll('circle').length).toBe(2);
    expect(screen?.querySelectorAll('[aria-label="rule"] line').length).toBe(2);
    expect(screen?.querySelectorAll('[aria-label="line"] path').length).toBe(1);
    expect(dom(html).querySelectorAll('.on-telephone svg').length).toBe(1);
  });

  test('owners are counts; a card without a plot or an interval stands all the same', () => {
    expect(html).toContain('Of 12 account managers 9 had 10 decisions or more: 2 lost more than predicted');
    const bare = { ...aCard('Said'), calibration: null, topTenth: null, owners: null, challenger: null, leads: [] };
    expect(accuracySection([bare])).toContain('5 stood red and were kept');
  });
});

describe('the forecast part', () => {
  const html = forecastSection(aForecast('2026-01-31'));

  test('amounts of the three classes, expected and its interval; a month without renewals has no row', () => {
    const amounts = ['EUR 100', 'EUR 50', 'EUR 20', 'EUR 140', 'EUR 110 to EUR 160'];
    expect(cells(html, '2026-02')).toEqual(['2026-02', '4', ...amounts]);
    expect(cells(html, '2026-03')).toBeUndefined();
    expect(html).toContain('1 renewals without a known amount');
  });

  test('chances that no card has proved are said to be assumptions', () => {
    expect(html).not.toContain('assumptions until');
    const note = 'The chances of loss are assumptions until an accuracy card has passed.';
    expect(forecastSection({ ...aForecast('2026-01-31'), chances: { note } })).toContain(note);
  });

  test('the last quarter: what was foreseen beside what came', () => {
    expect(cells(html, 'all')).toEqual(['all', '10', '2', '8.5', '9', 'EUR 900', 'EUR 950']);
    expect(forecastSection({ ...aForecast('2026-01-31'), lastQuarter: null })).toContain('none can be judged yet');
  });
});

describe('the other parts', () => {
  test('what moved: factors on the odds multiply to the whole, evidence is a line of its own', () => {
    const html = movedSection(aMovement('Acme', true));
    expect(cells(html, 'Acme')).toEqual([
      'Acme',
      '80 → 60',
      'healthy → watch',
      'x 2.0',
      'x 2.0',
      'x 1.0',
      'x 1.0',
      'Acme',
    ]);
    expect(html).toContain('that is no movement of theirs');
  });

  test('what moved: a small factor keeps one digit, a tiny one its border', () => {
    const moved = aMovement('Acme', true);
    const split = { total: Math.log(0.0002), inputs: Math.log(0.043), model: Math.log(12), time: 0, drivers: [] };
    const html = movedSection({ ...moved, rows: moved.rows.map((row) => ({ ...row, split })) });
    expect(cells(html, 'Acme')?.slice(3)).toEqual(['under x 0.001', 'x 0.04', 'x 12', 'x 1.0', 'nothing']);
  });

  test('what moved without kept facts: no column promises a split', () => {
    const moved = aMovement('Acme', true);
    const html = movedSection({ ...moved, rows: moved.rows.map((row) => ({ ...row, split: null })) });
    expect(cells(html, 'Acme')).toHaveLength(3);
  });

  test('survival: label at the line, interval and number watched, and who is not in it', () => {
    const html = survivalSection(aSurvival('2024'));
    expect(dom(html).querySelector('.on-screen svg')?.textContent).toContain('2024');
    expect(cells(html, '2024')).toEqual(['2024', '40', '8', '80 % (64 to 89)\nn 21']);
    expect(html).toContain('2024 from year 0.5');
    expect(html).toContain('3 whose past the records do not tell');
    expect(html).toContain('20.0 % were lost at a decision within 2 years and 2.5 % ended from outside');
  });

  test('drivers: the two models apart, ten at most, strongest first', () => {
    const drivers = Array.from({ length: 12 }, (_, at) => ({
      ...{ model: 'contract' as const, title: `Driver ${at}`, raises: at + 1, lowers: 2, up: at, down: -1 },
    }));
    const html = driversSection([...drivers, { model: 'orders', title: 'Late', raises: 1, lowers: 0, up: 1, down: 0 }]);
    const page = dom(html);
    expect([...page.querySelectorAll('h3')].map((it) => it.textContent)).toEqual([
      'Contract accounts',
      'Order-based accounts',
    ]);
    const text = page.querySelector('svg')?.textContent ?? '';
    expect(text).toContain('Driver 11');
    expect(text).not.toContain('Driver 1D');
    expect(text.indexOf('Driver 11')).toBeLessThan(text.indexOf('Driver 5'));
  });
});
