import type { Org, OrgUser, Session } from './org.ts';

/** How long a session may be idle; two hours unless the org says otherwise. */
const sessionMilliseconds = (org: Org): number => (org.settings.sessionMinutes ?? 120) * 60_000;

/** A fresh session for a user. */
export function openSession(org: Org, user: OrgUser, token?: string): string {
  org.counters.token += 1;
  const made = token ?? `${org.id.slice(0, 15)}!sandbox-session-${org.counters.token}`;
  org.sessions.set(made, { token: made, user, expiresAt: org.clock.now() + sessionMilliseconds(org) });
  return made;
}

/** The live session of a bearer token (`OAuth` is accepted too, as the platform does). */
export function sessionOf(org: Org, authorization: string): Session | undefined {
  const token = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(authorization)?.[1];
  return token === undefined ? undefined : liveSession(org, token);
}

/** The session of a token unless it was idle for too long; using it starts its time anew, as the platform does. */
export function liveSession(org: Org, token: string): Session | undefined {
  const session = org.sessions.get(token);
  if (session === undefined || session.expiresAt <= org.clock.now()) return undefined;
  session.expiresAt = org.clock.now() + sessionMilliseconds(org);
  return session;
}
