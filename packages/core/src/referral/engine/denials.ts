import type { Instant } from '../../model/dates.ts';
import { DENYING_SIDES, type Denial, type DenyingSide } from '../entities/denial.ts';
import type { FraudSignal } from '../entities/fraud-signal.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { APPEAL } from '../fraud/fraud-check.ts';
import { type EngineState, resolveId, subjectOf } from './engine-state.ts';

/** By what names a person lifts what stands against an introduction, as they lift what a check says. */
export const DENIED = 'denied';
export const EVIDENCE_GONE = 'evidence_gone';
const DOUBTS = [DENIED, EVIDENCE_GONE] as const;
type Doubt = (typeof DOUBTS)[number];

/** What it is called that one of them says. */
export const doubtOf = (side: DenyingSide): Doubt => (side === 'crm' ? EVIDENCE_GONE : DENIED);

/** Whether a check or a reason is one of these: what stands against the introduction itself, not what a check found. */
export function isDoubt(name: string | undefined): name is Doubt {
  return (DOUBTS as readonly (string | undefined)[]).includes(name);
}

/** It holds until it is taken back or lifted, however long that takes. */
const UNTIL_LIFTED = 253_402_214_400_000;

/** A denial as the journal has it: by the records as they are called now, with the instant at which it was first said. */
export interface StandingDenial extends Denial {
  readonly since: Instant;
}

type Pair = Pick<ReferralClaim, 'participantId' | 'subjectId'>;
/** A claim, or what is about to be one: that rests on more than what is recorded so far. */
type Claimed = Pair & Partial<Pick<ReferralClaim, 'evidence'>>;

/** What our records say against an introduction of this party by this person, lifted or not. */
function denialsOf({ denials }: Pick<EngineState, 'denials'>, { participantId, subjectId }: Pair) {
  if (denials.size === 0) return [];
  return (denials.get(participantId) ?? []).filter((it) => it.partyIds.includes(subjectId));
}

/** Who denies the introduction; nobody: it is not denied. */
export function deniedBy(state: Pick<EngineState, 'denials'>, pair: Pair): readonly DenyingSide[] {
  const all = denialsOf(state, pair);
  return DENYING_SIDES.filter((side) => all.some((it) => it.saidBy.includes(side)));
}

/** What stands against the introduction of a claim, and nobody has lifted for this claim. */
export function doubtsOn(
  state: Pick<EngineState, 'denials' | 'checks'>,
  claim: Claimed & Pick<ReferralClaim, 'id'>,
): readonly Doubt[] {
  if (state.denials.size === 0) return [];
  const said = deniedBy(state, claim).map(doubtOf);
  const lifted = state.checks.cleared.get(claim.id);
  return DOUBTS.filter((it) => said.includes(it) && counts(it, claim) && !lifted?.has(it));
}

/** What was recorded and is gone matters to no claim that rests on something else by now. */
function counts(doubt: Doubt, { evidence }: Claimed): boolean {
  return doubt === DENIED || evidence === 'recorded';
}

/** The same as signals on a claim, for staff: weighed like what a check finds. None where nothing stands against it. */
export function denialSignals(state: Pick<EngineState, 'denials'>, claim: Claimed): readonly FraudSignal[] {
  const all = denialsOf(state, claim);
  return DOUBTS.flatMap((doubt): FraudSignal[] => {
    const own = all.filter(({ saidBy }) => saidBy.some((it) => doubtOf(it) === doubt));
    const [first] = own;
    if (!first || !counts(doubt, claim)) return [];
    const said = DENYING_SIDES.filter((it) => doubtOf(it) === doubt && own.some(({ saidBy }) => saidBy.includes(it)));
    return [
      {
        ...{ check: doubt, action: 'review', severity: 'high', reason: doubt, failed: false, about: 'claim' },
        explanation: EXPLANATIONS[doubt],
        evidence: doubt === DENIED ? { record: first.recordId, 'said by': said.join(' and ') } : {},
        raisedAt: Math.min(...own.map((it) => it.since)),
        ...{ expiresAt: UNTIL_LIFTED, appeal: APPEAL },
      },
    ];
  });
}

const EXPLANATIONS: Readonly<Record<Doubt, string>> = {
  denied: 'One of the two said that there was no introduction: a person has to ask again.',
  evidence_gone: 'What somebody had recorded of it in the CRM is there no longer: a person has to ask why.',
};

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

/** What was lifted for a claim counts again: somebody else says so now, or it was not so in between. */
export function countAgain({ checks }: EngineState, claimId: string, doubts: readonly Doubt[]): void {
  const before = checks.cleared.get(claimId);
  const left = [...(before ?? [])].filter(([check]) => !(doubts as readonly string[]).includes(check));
  if (left.length < (before?.size ?? 0)) checks.cleared.set(claimId, new Map(left));
}
