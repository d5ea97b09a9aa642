import type { OrgProfile, Problem } from '@holdfast/core';
import type { Session } from '../session.ts';
import { checkAccess } from './access.ts';
import { checkFields } from './fields.ts';
import { checkProfile } from './profile.ts';

/** Credentials, permissions, maps and profile against the live org; each finding is a sentence with the next step. */
export async function check(
  session: Session,
  profile: OrgProfile | null,
  signal?: AbortSignal,
): Promise<readonly Problem[]> {
  return [
    ...(await checkAccess(session, signal)),
    ...checkFields(session),
    ...(profile ? await checkProfile(session, profile, signal) : []),
  ];
}
