import type { Instant } from '../../model/dates.ts';
import type { AttributionCandidate, AttributionDecision } from '../entities/attribution-decision.ts';
import type { AttributionPolicy } from '../entities/attribution-policy.ts';
import { type ReasonCode, type Refusal, refuse } from '../entities/reason-code.ts';
import { appendVersion, type DecisionHistory } from './decision-history.ts';
import { WHOLE_SHARE } from './share-out.ts';

/** Who is to have which share, in basis points; an empty list: nobody. */
export type WantedShares = readonly { readonly referralId: string; readonly share: number }[];

/** What a person wants decided. Ids of owners and the name of a role; no personal names. */
export interface Override {
  readonly by: string;
  readonly role: string;
  readonly approvedBy: string | null;
  readonly why: string;
  readonly at: Instant;
  readonly shares: WantedShares;
}

/**
 * Decides otherwise than the policy: by a role that may, with a reason, with a second person above the policy's limit
 * and always once a reward was approved. What was decided before stays as the version before. `amountMinor`: the sale's
 * amount in the program's currency; `null` (unknown) counts as above the limit. `late`: candidates of the proposal that
 * a locked decision kept out; they may be given shares too.
 */
export function overrideDecision(
  history: DecisionHistory,
  override: Override,
  policy: AttributionPolicy,
  amountMinor: number | null,
  late: readonly AttributionCandidate[] = [],
): DecisionHistory | Refusal {
  const last = history.at(-1);
  if (last === undefined) return refuse('illegal_transition', 'There is no decision yet that could be overridden.');
  const { by, role, approvedBy, why, at, shares } = override;
  if (!policy.override?.roles.includes(role)) return refuse('not_permitted');
  if (why.trim() === '') return refuse('why_missing');
  const limit = policy.override.secondAbove;
  const needsSecond = last.locked || (limit !== null && (amountMinor === null || amountMinor > limit));
  if (needsSecond && (approvedBy === null || approvedBy === by))
    return refuse(last.locked ? 'decision_locked' : 'second_approver');
  return redecide(history, shares, { reason: 'overridden', by, approvedBy, why, at }, late);
}

/** A new version with the shares that a person or a ruling wants; refused where they are not whole or not candidates. */
export function redecide(
  history: DecisionHistory,
  shares: WantedShares,
  act: {
    readonly reason: ReasonCode;
    readonly by: string;
    readonly approvedBy: string | null;
    readonly why: string;
    readonly at: Instant;
  },
  late: readonly AttributionCandidate[],
): DecisionHistory | Refusal {
  const last = history.at(-1);
  if (last === undefined) return refuse('bad_shares');
  const all = withLate(last, late);
  if (!isWhole(shares, all)) return refuse('bad_shares');
  const wanted = new Map(shares.map((it) => [it.referralId, it.share]));
  const candidates = all.map((it) => reshare(it, wanted.get(it.referralId) ?? 0, act.reason));
  const { reason, by, approvedBy, why, at } = act;
  const ordered = candidates.map((it, place) => ({ it, place }));
  ordered.sort((a, b) => b.it.share - a.it.share || a.place - b.place);
  const decision = { ...last, candidates: ordered.map(({ it }) => it), reason, decidedAt: at };
  return appendVersion(history, { ...decision, override: { by, approvedBy, why } });
}

function reshare(it: AttributionCandidate, share: number, reason: ReasonCode): AttributionCandidate {
  if (share > 0) return { ...it, credit: 'sourced', share, reason };
  return it.credit === 'sourced' ? { ...it, credit: 'influenced', share: 0, reason } : { ...it, share: 0 };
}

/** The candidates of a decision and those that came too late for it, without a share yet. */
export function withLate(
  { candidates }: AttributionDecision,
  late: readonly AttributionCandidate[],
): readonly AttributionCandidate[] {
  const known = new Set(candidates.map((it) => it.referralId));
  return [...candidates, ...late.filter((it) => !known.has(it.referralId)).map((it) => ({ ...it, share: 0 }))];
}

function isWhole(shares: WantedShares, candidates: readonly AttributionCandidate[]): boolean {
  const known = new Set(candidates.map((it) => it.referralId));
  const isKnown = shares.every((it) => known.has(it.referralId) && Number.isInteger(it.share) && it.share > 0);
  const isOnce = new Set(shares.map((it) => it.referralId)).size === shares.length;
  const sum = shares.reduce((total, it) => total + it.share, 0);
  return isKnown && isOnce && (sum === WHOLE_SHARE || shares.length === 0);
}
