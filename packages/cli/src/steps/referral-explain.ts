import {
  DENIED,
  EVIDENCE_GONE,
  explainClaim,
  FRAUD_CHECKS,
  type FraudSignal,
  formatInstant,
  neutralText,
  REASONS,
  type RewardRecord,
  signalsAbout,
  type TimelineEntry,
} from '@holdfast/core';
import { UserError } from '../failure.ts';
import { exactMoney } from '../referrals/exact-money.ts';
import type { ReferralDesk } from '../referrals/referral-desk.ts';
import { columns } from '../text/columns.ts';

/** The life of a claim, for staff. */
export interface ExplainedClaim {
  readonly id: string;
  readonly state: string;
  readonly timeline: readonly TimelineEntry[];
  readonly signals: readonly FraudSignal[];
  readonly rewards: readonly RewardRecord[];
}

function claimOf({ state }: ReferralDesk, id: string) {
  const claim = state.claims.get(id);
  if (claim) return claim;
  throw new UserError('not-found', `There is no claim "${id}": \`holdfast referrals list\` has the ids.`, 2);
}

/** Every step, decision, finding and reward of a claim. */
export function explainStep(desk: ReferralDesk, id: string): ExplainedClaim {
  const claim = claimOf(desk, id);
  const { decisions, rewards } = desk.state;
  const histories = [...decisions.values()].flatMap((it) => it.get(claim.programId) ?? []);
  return {
    ...{ id, state: claim.state, timeline: explainClaim(claim, histories) },
    signals: signalsAbout(desk.state, id),
    rewards: [...rewards.all()].filter((it) => it.referralId === id),
  };
}

/**
 * What the referrer may be told: a neutral sentence and a day, nothing else. A claim that is not on record was refused and
 * may not be kept, or its party was erased since: that it is gone must tell no more than any refusal. So the day of a
 * refusal is that of the question, whether the claim is there or not.
 */
export function explainForReferrer(
  { state, now }: ReferralDesk,
  id: string,
): { readonly text: string; readonly on: string } {
  const claim = state.claims.get(id);
  const told = claim && neutralText(claim);
  if (told && told.text !== REASONS.ineligible.referrer) return told;
  return { text: REASONS.ineligible.referrer, on: formatInstant(now).slice(0, 10) };
}

/** The same for a person of the staff. */
export function explainedText({ id, state, timeline, signals, rewards }: ExplainedClaim): string {
  return [
    `${id} is ${state.replaceAll('_', ' ')}. For staff only; --for-referrer gives what the referrer may be told.`,
    ...columns(timeline.map((it) => [formatInstant(it.at).slice(0, 10), it.what, it.reason, it.text])),
    ...signals.flatMap(signalLines),
    ...rewards.map((it) => `Reward ${it.key}: ${exactMoney(it.amount)}, ${it.state} (${it.holds[0] ?? it.reason}).`),
  ].join('\n');
}

/** What is no check: it stands until somebody says otherwise. */
const DOUBTS: Readonly<Record<string, { readonly title: string; readonly until: string }>> = {
  [DENIED]: { title: 'what the two were asked', until: 'it is taken back on the record, or lifted' },
  [EVIDENCE_GONE]: { title: 'what somebody had recorded', until: 'the CRM shows it again, or it is lifted' },
};

/** A finding as staff need it: what was found and on what, what it does until when, and how it is appealed. */
function signalLines({
  check,
  action,
  explanation,
  evidence,
  appeal,
  failed,
  raisedAt,
  expiresAt,
  cleared,
}: FraudSignal) {
  const doubt = DOUBTS[check];
  const title = doubt?.title ?? FRAUD_CHECKS.find((it) => it.id === check)?.title ?? check;
  const found = Object.entries(evidence).map(([name, value]) => `${name} ${value}`);
  const day = (at: number) => formatInstant(at).slice(0, 10);
  const does = failed ? 'could not be run' : action.replaceAll('_', ' ');
  const standing = cleared
    ? `Lifted on ${day(cleared.at)} by ${cleared.by}: ${cleared.why}`
    : `Counts until ${doubt?.until ?? day(expiresAt)}. Appeal: ${appeal}`;
  return [
    `Check ${check}, ${title} (${does}, ${day(raisedAt)}): ${explanation}`,
    ...(found.length > 0 ? [`  Found: ${found.join(', ')}.`] : []),
    `  ${standing}`,
  ];
}
