import type { Id } from '../../model/ids.ts';
import type { Merge } from '../attribution/merge-claims.ts';
import type { FraudSignal } from '../entities/fraud-signal.ts';
import type { Program } from '../entities/program.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { ClaimSubmission, KnownAtClaim, ReferralEvent } from '../entities/referral-event.ts';
import { FRAUD_CHECKS } from '../fraud/fraud-checks.ts';
import type { HashedIdentity } from '../fraud/fraud-context.ts';
import { isCheckOff } from '../fraud/is-check-off.ts';
import { denialSignals } from './denials.ts';
import type { EngineState } from './engine-state.ts';
import { noteParty, notePerson } from './what-changed.ts';

/** What the checks of the engine remember beside the signals of claims. */
export interface CheckNotes {
  /** What a person lifted, by claim and check. */
  readonly cleared: Map<string, ReadonlyMap<string, NonNullable<FraudSignal['cleared']>>>;
  /** What the engine itself raised when a claim was taken; `state.signals` has what came with it. */
  readonly ofClaims: Map<string, readonly FraudSignal[]>;
  /** What was raised when a reward was given or looked at again, by its key. */
  readonly ofRewards: Map<string, readonly FraudSignal[]>;
  /** Digests of participants, and who else has one of them. */
  readonly identities: Map<Id, readonly HashedIdentity[]>;
  readonly holders: Map<string, ReadonlySet<Id>>;
  /** Claims that a check refused, as they came in: a won appeal takes them up again. */
  readonly barred: Map<string, BarredClaim>;
}

export interface BarredClaim {
  readonly event: ReferralEvent;
  readonly said: ClaimSubmission;
  readonly known: KnownAtClaim;
}

export function openCheckNotes(): CheckNotes {
  return {
    ...{ cleared: new Map(), ofClaims: new Map(), ofRewards: new Map() },
    ...{ identities: new Map(), holders: new Map(), barred: new Map() },
  };
}

/** Keeps digests of a participant; those that are known stay. */
export function noteIdentities(state: EngineState, id: Id, said: readonly HashedIdentity[] = []): void {
  const { checks } = state;
  const known = checks.identities.get(id) ?? [];
  const fresh = said.filter((it) => !known.some(({ hash }) => hash === it.hash));
  if (fresh.length === 0) return;
  checks.identities.set(id, [...known, ...fresh]);
  for (const { hash } of fresh) checks.holders.set(hash, new Set([...(checks.holders.get(hash) ?? []), id]));
  noteParty(state, id);
}

/** Signals without those that the program has switched off since, with what a person said of the others. */
export function standingSignals(
  { checks }: EngineState,
  signals: readonly FraudSignal[],
  of: { readonly claimId: string; readonly participantId: Id; readonly program: Program },
): readonly FraudSignal[] {
  const lifted = checks.cleared.get(of.claimId);
  return signals.flatMap((it) => {
    if (isCheckOff(of.program, it.check, of.participantId)) return [];
    const cleared = lifted?.get(it.check);
    return [cleared ? { ...it, cleared } : it];
  });
}

/** Adds signals to those of a claim. */
export function noteSignals(notes: EngineState['signals'], claimId: string, fresh: readonly FraudSignal[]): void {
  if (fresh.length > 0) notes.set(claimId, joinSignals(notes.get(claimId) ?? [], fresh));
}

/** Of one check the last that is given, one that failed beside one that ran; in the published order. */
export function joinSignals(...signals: readonly (readonly FraudSignal[])[]): readonly FraudSignal[] {
  const all = new Map(signals.flat().map((it) => [`${it.check} ${it.failed}`, it]));
  return [...all.values()].sort((a, b) => placeOf(a) - placeOf(b));
}

/** What is said of a claim itself, by the book, by the engine when it was taken, and by the two who were asked. */
export function signalsOfClaim(
  { signals, checks, claims, denials }: EngineState,
  claimId: string,
): readonly FraudSignal[] {
  const claim = claims.get(claimId);
  const denied = claim ? denialSignals({ denials }, claim) : [];
  return joinSignals(checks.ofClaims.get(claimId) ?? [], signals.get(claimId) ?? [], denied);
}

/** A person lifted what a check says of a claim. */
export function noteCleared(
  state: EngineState,
  claimId: string,
  check: string,
  clearing: NonNullable<FraudSignal['cleared']>,
): void {
  const { checks, claims } = state;
  checks.cleared.set(claimId, new Map([...(checks.cleared.get(claimId) ?? []), [check, clearing]]));
  notePerson(state, claims.get(claimId)?.participantId ?? '');
}

/** A person took a claim out of its review: what put it there stops nothing any more. */
export function clearReviewed(
  state: EngineState,
  claimId: string,
  clearing: NonNullable<FraudSignal['cleared']>,
): void {
  for (const { check, action, about, failed } of signalsOfClaim(state, claimId)) {
    if (action === 'review' && about !== 'reward' && !failed) noteCleared(state, claimId, check, clearing);
  }
}

const PLACES = /* @__PURE__ */ new Map(/* @__PURE__ */ FRAUD_CHECKS.map((it, place) => [it.id, place]));
function placeOf({ check, failed }: FraudSignal): number {
  return (PLACES.get(check) ?? PLACES.size) + (failed ? 0.5 : 0);
}

/** A claim goes by another id after a merge: what a person said of its checks goes along. */
export function mergeClaimNotes(state: EngineState, claim: ReferralClaim, into: string): void {
  const { checks } = state;
  if (claim.id === into) return;
  for (const notes of [state.signals, checks.ofClaims]) {
    noteSignals(notes, into, notes.get(claim.id) ?? []);
    notes.delete(claim.id);
  }
  const cleared = checks.cleared.get(claim.id);
  if (cleared) checks.cleared.set(into, new Map([...cleared, ...(checks.cleared.get(into) ?? [])]));
  const barred = checks.barred.get(claim.id);
  if (barred && !checks.barred.has(into)) checks.barred.set(into, barred);
  checks.cleared.delete(claim.id);
  checks.barred.delete(claim.id);
}

/** Two participants are one: nobody is a second holder of what both have. */
export function mergeIdentities(
  state: EngineState,
  { loserId, survivorId }: Pick<Merge, 'loserId' | 'survivorId'>,
): void {
  const { identities, holders } = state.checks;
  const lost = identities.get(loserId);
  if (!lost) return;
  noteParty(state, loserId);
  identities.delete(loserId);
  for (const { hash } of lost) {
    holders.set(hash, new Set([...(holders.get(hash) ?? [])].filter((it) => it !== loserId)));
  }
  noteIdentities(state, survivorId, lost);
  noteParty(state, survivorId);
}
