import type { Estimates } from '../maximum-likelihood/estimates.ts';
import type { TimeBase } from './time-base.ts';

/** What every fitted model carries beside its parameters. JSON-able. */
interface Fitted<B extends TimeBase, Name extends string> extends Estimates<Name> {
  readonly fitted: true;
  /** The time base of its rates and of every span it is asked about. */
  readonly base: B;
  readonly accounts: number;
  /**
   * What a reader must know of the fit: a boundary solution and what was done about it; `null` in the ordinary case.
   */
  readonly note: string | null;
}

/**
 * A fitted BG/NBD or MBG/NBD: order rates are gamma(r, alpha) over the accounts, the chance to drop out after an order
 * is beta(a, b). `a` = 0, `b` = 1: nobody drops out (the NBD).
 */
export interface BetaGeometricModel<B extends TimeBase> extends Fitted<B, 'r' | 'alpha' | 'a' | 'b'> {
  readonly family: 'bg-nbd' | 'mbg-nbd';
}

/**
 * A fitted Pareto/NBD: order rates are gamma(r, alpha), drop-out rates gamma(s, beta) over the accounts. `s` = 0,
 * `beta` = 1: nobody drops out (the NBD).
 */
export interface ParetoNbdModel<B extends TimeBase> extends Fitted<B, 'r' | 'alpha' | 's' | 'beta'> {
  readonly family: 'pareto-nbd';
}

/**
 * A fitted BG/BB: the chance to order on an occasion is beta(alpha, beta), to drop out before one beta(gamma, delta).
 */
export interface BgBbModel<B extends TimeBase> extends Fitted<B, 'alpha' | 'beta' | 'gamma' | 'delta'> {
  readonly family: 'bg-bb';
}
