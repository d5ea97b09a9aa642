import { type FitRefusal, refuseFit } from '../fit.ts';
import { checkSpells, type Spells } from './spells.ts';

/** One entry per subject and period lived through: the rows of a discrete-time hazard model. */
export interface PersonPeriods {
  readonly fitted: true;
  readonly count: number;
  /** The subject's row; look its columns up by it. */
  readonly row: Uint32Array;
  /** 1: the first period, from time 0 to `length`. */
  readonly period: Uint32Array;
  /** The event's number in the period in which it came, else 0. */
  readonly event: Uint8Array;
}

/**
 * Spells written out period by period, `length` time units each, so that logistic regression (multinomial for several
 * outcomes) on them estimates P(event in the period | still there at its start). A subject leaves with the period in which
 * the event came; a period that the watch ended in is left out unless lived through whole; a period entered late too.
 * Refused: no rows, values out of range, more than 50,000,000 person-periods. Source: Allison 1982, Sociol. Methodol. 13:61.
 */
export function expandPersonPeriods(spells: Spells, length = 1, outcomes = 1): PersonPeriods | FitRefusal {
  const refusal = checkSpells(spells, outcomes);
  if (refusal) return refusal;
  if (!(length > 0)) return refuseFit('out-of-range', `A period lasts longer than ${length}.`);
  const { time, event, entry } = spells;
  for (let row = 0; row < time.length; row++)
    if (event[row]! > 0 && !(time[row]! > 0))
      return refuseFit('out-of-range', `The event of row ${row} at ${time[row]} lies before the first period.`);
  const first = (row: number) => (entry ? Math.ceil(Math.max(0, entry[row]!) / length) + 1 : 1);
  const last = (row: number) =>
    event[row]! > 0 ? Math.ceil(Math.max(0, time[row]!) / length) : Math.floor(Math.max(0, time[row]!) / length);
  let count = 0;
  for (let row = 0; row < time.length; row++) count += Math.max(0, last(row) - first(row) + 1);
  if (count > 50_000_000) return refuseFit('out-of-range', `${count} person-periods: choose longer periods.`);
  const rows = { row: new Uint32Array(count), period: new Uint32Array(count), event: new Uint8Array(count) };
  let at = 0;
  for (let row = 0; row < time.length; row++) {
    for (let period = first(row); period <= last(row); period++) {
      rows.row[at] = row;
      rows.period[at] = period;
      rows.event[at++] = period === last(row) ? event[row]! : 0;
    }
  }
  return { fitted: true, count, ...rows };
}
