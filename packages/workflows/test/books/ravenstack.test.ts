import { type AccuracyCard, type BacktestScope, backtest, CONTRACT_CARD, type DecisionRows } from '@holdfast/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { churnWindows } from './churn-windows.ts';
import { collectBook } from './collect-book.ts';
import { RAVENSTACK_DAY, ravenstackAccounts } from './ravenstack.ts';
import { hasBook, readTable } from './read-table.ts';
import { tryChallenger } from './try-challenger.ts';

const scope: BacktestScope = {
  ...{ on: RAVENSTACK_DAY, leadDays: 30, pending: 0, leftOut: [], byGraceDays: [], lossesMissing: null },
};
const cardOf = (rows: DecisionRows) => {
  const done = backtest(rows, CONTRACT_CARD, scope);
  if (!done.fitted) throw new Error(done.message);
  return done.card;
};

describe.skipIf(!hasBook('ravenstack'))(
  'RavenStack, random by its makers (skipped where ../shared/data is absent)',
  () => {
    describe('its dirt is kept', () => {
      it('flags and churn events agree for 188 of 500 accounts, 37.6 % (retention model, section 7)', () => {
        const events = new Set(readTable('ravenstack', 'ravenstack_churn_events').map((row) => row['account_id']));
        const agree = readTable('ravenstack', 'ravenstack_accounts').filter(
          (row) => (row['churn_flag'] === 'True') === events.has(row['account_id']),
        );
        expect(agree).toHaveLength(188);
      });

      it('500 accounts, 5,000 subscriptions, 2,000 tickets, 600 events, and every use, also before the sign-up', () => {
        const book = ravenstackAccounts('run on');
        const sum = (count: (it: (typeof book)[number]) => number) => book.reduce((total, it) => total + count(it), 0);
        expect([book.length, sum((it) => it.records.contracts.length), sum((it) => it.records.tickets.length)]).toEqual(
          [500, 5_000, 2_000],
        );
        expect(sum((it) => it.churnDays.length)).toBe(600);
        const used = readTable('ravenstack', 'ravenstack_feature_usage').reduce(
          (total, row) => total + Number(row['usage_count']),
          0,
        );
        expect(sum(({ records }) => records.usage.reduce((total, it) => total + (it.events ?? 0), 0))).toBe(used);
        const early = sum(
          ({ records }) => records.usage.filter((it) => Date.parse(it.periodOn) < records.account.createdAt!).length,
        );
        expect(early).toBeGreaterThan(2_000);
      });
    });

    describe('as the product reads it: who churned still has subscriptions that run, so hardly anybody was lost', () => {
      it.each([
        ['run on', 200],
        ['renew by billing', 2_000],
      ] as const)('subscriptions without an end %s: not enough outcomes, and nothing competes', (open, decisions) => {
        const { contract, coverage } = collectBook(
          ravenstackAccounts(open).map((it) => it.records),
          RAVENSTACK_DAY,
        );
        const { kept, contracted, lost } = coverage.outcomes.contract;
        expect(kept + contracted + lost).toBeGreaterThanOrEqual(decisions);
        expect(lost).toBeLessThan(0.01 * (kept + contracted));
        // Nothing was imported in bulk by these dates: it is not the rules of as-of that leave the card without losses.
        expect(coverage.imports).toEqual([]);
        expect(contract.count).toBeGreaterThan(0.8 * (kept + contracted + lost));
        const card = cardOf(contract);
        expect([card.verdict, card.challenger]).toEqual(['not-enough-outcomes', null]);
        expect(card.summary).toContain('30 more losses');
      });
    });

    describe('read as its makers meant it: lost is a churn event in the quarter after the cut-off', () => {
      let rows: DecisionRows;
      let card: AccuracyCard;
      beforeAll(() => {
        rows = churnWindows(ravenstackAccounts('run on'), RAVENSTACK_DAY);
        card = cardOf(rows);
      });

      it('the card says that there is no signal, on over a thousand decisions with hundreds of losses', () => {
        const score = card.rolling.find((it) => it.contender === 'score')!;
        console.log(
          `RavenStack: ${score.decisions} decisions, ${score.losses} losses, skill ${score.logLossSkill?.toFixed(4)}, AUC ${score.auc?.value.toFixed(3)} (${score.auc?.low.toFixed(3)} to ${score.auc?.high.toFixed(3)}): ${card.summary}`,
        );
        expect(score.decisions).toBeGreaterThan(1_000);
        expect(score.losses).toBeGreaterThan(200);
        expect(card.verdict).toBe('no-signal');
        expect(card.summary).toMatch(/^No signal/);
        expect(score.beatsBaseRate).toBe(false);
      });

      it('nor does recency or any other plain number beat the base rate', () => {
        expect(card.rolling.filter((it) => it.beatsBaseRate)).toEqual([]);
      });

      it('with 500 accounts the challenger does not compete; let in early, on every slice that it can learn for, it is not promoted', () => {
        expect(card.challenger).toBeNull();
        const tried = tryChallenger(rows, 20, RAVENSTACK_DAY);
        console.log(
          `challenger: ${tried.map((it) => `gain ${it.gain.toFixed(4)} (se ${it.gainSe.toFixed(4)})`).join(', ')}`,
        );
        expect(tried.length).toBeGreaterThanOrEqual(3);
        expect(tried.filter((it) => it.promoted)).toEqual([]);
      });

      it('the same gate opens where there is something to learn: a planted driver that no straight line can follow', () => {
        const width = rows.drivers.length;
        const at = rows.drivers.indexOf('managerView');
        const swings = rows.swings.slice();
        rows.lost.forEach((lost, i) => {
          // The lost lie far out on both sides, the kept anywhere.
          const size = lost === 1 ? 0.5 + (i % 7) / 10 : (i % 11) / 12;
          swings[i * width + at] = i % 2 === 0 ? size : -size;
        });
        const tried = tryChallenger({ ...rows, swings }, 20, RAVENSTACK_DAY);
        expect(tried.every((it) => it.gain > it.gainSe)).toBe(true);
        expect(tried.some((it) => it.promoted)).toBe(true);
      });
    });
  },
);
