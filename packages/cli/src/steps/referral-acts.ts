import {
  type AttributionDecision,
  formatInstant,
  type Id,
  type PersonsAct,
  type ReferralClaim,
  type ReferralEvent,
  type RewardRecord,
  refuse,
  resolveClaimId,
} from '@holdfast/core';
import { exactMoney } from '../referrals/exact-money.ts';
import type { ReferralDesk } from '../referrals/referral-desk.ts';
import { refusalError } from '../referrals/refusal.ts';
import { withoutNames } from '../referrals/without-names.ts';
import { words } from '../text/format.ts';

/** How things stand after a person's act. */
export interface ActedOn {
  readonly act: PersonsAct['act'];
  /** Names or addresses were left out of the reason. */
  readonly leftOut: boolean;
  readonly decision: AttributionDecision | null;
  readonly reward: RewardRecord | null;
  readonly claim: ReferralClaim | null;
}

/** Takes a person's act and lets the day go on, so that what it sets free moves at once. */
export async function actStep(desk: ReferralDesk, said: PersonsAct, by: string): Promise<ActedOn> {
  const { state, now } = desk;
  const does = await withoutNames(desk, said);
  const about = 'rewardKey' in does ? does.rewardKey : 'opportunityId' in does ? does.opportunityId : does.referralId;
  const at = { occurredAt: now, recordedAt: now };
  const key = `act ${does.act} ${about} ${by} ${formatInstant(now)}`;
  const events: readonly ReferralEvent[] = [
    { key, ...at, kind: 'act', by, does },
    { key: `day ${now}`, ...at, kind: 'day' },
  ];
  await desk.take(events, key);
  return {
    act: does.act,
    leftOut: does !== said,
    decision: 'programId' in does ? lastDecision(desk, does.opportunityId, does.programId) : null,
    reward: 'rewardKey' in does ? (state.rewards.get(does.rewardKey) ?? null) : null,
    claim:
      'referralId' in does && does.referralId !== null
        ? (state.claims.get(resolveClaimId(state, does.referralId)) ?? null)
        : null,
  };
}

/** The program in which a sale is decided: that of the claim that is named, of --program, or the only one. */
export function programOfSale(
  { state }: ReferralDesk,
  sale: Id,
  named: { readonly claim: string | null; readonly program: string | undefined },
): string {
  if (named.claim !== null) {
    const claim = state.claims.get(resolveClaimId(state, named.claim));
    if (claim) return claim.programId;
    throw refusalError(
      refuse('bad_shares', `There is no claim ${named.claim}. \`holdfast referrals list --json\` has the ids.`),
    );
  }
  const decided = [...(state.decisions.get(sale)?.keys() ?? [])];
  const found = named.program ?? (decided.length === 1 ? decided[0] : undefined);
  if (found !== undefined) return found;
  const why = decided.length === 0 ? 'There is no decision on it yet.' : `Give --program: ${decided.join(', ')}.`;
  throw refusalError(refuse('illegal_transition', `${sale}: ${why}`));
}

function lastDecision({ state }: ReferralDesk, sale: Id, program: string): AttributionDecision | null {
  return state.decisions.get(sale)?.get(program)?.at(-1) ?? null;
}

const DONE: Readonly<Record<PersonsAct['act'], string>> = {
  override: 'Decided otherwise',
  dispute: 'Disputed: the rewards of the sale wait for the ruling',
  appeal: 'Appealed',
  rule: 'Ruled',
  credit_elsewhere:
    'Taken down: another channel is credited with the sale; referrals count as influence unless it was decided before',
  approve: 'Approved',
  reject: 'Rejected',
  fulfil: 'Fulfilled',
  withdraw: 'Withdrawn',
  disqualify: 'Disqualified',
  confirm: 'Confirmed',
  notify: 'Noted: the person was told',
  clear: 'Lifted: the check stops and holds nothing of this claim any more',
};

/** What is left of it, and until when it is held where it was only approved. */
function rewardLine({ key, state, amount, reversed, dueAt }: RewardRecord): string {
  const held = state === 'approved' ? `, held until ${formatInstant(dueAt).slice(0, 10)}` : '';
  return `${key} is ${words(state)}: ${exactMoney({ ...amount, minor: amount.minor - reversed })}${held}.`;
}

/** What was done and how it stands now. */
export function actedText({ act, leftOut, decision, reward, claim }: ActedOn): string {
  return [
    `${DONE[act]}.`,
    ...(leftOut ? ['Names and addresses were left out of the reason: ids are enough.'] : []),
    ...(decision
      ? [
          `Decision ${decision.version} on ${decision.opportunityId} (${decision.programId}):`,
          ...decision.candidates.map((it) => `  ${it.referralId}  ${it.credit}  ${it.share / 100} %  ${it.reason}`),
        ]
      : []),
    ...(reward ? [rewardLine(reward)] : []),
    ...(claim && !decision ? [`${claim.id} is ${claim.state}.`] : []),
  ].join('\n');
}
