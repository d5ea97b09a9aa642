import { type CalendarDay, daysBetween } from '../model/dates.ts';
import type { HealthBand } from '../model/types.ts';

/** A band and the day since when it holds. */
export interface BandState {
  readonly band: HealthBand;
  readonly since: CalendarDay | null;
}

/** Scores at which a falling account enters the lower band; a rising one leaves it `MARGIN` points higher. */
export const BAND_BORDERS = { healthy: 65, watch: 40 } as const;
export const BAND_MARGIN = 5;
export const BAND_HOLD_DAYS = 14;

export interface BandInput {
  /** 0 to 100; `null` when there is too little to score. */
  readonly score: number | null;
  readonly previous: BandState | null;
  /** The day of this score; without it a band cannot be held. */
  readonly on: CalendarDay | null;
  /** Notice was given: the account is at risk at once. */
  readonly hardEvent: boolean;
}

/**
 * The band of a score, which does not flap: it is left only 5 points beyond where it was entered and after 14 days.
 * A hard event overrides both; `not_scored` is neither held nor held back, because there is no score to compare.
 */
export function nextBand({ score, previous, on, hardEvent }: BandInput): BandState {
  const keep = (band: HealthBand): BandState => (previous?.band === band ? previous : { band, since: on });
  if (hardEvent) return keep('at_risk');
  if (score === null) return keep('not_scored');
  if (previous === null || previous.band === 'not_scored') return keep(bandAt(score, 0, 0));
  if (previous.since !== null && on !== null && daysBetween(previous.since, on) < BAND_HOLD_DAYS) return previous;
  const margin = (border: HealthBand) => (rank(previous.band) < rank(border) ? BAND_MARGIN : 0);
  return keep(bandAt(score, margin('healthy'), margin('watch')));
}

function bandAt(score: number, healthyMargin: number, watchMargin: number): HealthBand {
  if (score >= BAND_BORDERS.healthy + healthyMargin) return 'healthy';
  return score >= BAND_BORDERS.watch + watchMargin ? 'watch' : 'at_risk';
}

const rank = (band: HealthBand): number => ['at_risk', 'watch', 'healthy'].indexOf(band);
