import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { aCard, aForecast, aMovement, aReferral, aSurvival } from '../../test/report-parts.ts';
import { renderPage } from './page.ts';
import type { ReportInput } from './report-input.ts';

const HOSTILE = `<img src=x onerror="alert(1)">'&amp; & Co.`;

function input(accounts: number, name = 'Acme'): ReportInput {
  const some = accounts > 0;
  return {
    org: { name, crm: name, edition: name },
    asOf: '2026-01-31T00:00:00.000Z',
    currency: 'EUR',
    tiles: [{ label: name, value: name, note: name }],
    portfolio: Array.from({ length: accounts }, (_, at) => ({
      name,
      healthScore: at % 101,
      band: 'healthy' as const,
      value: { minor: 100 * (at + 1), currency: 'EUR' },
    })),
    atRisk: some
      ? [
          {
            name,
            band: 'at_risk',
            healthScore: 3,
            atRisk: { minor: 100, currency: 'EUR' },
            reasons: [name],
            nextStep: name,
            confidence: name,
          },
        ]
      : [],
    coverage: some ? [{ title: name, share: 0.5 }] : [],
    referrals: aReferral(name, some),
    introductions: some ? [{ referrer: name, referred: name, state: name, reason: name }] : [],
    calls: some ? [{ what: name, calls: 3, minimum: 2 }] : [],
    accuracy: some ? [aCard(name)] : [],
    survival: some ? aSurvival(name) : null,
    drivers: some ? [{ model: 'contract', title: name, raises: 2, lowers: 1, up: 1.5, down: -0.5 }] : [],
    moved: aMovement(name, some),
    forecast: some ? aForecast(name) : null,
    notes: [name],
  };
}

describe('the report page', () => {
  test('an empty book says so in each part, and draws nothing', () => {
    const page = renderPage(input(0));
    expect(page.includes('<svg')).toBe(false);
    for (const said of [
      'No account is at risk.',
      'No account of the book has a known value yet.',
      'Nothing was scored yet.',
      'run <code>holdfast backtest</code>',
      'run <code>holdfast forecast</code>',
      'No account carries a score of ours in the CRM yet',
      'No driver is known of any account yet',
      'there is no start and end to draw',
      'Nobody was introduced on record yet: <code>holdfast referrals ask</code>',
    ]) {
      expect(page.includes(said)).toBe(true);
    }
  });

  test('nothing from the CRM becomes markup', () => {
    const page = renderPage(input(3, HOSTILE));
    const { document } = parseHTML(page);
    expect(document.querySelectorAll('img, script, [onerror]').length).toBe(0);
    expect(document.querySelector('h1')?.textContent).toBe(HOSTILE);
    expect(document.querySelector('td')?.textContent).toBe(HOSTILE);
  });

  test('the page asks for nothing: no script, no address, and a policy that forbids both', () => {
    const page = renderPage(input(50));
    expect(page.match(/<script|<link|src=|href=|url\(|@import/g)).toBeNull();
    expect(page.replaceAll('http://www.w3.org/', '').match(/https?:/g)).toBeNull();
    expect(page.includes("default-src 'none'")).toBe(true);
  });

  test('100,000 accounts: counts on a grid, so that the page stays under 400 kB', () => {
    const page = renderPage(input(100_000));
    expect(page.length).toBeLessThan(400_000);
    expect(page.includes('The darker a field')).toBe(true);
    expect(page.includes('One dot is one account')).toBe(false);
  });
});
