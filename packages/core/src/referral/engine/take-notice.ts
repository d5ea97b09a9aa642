import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { cameToNothing } from '../claims/transitions.ts';
import { type Refusal, refuse } from '../entities/reason-code.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { type ProspectNotice, prospectNotice } from '../privacy/prospect-notice.ts';
import { type EngineState, resolveId } from './engine-state.ts';

/** Somebody was told that they were referred; the first time counts. */
export function takeNotice(state: EngineState, referralId: string, at: Instant): Refusal | null {
  const claim = state.claims.get(referralId);
  const person = claim?.referredContactId ?? null;
  if (person === null) return refuse('illegal_transition', `There is no claim ${referralId} that names a person.`);
  if (!state.notices.has(person)) state.notices.set(person, at);
  return null;
}

/** What a sale made of a claim: the person knows by then who holds their data. */
const BOUGHT: readonly ReferralClaim['state'][] = ['won', 'retained', 'reversed'];

/**
 * Whether and until when the person of a claim has to be told; not needed where no person is named, where the claim is over
 * and goes with the time, or where they have bought: they know by then (GDPR, article 14, 5 a). The first contact is the first step of the claim by which somebody spoke with them.
 */
export function noticeOf(
  state: Pick<EngineState, 'notices' | 'mergedInto'>,
  claim: ReferralClaim,
  asOf: Instant,
  timeZone: string,
): ProspectNotice {
  const { referredContactId, consent, claimedAt: receivedAt, history } = claim;
  if (referredContactId === null || cameToNothing(claim.state) || BOUGHT.includes(claim.state))
    return { state: 'not_needed', dueOn: null };
  const firstContactAt = history.find((it) => CONTACT.includes(it.event))?.at ?? null;
  const givenAt = state.notices.get(resolveId(state, referredContactId)) ?? null;
  return prospectNotice({ consent, receivedAt, firstContactAt, givenAt }, asOf, timeZone);
}

const CONTACT: readonly string[] = ['contacted', 'qualified', 'opportunity_opened', 'won'];

/** Two people are one: who was told first was told. */
export function mergeNotices({ notices }: EngineState, loserId: Id, survivorId: Id): void {
  const told = notices.get(loserId);
  if (told === undefined) return;
  notices.delete(loserId);
  notices.set(survivorId, Math.min(told, notices.get(survivorId) ?? told));
}
