import { topCapture } from '../../stats/discrimination/index.ts';
import type { DecisionRows } from '../training/decision-rows.ts';
import type { TopTenth } from './accuracy-card.ts';
import { gather } from './contender-figures.ts';

/** The share of accounts that a team can look after with care. */
const TOP = 0.1;

/** What the tenth with the highest chances held of the losses and of the revenue that was lost. */
export function topTenth(rows: DecisionRows, chances: Float64Array, told: ArrayLike<number>): TopTenth | null {
  if (told.length === 0) return null;
  const seen = gather(rows, chances, told);
  const held = topCapture(seen.chances, seen.lost, TOP, seen.values);
  const note = held && revenueNote(seen);
  return {
    decisions: Math.round(told.length * TOP),
    losses: held?.events ?? 0,
    lift: held?.lift ?? null,
    lossesCaptured: held?.eventShare ?? null,
    revenueCaptured: held?.valueShare ?? null,
    ...(note && { revenueNote: note }),
  };
}

/** What keeps the share of revenue from being told, wholly or in part; `null`: nothing does. */
function revenueNote({ lost, values }: Pick<ReturnType<typeof gather>, 'lost' | 'values'>): string | null {
  const ofLosses = Array.from(values).filter((_, i) => lost[i] === 1);
  const unknown = ofLosses.filter(Number.isNaN).length;
  const known = ofLosses.length - unknown;
  if (known > 0 && ofLosses.every((it) => it === 0 || Number.isNaN(it)))
    return `The share of revenue cannot be told: what the lost accounts paid a year is 0 in the records${unknown > 0 ? ', or not known' : ''}.`;
  if (unknown === 0) return null;
  return known === 0
    ? `The share of revenue cannot be told: of none of the ${unknown} losses it is known what the account paid a year before.`
    : `The share of revenue speaks of ${known} of the ${ofLosses.length} losses: of the others it is not known what the account paid a year before.`;
}

/** An account counts as red among the tenth with the highest chances, and as green in the lower half. */
const RED_AT = 0.9;
const GREEN_BELOW = 0.5;

/** Rows that stood red and were kept, and rows that stood green and were lost: what a person should look at. */
export function redAndGreen(rows: DecisionRows, chances: Float64Array, told: Int32Array) {
  const sorted = Float64Array.from(told, (i) => chances[i]!).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  const [red, green] = [at(RED_AT), at(GREEN_BELOW)];
  return {
    redButKept: Array.from(told).filter((i) => chances[i]! >= red && rows.lost[i] === 0),
    greenButLost: Array.from(told).filter((i) => chances[i]! < green && rows.lost[i] === 1),
  };
}
