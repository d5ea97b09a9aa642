import type { FraudSignal } from '../entities/fraud-signal.ts';
import { pairOf } from './journal-facts.ts';
import type { KeepRules } from './keep-rules.ts';

/**
 * A signal without an erased person. Where it is about them (`isTheirs`) only counts stay of its evidence: ids and digests
 * would tell who it was. It still says what it asked for, so that working everything out again gives the same result.
 */
export function stripSignal(signal: FraudSignal, isTheirs: boolean, rules: KeepRules): FraudSignal {
  const stays = (value: string | number) => typeof value === 'number' || (!isTheirs && namesNobodyErased(value, rules));
  const all = Object.entries(signal.evidence);
  const kept = all.filter(([, value]) => stays(value));
  const explanation = rules.scrub(signal.explanation);
  if (kept.length === all.length && explanation === signal.explanation) return signal;
  return { ...signal, explanation, evidence: Object.fromEntries(kept) };
}

function namesNobodyErased(value: string, { isErased, keepsPair }: KeepRules): boolean {
  const pair = pairOf(value);
  return !isErased(value) && (pair === null || keepsPair(pair.participantId, pair.subjectId));
}
