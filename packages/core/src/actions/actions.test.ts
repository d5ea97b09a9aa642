import { describe, expect, it } from 'vitest';
import { anAccount, aTicket, at, indexes, profile, sliceOf } from '../../test/records.ts';
import { CONTRACT_CARD, ORDERS_CARD } from '../retention/scorecards.ts';
import { nextBestActions } from './next-best-actions.ts';
import { FIND_OUT_STEP, PLAYBOOKS, STEADY_STEP } from './playbooks.ts';
import { scoreAccount } from './score-account.ts';
import { scoreSlice } from './score-slice.ts';

const neutral = { openUrgentTickets: 0, escalations90: 0, overdueLines: 0, ownerMissing: 0, managerView: 0 };

describe('playbooks', () => {
  it('fit the field (255 characters) and cover every driver that can raise the risk by an act of ours', () => {
    const drivers = new Set(PLAYBOOKS.map((it) => it.driver));
    const rows = [...CONTRACT_CARD.rows, ...ORDERS_CARD.rows].map((it) => it.feature);
    expect(rows.filter((it) => !drivers.has(it)).sort()).toEqual(['autoRenews', 'tenureDays', 'tenureDays']);
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
  it('ranks by chance of loss removed per hour, with the value it keeps', () => {
    const score = scoreAccount({
      model: 'contract',
      ...neutral,
      openUrgentTickets: 1,
      daysSinceTouch: 90,
      recurring: { minor: 1_000_000, currency: 'EUR' },
    });
    const actions = nextBestActions(score);
    // eta = -2.0907411 + .5 + .4 = -1.1907411, p = 0.23310.
    // Ticket: 2 h, effect .6 -> eta - .30, p = 0.18379, drop 0.04931, 0.02466 an hour.
    // Touch: 1 h, effect .6 -> eta - .24, p = 0.19296, drop 0.04014, 0.04014 an hour: first.
    expect(actions.map((it) => it.playbook.driver)).toEqual(['daysSinceTouch', 'openUrgentTickets']);
    expect(actions[0]?.probabilityDrop).toBeCloseTo(0.04014, 4);
    expect(actions[1]?.probabilityDrop).toBeCloseTo(0.04931, 4);
    expect(Math.abs((actions[1]?.keeps?.minor ?? 0) - 49_310)).toBeLessThan(20);
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
