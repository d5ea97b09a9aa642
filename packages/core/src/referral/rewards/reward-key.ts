/**
 * The key of a reward: program, event, rule, role; then the rank of the candidate, since a split pays several, and the
 * decision's version where a ruling gave the reward to somebody else. The same in every run, and after a merge.
 */
export function rewardKey(parts: {
  readonly programId: string;
  readonly eventKey: string;
  readonly ruleId: string;
  readonly role: string;
  readonly rank: number;
  readonly version: number | null;
}): string {
  const { programId, eventKey, ruleId, role, rank, version } = parts;
  const fixed = [programId, eventKey, ruleId, role, String(rank)].map(escapeSlash).join('/');
  return version === null ? fixed : `${fixed}/v${version}`;
}

function escapeSlash(part: string): string {
  return part.replaceAll('%', '%25').replaceAll('/', '%2F');
}
