/**
 * What the spend model needs to know of every account, in columns of equal length: repeat orders (0 allowed, such rows
 * say nothing) and the mean value of those orders, all in one currency and one unit of it.
 */
export interface SpendSummary {
  readonly currency: string;
  readonly frequency: Float64Array;
  readonly meanValue: Float64Array;
}
