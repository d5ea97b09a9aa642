import { describe, expect, it } from 'vitest';
import { anAccount, aTicket, at, indexes, profile, sliceOf } from '../../test/records.ts';
import { CONTRACT_CARD, ORDERS_CARD } from '../retention/scorecards.ts';
import { treatmentEffect } from '../retention/value/treatment-effect.ts';
import { missingForValue, nextBestActions, UNPRICED } from './next-best-actions.ts';
import { FIND_OUT_STEP, PLAYBOOKS, STEADY_STEP } from './playbooks.ts';
import { scoreAccount } from './score-account.ts';
import { scoreSlice } from './score-slice.ts';

const neutral = { openUrgentTickets: 0, escalations90: 0, overdueLines: 0, ownerMissing: 0, managerView: 0 };

describe('playbooks', () => {
  it('fit the field (255 characters) and cover every driver that can raise the risk by an act of ours', () => {
    const drivers = new Set(PLAYBOOKS.map((it) => it.driver));
    const rows = [...CONTRACT_CARD.rows, ...ORDERS_CARD.rows].map((it) => it.feature);
    expect(rows.filter((it) => !drivers.has(it)).sort()).toEqual([
      'autoRenews',
      'renewals',
      'tenureDays',
      'tenureDays',
    ]);
    for (const { step } of PLAYBOOKS) expect(step.length).toBeLessThanOrEqual(255);
  });
});

describe('next step', () => {
  it('belongs to the strongest driver that raises the risk', () => {
    const score = scoreAccount({
      model: 'contract',
      ...neutral,
      openUrgentTickets: 1,
      escalations90: 1,
      managerView: -1,
    });
    expect(score.nextStep).toBe(PLAYBOOKS.find((it) => it.driver === 'escalations90')?.step);
  });

  it('without one: find out where little is known, else keep the rhythm', () => {
    expect(scoreAccount({}).nextStep).toBe(FIND_OUT_STEP);
    const all = Object.fromEntries(CONTRACT_CARD.rows.map((row) => [row.feature, row.from]));
    expect(scoreAccount({ model: 'contract', ...all }).nextStep).toBe(STEADY_STEP);
  });
});

describe('next best actions', () => {
  const score = scoreAccount({
    model: 'contract',
    ...neutral,
    openUrgentTickets: 1,
    daysSinceTouch: 90,
    recurring: { minor: 1_000_000, currency: 'EUR' },
  });
  const [MARGIN, HOUR] = [0.5, 10_000];
  const priced = { grossMargin: MARGIN, hourlyCost: HOUR };

  it('hand calculation: without margin and cost by log-odds removed, and it says what to set', () => {
    const actions = nextBestActions(score);
    // eta = -2.0907411 + .5 + .4 = -1.1907411, p = 0.23310.
    // Ticket: effect .6 -> eta - .30, p = 0.18379, drop 0.04931. Touch: effect .6 -> eta - .24, p = 0.19296, drop 0.04014.
    expect(actions.map((it) => it.playbook.driver)).toEqual(['openUrgentTickets', 'daysSinceTouch']);
    expect(actions.map((it) => it.logOddsRemoved)).toEqual([expect.closeTo(0.3, 9), expect.closeTo(0.24, 9)]);
    expect(actions[0]?.probabilityDrop).toBeCloseTo(0.04931, 4);
    expect(actions[1]?.probabilityDrop).toBeCloseTo(0.04014, 4);
    expect(actions[0]).toMatchObject({ value: null, cost: null, keeps: null, breakEven: null, worthIt: null });
    expect(missingForValue(UNPRICED)).toEqual(['grossMargin', 'hourlyCost']);
    const noCost = { grossMargin: MARGIN, hourlyCost: null };
    expect(missingForValue(noCost)).toEqual(['hourlyCost']);
    expect(nextBestActions(score, noCost)[0]).toMatchObject({ value: null, breakEven: null, worthIt: null });
  });

  it('hand calculation: expected value = drop x margin - hours x cost, dear hours turn the order round', () => {
    const actions = nextBestActions(score, priced);
    // Margin 500,000. Ticket: 24,655 - 20,000 = 4,655. Touch: 20,070 - 10,000 = 10,070: first.
    expect(actions.map((it) => it.playbook.driver)).toEqual(['daysSinceTouch', 'openUrgentTickets']);
    const [touch, ticket] = actions;
    expect(Math.abs((touch?.value?.minor ?? 0) - 10_070)).toBeLessThan(10);
    expect(Math.abs((ticket?.value?.minor ?? 0) - 4_655)).toBeLessThan(10);
    expect([touch?.cost, ticket?.cost]).toEqual([
      { minor: 10_000, currency: 'EUR' },
      { minor: 20_000, currency: 'EUR' },
    ]);
    // Break-even: cost / (margin x p) = 10,000 / (500,000 x 0.23310) = 0.0858; the ticket twice that.
    expect(touch?.breakEven).toBeCloseTo(0.0858, 4);
    expect(ticket?.breakEven).toBeCloseTo(0.1716, 4);
    expect([touch?.worthIt, ticket?.worthIt]).toEqual([true, true]);
    // 1 - exp(-.24) = 21 % of the odds.
    expect(touch?.assumption).toMatch(/^assumed: 21 % of the odds of loss removed/);
  });

  it('hand calculation: a step that costs more than it keeps comes last and is not worth it', () => {
    const actions = nextBestActions(score, { grossMargin: MARGIN, hourlyCost: 15_000 });
    // Ticket: 24,655 - 30,000 < 0. Touch: 20,070 - 15,000 = 5,070.
    expect(actions.map((it) => [it.playbook.driver, it.worthIt])).toEqual([
      ['daysSinceTouch', true],
      ['openUrgentTickets', false],
    ]);
    expect(nextBestActions({ ...score, revenueInHorizon: null }, priced)[0]).toMatchObject({
      value: null,
      worthIt: null,
    });
  });

  it('a hold-out that weighs more than the assumption replaces it and says so', () => {
    const arm = (arm: 'treat' | 'hold-out', n: number, lost: number) =>
      Array.from({ length: n }, (_, i) => ({ accountId: `account:${i}`, stratum: 'all', arm, lost: i < lost }));
    const effect = treatmentEffect([...arm('treat', 1000, 100), ...arm('hold-out', 1000, 200)]);
    if (!effect.measured) throw new Error('no effect');
    const [first] = nextBestActions(score, { ...priced, measured: { openUrgentTickets: effect } });
    expect(first?.playbook.driver).toBe('openUrgentTickets');
    expect(first?.assumption).toMatch(/^measured: .* from 2000 accounts with an outcome$/);
  });
});

