import type { FraudSignal } from '../entities/fraud-signal.ts';
import type { ErasureRules } from './erasure-rules.ts';

/**
 * A signal without an erased person. Where it is about them (`isTheirs`) only counts stay of its evidence: ids and digests
 * would tell who it was. It still says what it asked for, so that working everything out again gives the same result.
 */
export function stripSignal(
  signal: FraudSignal,
  isTheirs: boolean,
  { isErased, gone, scrub }: Pick<ErasureRules, 'isErased' | 'gone' | 'scrub'>,
): FraudSignal {
  const stays = (value: string | number) =>
    typeof value === 'number' || (!isTheirs && !isErased(value) && !gone.has(value));
  const evidence = Object.fromEntries(Object.entries(signal.evidence).filter(([, value]) => stays(value)));
  return { ...signal, explanation: scrub(signal.explanation), evidence };
}
