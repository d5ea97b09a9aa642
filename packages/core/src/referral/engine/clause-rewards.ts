import { dayInZone, type Instant } from '../../model/dates.ts';
import { followClause } from '../ask/contract-clause.ts';
import { type EngineState, resolveId } from './engine-state.ts';

/**
 * The rule by which a contract's clause rewards a claim instead of the program's own; `null` where no clause does. Of a
 * clause the first introductions count, as many as it commits to; of several clauses the first by id. What was given by
 * one rule is not given again by another: `draftRewards` sees to that.
 */
export function clauseRuleOf(state: EngineState, referralId: string, at: Instant): string | null {
  const claim = state.claims.get(referralId);
  const accountId = claim?.referrerAccountId ?? null;
  if (!claim || accountId === null) return null;
  const meant = (state.clauses ?? [])
    .filter(({ clause }) => clause.programId === claim.programId && resolveId(state, clause.accountId) === accountId)
    .sort((a, b) => (a.clause.id < b.clause.id ? -1 : 1));
  if (meant.length === 0) return null;
  const claims = [...state.claims.values()].filter((it) => it.referrerAccountId === accountId);
  for (const { clause, timeZone } of meant) {
    const today = dayInZone(at, timeZone);
    const { state: standing, counted } = followClause(
      { ...clause, accountId },
      { claims, deeds: [] },
      { today, timeZone },
    );
    if (standing !== 'waived' && counted.slice(0, clause.count).includes(referralId)) return clause.rewardRuleId;
  }
  return null;
}