describe('the step that is written', () => {
  const facts = {
    model: 'contract' as const,
    ...neutral,
    openUrgentTickets: 1,
    daysSinceTouch: 90,
    recurring: { minor: 1_000_000, currency: 'EUR' },
  };
  const stepOf = (driver: string) => PLAYBOOKS.find((it) => it.driver === driver)?.step;

  it('is the strongest driver\u2019s as long as its value cannot be told, and the one of most value after that', () => {
    expect(scoreAccount(facts).nextStep).toBe(stepOf('openUrgentTickets'));
    const worth = { grossMargin: 0.5, hourlyCost: null };
    expect(scoreAccount(facts, { worth }).nextStep).toBe(stepOf('openUrgentTickets'));
    expect(scoreAccount(facts, { worth: { ...worth, hourlyCost: 10_000 } }).nextStep).toBe(stepOf('daysSinceTouch'));
    expect(scoreAccount(facts, { worth: { ...worth, hourlyCost: 90_000 } }).nextStep).toBe(STEADY_STEP);
    const { recurring: _, ...unpriced } = facts;
    expect(scoreAccount(unpriced, { worth: { ...worth, hourlyCost: 10_000 } }).nextStep).toBe(
      stepOf('openUrgentTickets'),
    );
  });

  it('a held-out account is scored as all others and keeps the steady step', () => {
    const [free, held] = [scoreAccount(facts), scoreAccount(facts, { heldOut: true })];
    expect(held).toEqual({ ...free, nextStep: STEADY_STEP });
    const slice = sliceOf('2026-06-01', {
      account: anAccount(),
      tickets: [aTicket({ openedAt: at('2026-05-01'), priority: 'urgent' })],
    });
    const step = (ids: string[]) => scoreSlice(slice, profile, indexes, { heldOut: new Set(ids) })?.score.nextStep;
    expect(step(['account:1'])).toBe(STEADY_STEP);
    expect(step(['account:2'])).not.toBe(STEADY_STEP);
  });
});

describe('scoring a slice', () => {
  it('leaves out accounts outside the book and those that a person ticked', () => {
    const slice = sliceOf('2026-06-01');
    expect(scoreSlice({ ...slice, role: 'prospect' }, profile, indexes)).toBeNull();
    expect(scoreSlice({ ...slice, account: anAccount({ excluded: true }) }, profile, indexes)).toBeNull();
    expect(scoreSlice(slice, profile, indexes)?.facts.model).toBe('orders');
  });

  it('our own written fields play no part in the facts', () => {
    const tickets = [aTicket({ openedAt: at('2026-05-01'), priority: 'urgent' })];
    const plain = sliceOf('2026-06-01', { tickets });
    const written = sliceOf('2026-06-01', {
      tickets,
      account: anAccount({ healthScore: 12, healthBand: 'at_risk', churnProbability: 0.9, mainReason: 'usage' }),
    });
    expect(scoreSlice(written, profile, indexes)?.facts).toEqual(scoreSlice(plain, profile, indexes)?.facts);
  });
});
