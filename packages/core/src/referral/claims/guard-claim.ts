import { DAY_MS, dayFromNumber, type Instant } from '../../model/dates.ts';
import type { FraudSignal } from '../entities/fraud-signal.ts';
import type { Participant } from '../entities/participant.ts';
import type { Program } from '../entities/program.ts';
import { type Refusal, refuse } from '../entities/reason-code.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { ClaimSubmission } from '../entities/referral-event.ts';
import { isCheckOff } from '../fraud/is-check-off.ts';
import { endOf, isWithin } from './clocks.ts';
import { statusAt } from './participant-status.ts';
import { isUnprogressed } from './transitions.ts';

/** What the guards of a claim are asked about. */
export interface GuardedClaim {
  readonly submission: ClaimSubmission;
  readonly program: Program;
  readonly participant: Participant;
  readonly claimedAt: Instant;
  /** The participant's claims; those without progress suffice. */
  readonly ownClaims: Iterable<ReferralClaim>;
  /** Whether an introduction of the party by the referrer's side closes a circle. */
  readonly closesLoop: (referrerId: string, subjectId: string) => boolean;
  readonly signals: readonly FraudSignal[];
}

/**
 * The first guard that a claim fails, in this order: program active, participant active, terms in force, not oneself, no
 * loop, no check that blocks, not too many open claims (domain model, 2; rules 9 and 10). `null`: it may stand. A check
 * that failed to run stops nothing.
 */
export function guardClaim(claim: GuardedClaim): Refusal | null {
  return (
    guardProgram(claim) ??
    guardParticipant(claim) ??
    guardTerms(claim) ??
    guardParties(claim) ??
    guardSignals(claim.signals) ??
    guardSquatting(claim)
  );
}

function guardProgram({ program, participant, claimedAt }: GuardedClaim): Refusal | null {
  const on = dayFromNumber(Math.floor(claimedAt / DAY_MS));
  const ran = program.state === 'active' || (program.state === 'ended' && program.endsOn !== null);
  if (!ran)
    return refuse('program_not_active', `The program is ${program.state}. Activate it before claims are taken.`);
  if (on < program.startsOn || (program.endsOn !== null && on > program.endsOn))
    return refuse('program_not_active', `The program ran from ${program.startsOn} to ${program.endsOn ?? 'now'}.`);
  const { country } = participant;
  if (program.jurisdictions.length === 0 || country === null || program.jurisdictions.includes(country)) return null;
  return refuse('program_not_active', `The program does not run in ${country}. Add the country to its jurisdictions.`);
}

function guardParticipant({ participant, claimedAt }: GuardedClaim): Refusal | null {
  const status = statusAt(participant, claimedAt);
  if (status === 'active') return null;
  return refuse('participant_not_active', `The participant was ${status} at the claim. Activate them first.`);
}

function guardTerms({ program: { terms }, participant, claimedAt }: GuardedClaim): Refusal | null {
  const { termsVersion, termsAcceptedAt, statusSince } = participant;
  // where the program asks for no acceptance, only one that somebody gave can be outdated
  if (terms.acceptedWithinDays === null && termsAcceptedAt === undefined) return null;
  if (termsVersion === null) return terms.acceptedWithinDays === null ? null : refuse('terms_expired');
  if (termsVersion !== terms.version)
    return refuse(
      'terms_expired',
      `Terms ${termsVersion} were replaced by ${terms.version}. Ask for acceptance of these.`,
    );
  const acceptedAt = termsAcceptedAt ?? statusSince;
  if (terms.acceptedWithinDays === null || isWithin(claimedAt, acceptedAt, terms.acceptedWithinDays)) return null;
  const days = Math.floor((claimedAt - endOf(acceptedAt, terms.acceptedWithinDays)) / DAY_MS);
  return refuse('terms_expired', `The acceptance ran out ${days} days before the claim. Ask for it again.`);
}

function guardParties({ submission, participant, closesLoop }: GuardedClaim): Refusal | null {
  const { subjectId, referredContactId, referrerAccountId } = submission;
  const own = [participant.id, participant.accountId, referrerAccountId].filter((it) => it !== null);
  if (own.includes(subjectId) || (referredContactId !== null && own.includes(referredContactId)))
    return refuse('self_referral');
  return own.some((party) => closesLoop(party, subjectId)) ? refuse('loop') : null;
}

function guardSignals(signals: readonly FraudSignal[]): Refusal | null {
  const blocking = signals.find((it) => it.action === 'block' && !it.failed && !it.cleared && it.about !== 'reward');
  return blocking ? refuse(blocking.reason ?? 'fraud_check', `${blocking.explanation} ${blocking.appeal}`) : null;
}

function guardSquatting({ program, ownClaims, submission }: GuardedClaim): Refusal | null {
  if (isCheckOff(program, 'claim_squatting', submission.participantId)) return null;
  const limit = program.policy.openClaimsPerParticipant;
  let open = 0;
  for (const it of ownClaims) {
    const other = it.programId === program.id && it.subjectId !== submission.subjectId;
    if (other && isUnprogressed(it.state)) open += 1;
  }
  if (open < limit) return null;
  return refuse('too_many_open_claims', `The participant holds ${open} claims without progress; ${limit} are allowed.`);
}
