import type { Estimates } from '../maximum-likelihood/estimates.ts';
import type { TimeBase } from '../repeat-buying/time-base.ts';
import type { RenewalShape } from './log-survival.ts';

interface Fitted<B extends TimeBase, Name extends string> extends Estimates<Name> {
  readonly fitted: true;
  /** The term of the contracts: one renewal a period. */
  readonly base: B;
  readonly accounts: number;
  /** What a reader must know of the fit: a boundary solution; `null` in the ordinary case. */
  readonly note: string | null;
}

/**
 * A fitted shifted-beta-geometric: the chance to leave at a renewal is beta(alpha, beta) over the accounts and constant
 * for each. JSON-able.
 */
export interface SbgModel<B extends TimeBase> extends Fitted<B, 'alpha' | 'beta'> {
  readonly family: 'sbg';
}

/**
 * A fitted beta-discrete-Weibull: as sBG, but the chance rises (c > 1) or falls (c < 1) with every account's own
 * tenure. JSON-able.
 */
export interface BdwModel<B extends TimeBase> extends Fitted<B, 'gamma' | 'delta' | 'c'> {
  readonly family: 'bdw';
}

/** Either model of renewals. */
export type RenewalModel<B extends TimeBase> = SbgModel<B> | BdwModel<B>;

/** The parameters under one name: sBG is BdW with c = 1. */
export function shapeOf(model: RenewalModel<TimeBase>): RenewalShape {
  return model.family === 'bdw'
    ? model.parameters
    : { gamma: model.parameters.alpha, delta: model.parameters.beta, c: 1 };
}
