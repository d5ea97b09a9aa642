import type { Id } from '@holdfast/core';
import type { FollowedClause } from '../referrals/clause-file.ts';
import { columns } from '../text/columns.ts';
import { words } from '../text/format.ts';

/** What contracts provide for, and how far it is met; nothing where no contract does. */
export async function clauseLines(
  clauses: readonly FollowedClause[],
  name: (id: Id) => Promise<string>,
): Promise<readonly string[]> {
  if (clauses.length === 0) return [];
  const rows: string[][] = [];
  for (const { clause, fulfilment } of clauses) {
    const { state, fulfilled, committed, next } = fulfilment;
    const due = next === null ? '' : `${next.missing} by ${next.on}`;
    const who = await name(clause.accountId);
    const window = `${clause.fromOn} to ${clause.untilOn}`;
    rows.push([
      clause.id,
      who,
      words(clause.kind),
      `${fulfilled} of ${committed}`,
      words(state),
      due,
      window,
      clause.rewardRuleId ?? '',
    ]);
  }
  return ['By contract:', ...columns(rows)];
}
