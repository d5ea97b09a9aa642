import type { BookChange, BookMerge } from '../../change-log.ts';
import type { HonestSettings } from '../../honest-options.ts';
import type { TruthDecision } from '../../truth.ts';
import type { Draft } from '../draft.ts';

/** An honest book while it is made. */
export interface HonestDraft extends Draft {
  readonly settings: HonestSettings;
  readonly changes: BookChange[];
  readonly merges: BookMerge[];
  readonly decisions: TruthDecision[];
  /** The common shock of each month, in log-odds, by the index of its border. */
  readonly shocks: readonly number[];
}

/** Makes a draft honest: draws the shocks that all accounts share. */
export function honestDraft(draft: Draft, settings: HonestSettings): HonestDraft {
  const random = draft.random('shocks');
  const shocks = draft.borders.map(() => settings.shock * random.normal());
  return { ...draft, settings, shocks, changes: [], merges: [], decisions: [] };
}
