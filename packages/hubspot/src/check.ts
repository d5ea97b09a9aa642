import type { OrgProfile, Problem } from '@holdfast/core';
import type { Session } from './session.ts';
export async function checkPortal(
  _s: Session,
  _p: OrgProfile | null,
  _signal?: AbortSignal,
): Promise<readonly Problem[]> {
  return [];
}
