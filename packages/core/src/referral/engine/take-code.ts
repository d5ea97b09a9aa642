import { foldCode, isCodeIntact, type ReferralCode } from '../claims/referral-code.ts';
import { refuse } from '../entities/reason-code.ts';
import { type EngineState, refuseEvent, resolveId } from './engine-state.ts';

/** Takes a code that was given out, or its end. A code stays with whom it was given to. */
export function takeCode(state: EngineState, key: string, said: ReferralCode): void {
  const known = codeOf(state, said.programId, said.code);
  const ends = said.status === 'withdrawn';
  if (!isCodeIntact(said.code)) refuseEvent(state, key, refuse('bad_code'));
  else if (!known && ends) refuseEvent(state, key, refuse('code_not_valid', 'The program has no such code.'));
  else if (known && !ends) refuseEvent(state, key, refuse('code_not_valid', 'The code was given out before.'));
  else {
    const kept = known ? { ...known, uses: known.uses - usesOf(state, said) } : said;
    state.codes.set(idOf(said), { ...kept, status: said.status });
  }
}

/** A code as it stands, with the uses that the journal has seen. */
export function codeOf(state: EngineState, programId: string, typed: string): ReferralCode | undefined {
  const code = foldCode(typed);
  const found = state.codes.get(idOf({ programId, code }));
  if (found === undefined) return undefined;
  const participantId = resolveId(state, found.participantId);
  return { ...found, participantId, uses: found.uses + usesOf(state, { programId, code }) };
}

/** A claim was taken by a code. */
export function countUse(state: EngineState, programId: string, typed: string): void {
  const of = { programId, code: foldCode(typed) };
  state.codeUses.set(idOf(of), usesOf(state, of) + 1);
}

function usesOf({ codeUses }: EngineState, of: Pick<ReferralCode, 'programId' | 'code'>): number {
  return codeUses.get(idOf(of)) ?? 0;
}

function idOf({ programId, code }: Pick<ReferralCode, 'programId' | 'code'>): string {
  return `${programId} ${foldCode(code)}`;
}
