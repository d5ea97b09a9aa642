import type { MainReason } from '../model/types.ts';
import type { Driver } from './risk-score.ts';

/** Smaller contributions than this (odds x 1.1) are not worth naming. */
export const WORTH_NAMING = 0.1;

/** The strongest driver that raises the risk and is worth naming; `null` when there is none. Drivers come strongest first. */
export function strongestRise<D extends Pick<Driver, 'logOdds'>>(drivers: readonly D[]): D | null {
  return drivers.find((it) => it.logOdds >= WORTH_NAMING) ?? null;
}

/**
 * What most argues for loss, for grouping: the group of the strongest driver that raises the risk. Where nothing does
 * and less than half is known the reason is `missing_data`; otherwise there is none.
 */
export function mainReason(drivers: readonly Pick<Driver, 'group' | 'logOdds'>[], coverage: number): MainReason | null {
  return strongestRise(drivers)?.group ?? (coverage < 0.5 ? 'missing_data' : null);
}
