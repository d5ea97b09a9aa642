import { type Figure, ratioFigure } from '../figure.ts';
import { type CalendarMonth, shiftMonth } from '../month.ts';

/** One month of selling, in minor units of one currency. */
export interface SellingMonth {
  readonly month: CalendarMonth;
  /** Sales and marketing. */
  readonly spend: number;
  readonly newAccounts: number;
  /** Annual contract value of the new accounts. */
  readonly newAnnual: number;
}

/** Which months are added up, by when accounts were won; spend is taken `lagMonths` earlier: the length of the sales cycle. */
export interface SellingWindow {
  readonly from: CalendarMonth;
  readonly to: CalendarMonth;
  readonly lagMonths: number;
}

const NO_SPEND = 'spend is not known for every month of the lagged window';

/**
 * Customer acquisition cost: sales and marketing spend, lagged by the sales cycle, over accounts won. `null` when nothing
 * was won, or spend is missing for a month: a gap is not 0.
 *
 * @example
 * const months = [{ month: '2026-01', spend: 9000, newAccounts: 0, newAnnual: 0 }, { month: '2026-02', spend: 0, newAccounts: 3, newAnnual: 6000 }];
 * acquisitionCost(months, { from: '2026-02', to: '2026-02', lagMonths: 1 }).value; // 3000
 */
export function acquisitionCost(months: readonly SellingMonth[], window: SellingWindow): Figure {
  const won = sumOf(months, window, 0, (it) => it.newAccounts);
  const spend = sumOf(months, window, window.lagMonths, (it) => it.spend);
  return ratioFigure(spend, won, won, Number.isNaN(spend) ? NO_SPEND : 'no account was won');
}

/**
 * CAC ratio: lagged spend over new annual contract value; spend for one unit of new revenue.
 *
 * @example
 * const months = [{ month: '2026-01', spend: 9000, newAccounts: 3, newAnnual: 6000 }];
 * acquisitionCostRatio(months, { from: '2026-01', to: '2026-01', lagMonths: 0 }).value; // 1.5
 */
export function acquisitionCostRatio(months: readonly SellingMonth[], window: SellingWindow): Figure {
  const won = sumOf(months, window, 0, (it) => it.newAccounts);
  const spend = sumOf(months, window, window.lagMonths, (it) => it.spend);
  const annual = sumOf(months, window, 0, (it) => it.newAnnual);
  return ratioFigure(spend, annual, won, Number.isNaN(spend) ? NO_SPEND : 'no new contract value');
}

/**
 * Months until a new account has paid back what winning it cost: CAC / (MRR x gross margin). `null` when the account
 * brings no margin: it never pays back.
 *
 * @example
 * paybackMonths({ value: 6000, n: 5, reason: null }, 500, 0.8).value; // 15
 */
export function paybackMonths(cost: Figure, monthlyRevenue: number, grossMargin: number): Figure {
  if (cost.value === null) return cost;
  return ratioFigure(cost.value, monthlyRevenue * grossMargin, cost.n, 'no margin: it never pays back');
}

/**
 * Magic number: four times the growth of quarterly revenue over the quarter before, by the sales and marketing spend of
 * the quarter before. `null` without spend. Below 0 when revenue fell.
 *
 * @example
 * magicNumber(130, 100, 80).value; // 1.5
 */
export function magicNumber(revenue: number, revenueBefore: number, spendBefore: number): Figure {
  return ratioFigure(4 * (revenue - revenueBefore), spendBefore, 1, 'no spend in the quarter before');
}

function sumOf(
  months: readonly SellingMonth[],
  { from, to }: SellingWindow,
  lag: number,
  amount: (month: SellingMonth) => number,
): number {
  const byMonth = new Map(months.map((it) => [it.month, it]));
  let sum = 0;
  for (let month = from; month <= to; month = shiftMonth(month, 1)) {
    const row = byMonth.get(shiftMonth(month, -lag));
    sum += row ? amount(row) : Number.NaN;
  }
  return sum;
}
