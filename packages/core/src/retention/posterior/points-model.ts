import type { CalendarDay } from '../../model/dates.ts';
import type { Scorecard } from '../scorecard.ts';
import { openDecisionRows } from '../training/open-decision-rows.ts';
import { fitRetention } from './fit-retention.ts';
import type { FittedRetention } from './fitted-retention.ts';

/** The posterior before any outcome: the card's points with the prior's widths. Throws `RangeError` for points that are no numbers. */
export function pointsModel(card: Scorecard, fittedOn: CalendarDay): FittedRetention {
  const fit = fitRetention(openDecisionRows(card).finish(), card, { fittedOn });
  if (!fit.fitted) throw new RangeError(fit.message);
  const { fitted: _, ...model } = fit;
  return model;
}
