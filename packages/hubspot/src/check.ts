import { CrmError, type EntityName, type OrgProfile, type Problem } from '@holdfast/core';
import { fieldProblems } from './check-fields.ts';
import { profileProblems } from './check-profile.ts';
import type { CallOptions } from './client.ts';
import { readPortal } from './probe.ts';
import type { Session } from './session.ts';

/**
 * What a person must mend before a run: credentials, permissions, fields, and values in use that the profile says
 * nothing of. Looks at the portal as it is now; throws only when HubSpot cannot be asked at all.
 */
export async function checkPortal(
  session: Session,
  profile: OrgProfile | null,
  signal: AbortSignal | undefined,
): Promise<readonly Problem[]> {
  const call: CallOptions = { purpose: 'connect', signal };
  try {
    const portal = await readPortal(session.client, call);
    if (profile !== null && profile.orgId !== portal.id) return [wrongPortal(profile.orgId, portal.id)];
  } catch (error) {
    if (error instanceof CrmError && error.code === 'auth') {
      return [{ severity: 'error', code: 'auth', message: error.message }];
    }
    throw error;
  }
  return [
    ...unreadable(session),
    ...(await fieldProblems(session, call)),
    ...(profile === null ? [] : await profileProblems(session, profile, call)),
  ];
}

function wrongPortal(wanted: string, found: string): Problem {
  return {
    severity: 'error',
    code: 'wrong-org',
    message: `The profile was confirmed for portal ${wanted}, this token belongs to portal ${found}: use the right token, or run "holdfast init".`,
  };
}

/** What scoring cannot do without; the rest is said as a warning. */
const NEEDED: readonly EntityName[] = ['account', 'contact', 'contactRole', 'opportunity', 'owner'];

function unreadable(session: Session): readonly Problem[] {
  const { capabilities, notes } = session;
  // most subscriptions have no objects of one's own, and referrals have other places then; leads are contacts here
  const silent: readonly string[] = ['referral', 'lead', ...(notes ? [] : ['note'])];
  const told = Object.entries(capabilities.unavailable).filter(([entity]) => !silent.includes(entity));
  return told.map(([entity, reason]) => ({
    severity: NEEDED.includes(entity as EntityName) ? 'error' : 'warning',
    code: 'unavailable',
    message: `${entity} cannot be read: ${reason}.`,
  }));
}
