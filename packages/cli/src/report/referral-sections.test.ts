import { type DrawnIntroduction, layoutGraph, PAGE_ROOM } from '@holdfast/core';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { aReferral } from '../../test/report-parts.ts';
import { graphSection } from './graph-section.ts';
import { ledgerSection } from './ledger-section.ts';
import { CHAIN, chainAsList, chainInColumns } from './place-chain.ts';
import { referralSections } from './referral-sections.ts';

const dom = (html: string) => parseHTML(`<!doctype html><html><body>${html}</body></html>`).document;
const bodyOf = (title: string, given = aReferral('Acme')) =>
  referralSections(given, '').find((it) => it.title.startsWith(title))?.body ?? '';
const cells = (html: string, row: string) =>
  [...dom(html).querySelectorAll('tr')]
    .map((tr) => [...tr.querySelectorAll('td')].map((td) => td.textContent))
    .find(([first]) => first === row);
const chainOf = (...pairs: readonly (readonly [string, string, string?])[]) =>
  pairs.map(
    ([referrerId, referredId, state = 'won'], at): DrawnIntroduction => ({ referrerId, referredId, at, state }),
  );

describe('the referral parts of the page', () => {
  test('a book without introductions: one sentence with what to do, no picture', () => {
    const parts = referralSections(aReferral('Acme', false), '');
    expect(parts.map((it) => it.title)).toEqual(['Referrals']);
    expect(parts[0]?.body).toContain('<code>holdfast referrals submit</code>');
    expect(parts[0]?.body).not.toContain('<svg');
  });

  test('funnel: share of the step before with its interval, what fell out and why, what waits', () => {
    const html = bodyOf('Referrals');
    expect(cells(html, 'submitted')).toEqual(['submitted', '10', '', '2 duplicate: earlier claim protected']);
    expect(cells(html, 'accepted')).toEqual(['accepted', '8', '50 % (40 to 60)', '']);
    expect(html).toContain('Of 10 claims now: 1 under review, 1 queued.');
  });

  test('evidence: a class that the org cannot give is named unavailable with its reason, not left out and no 0', () => {
    const html = bodyOf('Referrals');
    expect(cells(html, 'confirmed by both')).toEqual(['confirmed by both', 'unavailable', 'unavailable']);
    expect(cells(html, 'mail or meeting with both')).toEqual(['mail or meeting with both', '10', '4']);
    expect(html).toContain('Unavailable, not absent: confirmed by both (Acme).');
    expect(html).toContain('a part of mail or meeting with both (mails: Acme).');
  });

  test('ledger: exact amounts by program and currency, the reward that waits and what to type for it', () => {
    const html = bodyOf('Rewards');
    const amounts = ['1,200.00', '0.00', '500.00', '400.00', '200.00', '100.00', '0.00'];
    expect(cells(html, 'Acme')).toEqual(['Acme', 'EUR', ...amounts]);
    const item = dom(html).querySelector('.waiting li');
    expect(item?.textContent).toContain("EUR 500.00, earned on 2026-01-01: Above the program's limit");
    expect(item?.querySelector('code')?.textContent).toBe(
      'holdfast referrals approve "main/won deal:1/first/referrer/0"',
    );
    expect(html).toContain('2 more wait');
  });

  test('ledger: a currency without minor units, one with three; what each kind of waiting asks for', () => {
    const line = { accrued: 1_234_567, pending: 0, held: 0, payable: 0, paid: 0, reversed: 0, receivable: 0 };
    const balances = ['JPY', 'KWD'].map((currency) => ({ programId: currency, currency, ...line }));
    const reward = { programId: 'main', opportunityId: 'deal:1', money: { minor: 5, currency: 'JPY' }, earnedAt: 0 };
    const shown = (['rule', 'enter', 'benefit'] as const).map((needs) => {
      return {
        ...reward,
        key: 'a/b',
        needs,
        reason: needs === 'rule' ? ('dispute_open' as const) : ('benefit_applied' as const),
      };
    });
    const html = ledgerSection({ balances, waiting: { shown, more: 0 } }, (id) => id);
    expect(cells(html, 'JPY')?.[2]).toBe('1,234,567');
    expect(cells(html, 'KWD')?.[2]).toBe('1,234.567');
    const commands = [...dom(html).querySelectorAll('.waiting li')].map((it) => it.querySelector('code')?.textContent);
    expect(commands).toEqual([
      'holdfast referrals rule deal:1 --why "..."',
      undefined,
      'holdfast referrals fulfil a/b',
    ]);
  });

  test('returns: counted beside incremental, value of both types with intervals, asks by trigger', () => {
    const html = bodyOf('What referrals return');
    expect(cells(html, 'Acme')).toEqual([
      'Acme',
      '4, 3 stayed',
      'EUR 9,000',
      'EUR 1,100',
      'EUR 0',
      'EUR 7,900',
      'not enough yet',
    ]);
    expect(html).toContain('Acme, incremental: not enough: 3 against 1 comparable cases, 30 each are needed.');
    expect(cells(html, 'type one')).toEqual(['type one', '40', 'EUR 9,000', 'EUR 225 (EUR 200 to EUR 250)']);
    expect(cells(html, 'Acme a')).toEqual(['Acme a', '2 and 1', 'EUR 9,000', 'EUR 9,500']);
    expect(cells(html, 'promoter')?.slice(0, 5)).toEqual([
      'promoter',
      '40',
      '50 % (40 to 60)',
      '5, 2 won',
      'EUR 4,000',
    ]);
  });
});

