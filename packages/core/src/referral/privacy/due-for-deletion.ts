import { DAY_MS, type Instant } from '../../model/dates.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { PrivacyPolicy } from './privacy-policy.ts';
import { type ReferralRecords, settledSubjects } from './referral-records.ts';

/** What nobody needs any longer: keys of touches and ids of claims, in the order in which they were given. */
export interface DueForDeletion {
  readonly touches: readonly string[];
  readonly claims: readonly string[];
}

/** Where a claim has come to nothing; `retained`, `won` and `reversed` belong to a sale. */
const CAME_TO_NOTHING: ReadonlySet<string> = new Set([
  'duplicate',
  'rejected',
  'lost',
  'expired',
  'withdrawn',
  'disqualified',
]);

/**
 * Touches that led to nothing, once their tracking window and the days of grace are over, and claims that ended without a
 * sale, the days of the policy later. Kept meanwhile: whatever rests on a subject with a reward, a decision or a claim that
 * still runs, since a rival's standing depends on it. Days are over at their last millisecond.
 */
export function dueForDeletion(
  records: Pick<ReferralRecords, 'claims' | 'touches' | 'decisions' | 'rewards'>,
  asOf: Instant,
  trackingDays: number,
  policy: PrivacyPolicy,
): DueForDeletion {
  const needed = new Set(settledSubjects(records));
  for (const it of records.claims) if (!CAME_TO_NOTHING.has(it.state)) needed.add(it.subjectId);
  const span = trackingDays + policy.touchGraceDays;
  const touches = records.touches.filter((it) => isPast(Math.max(it.occurredAt, it.recordedAt), span, asOf));
  const claims = records.claims.filter((it) => isPast(endedAt(it), policy.endedClaimDays, asOf));
  const free = ({ subjectId }: { readonly subjectId: string }) => !needed.has(subjectId);
  return { touches: touches.filter(free).map((it) => it.key), claims: claims.filter(free).map((it) => it.id) };
}

function isPast(from: Instant, days: number, asOf: Instant): boolean {
  return asOf >= from + days * DAY_MS;
}

function endedAt({ history, claimedAt }: ReferralClaim): Instant {
  return history.at(-1)?.at ?? claimedAt;
}
