import type { OrgProfile, Problem } from '@holdfast/core';
import type { Session } from './session.ts';

export async function check(
  _session: Session,
  _profile: OrgProfile | null,
  _signal?: AbortSignal,
): Promise<readonly Problem[]> {
  return [];
}
