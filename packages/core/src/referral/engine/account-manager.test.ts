import { expect, it } from 'vitest';
import { claim, opened, program, sale } from '../../../test/referral-journal.ts';
import type { Program } from '../entities/program.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';

const thanks: Program['rules'][number] = {
  ...program.rules[0]!,
  ...{ id: 'thanks', beneficiary: 'account_manager', kind: 'recognition', amount: { flat: 1 }, caps: [] },
};
const owned = (event: ReferralEvent): ReferralEvent =>
  event.kind === 'progress' ? { ...event, progress: { ...event.progress, ownerId: 'owner:3' } } : event;

it('whoever looks after a credited sale gets recognition where a rule says so, never money (rule 8)', () => {
  const engine = opened(
    [
      {
        key: 'p',
        occurredAt: 0,
        recordedAt: 0,
        kind: 'program',
        program: { ...program, rules: [...program.rules, thanks] },
      },
    ],
    [claim(1, 7, 1), owned(sale('opportunity_opened', 7, 2)), owned(sale('won', 7, 3, 100_000))],
  );
  const given = [...engine.state.rewards.all()].map((it) => [
    it.beneficiary.role,
    it.beneficiary.partyId,
    it.amount.minor,
  ]);
  expect(given).toEqual([
    ['account_manager', 'owner:3', 0],
    ['referrer', 'account:1', 10_000],
  ]);
});
