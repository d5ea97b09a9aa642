import { Z90 } from '../../stats/special/normal.ts';

/** By how much one forecast's log-loss is lower than another's on the same rows, with its standard error. */
export interface PairedGain {
  readonly gain: number;
  readonly standardError: number;
}

/**
 * The mean difference of log-loss, `usual` less `own`, row by row; its error takes rows of one account together. Above 0:
 * `own` is the better forecast.
 */
export function pairedGain(
  own: ArrayLike<number>,
  usual: ArrayLike<number>,
  lost: ArrayLike<number>,
  clusters: ArrayLike<number>,
): PairedGain {
  const differences = Float64Array.from(lost, (it, i) => lossOf(usual[i]!, it) - lossOf(own[i]!, it));
  const gain = differences.reduce((sum, it) => sum + it, 0) / differences.length;
  const sums = new Map<number, number>();
  differences.forEach((value, i) => {
    sums.set(clusters[i]!, (sums.get(clusters[i]!) ?? 0) + value - gain);
  });
  const square = [...sums.values()].reduce((sum, it) => sum + it * it, 0);
  const many = sums.size / Math.max(1, sums.size - 1);
  return { gain, standardError: Math.sqrt(many * square) / differences.length };
}

/** Whether a gain is more than luck: its 90 % interval lies above 0. */
export function beyondLuck({ gain, standardError }: PairedGain): boolean {
  return gain > Z90 * standardError;
}

const lossOf = (chance: number, lost: number): number => -Math.log(lost === 1 ? chance : 1 - chance);
