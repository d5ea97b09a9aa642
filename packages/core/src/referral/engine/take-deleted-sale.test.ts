import { expect, it } from 'vitest';
import { act, balance, claim, opened, sale, stateOf, tick } from '../../../test/referral-journal.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';

const deleted: ReferralEvent = { ...tick(50), key: 'gone', kind: 'sale_deleted', opportunityId: 'opportunity:9' };
const won = [claim(1, 9, 0), sale('opportunity_opened', 9, 20), sale('won', 9, 40, 200_000)];

it('a won sale that was deleted: what is unpaid waits for a person, nothing is taken back by itself', () => {
  const engine = opened(won, [tick(41)], [deleted], [tick(90)]);
  const [reward] = engine.state.rewards.all();
  expect(reward).toMatchObject({ state: 'review_required', reason: 'sale_deleted', reversed: 0 });
  expect(stateOf(engine, 1, 9)).toBe('won');
  const key = reward?.key ?? '';
  engine.take([act(91, { act: 'approve', rewardKey: key, why: 'deleted by mistake' })]);
  engine.take([deleted, tick(92)]);
  expect(balance(engine, 1)).toMatchObject({ payable: 20_000 });
});

it('what was applied before stays applied', () => {
  const settled: ReferralEvent = {
    ...{ ...tick(72), key: 'settle', kind: 'settle', programId: 'main', period: '2026-03', by: 'owner:1' },
    payees: { 'account:1': { country: 'AT', taxFormOn: null, sanctions: 'clear' } },
  };
  const engine = opened(won, [tick(71)], [settled], [{ ...deleted, ...tick(80), key: 'gone', kind: 'sale_deleted' }]);
  expect([...engine.state.rewards.all()]).toMatchObject([{ state: 'fulfilled' }]);
});
