import { dayInZone } from '../model/dates.ts';
import type { ReferralClaim } from '../referral/entities/index.ts';
import type { CountedIntroduction } from '../referral/value/index.ts';

/** Claims in these states introduced nobody. */
const NONE: readonly string[] = ['rejected', 'duplicate', 'withdrawn', 'disqualified'];

/** The claims that stand for an introduction, whatever came of it. */
export function introducingClaims(claims: Iterable<ReferralClaim>): readonly ReferralClaim[] {
  return [...claims].filter((it) => !NONE.includes(it.state));
}

/**
 * Introductions between accounts for the K-factor: each party once for each account that introduced it. Where several
 * are credited with it, only the earliest of them won it: nobody is a new customer twice.
 */
export function countedIntroductions(
  claims: Iterable<ReferralClaim>,
  timeZone: string,
): readonly CountedIntroduction[] {
  const sorted = [...introducingClaims(claims)].sort(
    (a, b) => a.introducedAt - b.introducedAt || (a.id < b.id ? -1 : 1),
  );
  const winners = new Map<string, string>();
  for (const { subjectId, credit, id } of sorted)
    if (credit === 'sourced' && !winners.has(subjectId)) winners.set(subjectId, id);
  const counted = new Map<string, CountedIntroduction>();
  for (const claim of sorted) {
    const { referrerAccountId, subjectId, introducedAt } = claim;
    if (referrerAccountId === null) continue;
    const isWinner = winners.get(subjectId) === claim.id;
    const name = `${referrerAccountId}\n${subjectId}`;
    if (counted.has(name) && !isWinner) continue;
    const wonAt = isWinner ? claim.history.find((it) => it.to === 'won')?.at : undefined;
    counted.set(name, {
      referrerId: referrerAccountId,
      introducedOn: dayInZone(introducedAt, timeZone),
      wonOn: wonAt === undefined ? null : dayInZone(wonAt, timeZone),
    });
  }
  return [...counted.values()];
}