describe('the picture of who introduced whom', () => {
  const nameOf = (id: string) => `Account ${id}`;

  test('on a screen a referrer is left of those whom it introduced; as a list it is above them', () => {
    const [chain] = layoutGraph(chainOf(['a', 'b'], ['a', 'c'], ['b', 'd'])).chains;
    if (!chain) throw new Error('no chain');
    const columns = chainInColumns(chain, nameOf);
    const list = chainAsList(chain, nameOf);
    expect(list.map((it) => it.id)).toEqual(['a', 'b', 'd', 'c']);
    for (const { parent, x } of columns) if (parent) expect(x).toBeGreaterThan(parent.x);
    for (const { parent, y } of list) if (parent) expect(y).toBeGreaterThan(parent.y);
    for (const spots of [columns, list]) expect(new Set(spots.map((it) => `${it.x} ${it.y}`)).size).toBe(4);
    expect(columns.every((it) => it.x < CHAIN.wide) && list.every((it) => it.x < CHAIN.narrow)).toBe(true);
  });

  test('what is not drawn is said behind the name, or beside those that are drawn', () => {
    const pairs = [
      ['a', 'b'],
      ['a', 'c'],
      ['b', 'd'],
      ['d', 'e'],
      ['d', 'f'],
    ] as const;
    const room = { ...PAGE_ROOM, referredOfOne: 1, steps: 2 };
    const [chain] = layoutGraph(chainOf(...pairs), room).chains;
    const spots = chain ? chainInColumns(chain, nameOf) : [];
    expect(spots.map((it) => [it.name, it.rest])).toEqual([
      ['Account a', ''],
      ['Account b', ''],
      ['Account d', '+ 2 more'],
      ['', '+ 1 more'],
    ]);
  });

  test('each kind of state has a shape of its own, named in the legend; a later introduction is dotted', () => {
    const states = ['accepted', 'opportunity', 'won', 'retained', 'lost'] as const;
    const rows = chainOf(...states.map((state, at) => ['a', `b${at}`, state] as const), ['b2', 'b3', 'won']);
    const page = dom(graphSection(layoutGraph(rows), nameOf));
    const marks = [...page.querySelectorAll('.on-screen g')].flatMap((it) => {
      const title = it.querySelector('title')?.textContent;
      return title ? [[title, [...it.children].map((child) => child.localName).join()]] : [];
    });
    expect(new Set(marks.map(([, shape]) => shape)).size).toBeGreaterThanOrEqual(3);
    const shapes = [...page.querySelectorAll('.marks svg')].map((it) => it.innerHTML.replaceAll(/"#\w+"/g, ''));
    expect(new Set(shapes).size).toBe(5);
    expect(page.querySelectorAll('.on-screen path[stroke-dasharray="2 3"]').length).toBe(1);
    expect(page.querySelector('svg.chain')?.getAttribute('aria-label')).toBe(
      'Account a and those whom it led to: 5 in one step',
    );
  });

  test('the same as a table, one row for each line of the pictures', () => {
    // the last one is the first once more, by another program: no line and no row of its own
    const rowsOf = chainOf(['a', 'b'], ['a', 'c', 'lost'], ['c', 'b', 'expired'], ['a', 'b', 'lost']);
    const html = graphSection(layoutGraph(rowsOf), nameOf);
    const rows = [...dom(html).querySelectorAll('details tbody tr')].map((tr) => tr.textContent);
    expect(rows).toEqual([
      'Account aAccount bwon',
      'Account aAccount clost',
      'Account cAccount bexpired (not the first)',
    ]);
  });

  test('100,000 introductions: under 300 kB, and every party is drawn or counted', () => {
    const rows = Array.from({ length: 100_000 }, (_, at): DrawnIntroduction => {
      const referrerId = at < 100 ? `r${at}` : `p${(at * 7919) % at}`;
      return { referrerId, referredId: `p${at}`, at, state: 'won' };
    });
    const layout = layoutGraph(rows, PAGE_ROOM);
    const html = graphSection(layout, (id) => `A name of an account that is long enough to be cut ${id}`);
    expect(html.length).toBeLessThan(300_000);
    const drawn = layout.chains
      .flatMap((it) => it.places)
      .reduce((sum, it) => sum + (it.kind === 'party' ? 1 : it.count), 0);
    expect(drawn + layout.more.parties).toBe(new Set(rows.flatMap((it) => [it.referrerId, it.referredId])).size);
    expect(html).toContain('Not drawn: ');
  });
});
