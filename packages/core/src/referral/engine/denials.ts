import type { Instant } from '../../model/dates.ts';
import { ASKED_SIDES, type AskedSide, type Denial } from '../entities/denial.ts';
import type { FraudSignal } from '../entities/fraud-signal.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { APPEAL } from '../fraud/fraud-check.ts';
import { type EngineState, resolveId, subjectOf } from './engine-state.ts';

/** By what name a person lifts a denial, as they lift what a check says. */
export const DENIED = 'denied';

/** It holds until it is taken back or lifted, however long that takes. */
const UNTIL_LIFTED = 253_402_214_400_000;

/** A denial as the journal has it: by the records as they are called now, with the instant at which it was first said. */
export interface StandingDenial extends Denial {
  readonly since: Instant;
}

type Pair = Pick<ReferralClaim, 'participantId' | 'subjectId'>;

/** What our records say against an introduction of this party by this person, lifted or not. */
function denialsOf({ denials }: Pick<EngineState, 'denials'>, { participantId, subjectId }: Pair) {
  if (denials.size === 0) return [];
  return (denials.get(participantId) ?? []).filter((it) => it.partyIds.includes(subjectId));
}

/** Who of the two said that there was no introduction; nobody: it is not denied. */
export function deniedBy(state: Pick<EngineState, 'denials'>, pair: Pair): readonly AskedSide[] {
  const all = denialsOf(state, pair);
  return ASKED_SIDES.filter((side) => all.some((it) => it.saidBy.includes(side)));
}

/** Whether a claim is denied, and nobody has lifted it for this claim. */
export function isDenied(state: Pick<EngineState, 'denials' | 'checks'>, claim: Pair & Pick<ReferralClaim, 'id'>) {
  return denialsOf(state, claim).length > 0 && !state.checks.cleared.get(claim.id)?.has(DENIED);
}

/** The denial as a signal on a claim, for staff: it is weighed like what a check finds. None where nobody denies it. */
export function denialSignals(state: Pick<EngineState, 'denials'>, pair: Pair): readonly FraudSignal[] {
  const [first, ...others] = denialsOf(state, pair);
  if (!first) return [];
  const saidBy = deniedBy(state, pair).join(' and ');
  return [
    {
      ...{ check: DENIED, action: 'review', severity: 'high', reason: 'denied', failed: false, about: 'claim' },
      explanation: 'One of the two said that there was no introduction: a person has to ask again.',
      evidence: { record: first.recordId, 'said by': saidBy },
      raisedAt: others.reduce((at, { since }) => Math.min(at, since), first.since),
      ...{ expiresAt: UNTIL_LIFTED, appeal: APPEAL },
    },
  ];
}

/** Stores what a record says by now, in the place of what it said before. */
export function putDenial({ denials }: EngineState, { recordId }: Denial, now: StandingDenial | null): void {
  for (const [advocateId, own] of denials) {
    const others = own.filter((it) => it.recordId !== recordId);
    if (others.length === own.length) continue;
    if (others.length === 0) denials.delete(advocateId);
    else denials.set(advocateId, others);
  }
  if (!now) return;
  const own = [...(denials.get(now.advocateId) ?? []), now];
  denials.set(
    now.advocateId,
    own.sort((a, b) => (a.recordId < b.recordId ? -1 : 1)),
  );
}

/** A denial by the records as they are called now, and by the parties that they belong to. */
export function pointDenial<Said extends Denial>(
  state: Pick<EngineState, 'mergedInto' | 'rolledUp'>,
  said: Said,
): Said {
  const parties = said.partyIds.flatMap((id) => [resolveId(state, id), subjectOf(state, id)]);
  return { ...said, advocateId: resolveId(state, said.advocateId), partyIds: [...new Set(parties)].sort() };
}

/** Records became one: what was said of either is said of the one that is left. */
export function mergeDenials(state: EngineState): void {
  const all = [...state.denials.values()].flat();
  state.denials.clear();
  for (const it of all) putDenial(state, it, pointDenial(state, it));
}

/** A denial counts again for a claim for which it was lifted: somebody else says so now. */
export function countAgain({ checks }: EngineState, claimId: string): void {
  const cleared = new Map(checks.cleared.get(claimId));
  if (cleared.delete(DENIED)) checks.cleared.set(claimId, cleared);
}
