import * as z from 'zod';

const amount = z.number();
const ofClass = z.object({ renewals: amount, due: amount });
const result = z.object({
  forecast: z.enum(['committed', 'likely', 'at risk', 'all']),
  decided: amount,
  expectedKept: amount,
  kept: amount,
  pending: amount,
  expected: amount,
  renewed: amount,
});

/** What the page shows of a forecast: months and sums, no account. Amounts in minor units. */
const reportForecast = z.object({
  madeOn: z.string(),
  currency: z.string(),
  borders: z.object({ committedBelow: z.number(), atRiskFrom: z.number() }),
  months: z.array(
    z.object({
      month: z.string(),
      renewals: amount,
      due: amount,
      expected: amount,
      interval: z.tuple([amount, amount]).nullable(),
      classes: z.object({ committed: ofClass, likely: ofClass, 'at risk': ofClass }),
      withoutValue: amount,
    }),
  ),
});
const reportQuarter = z.object({ from: z.string(), to: z.string(), madeOn: z.string(), results: z.array(result) });

/** The file that `holdfast forecast` leaves. */
export const forecastFile = z.object({
  forecast: reportForecast,
  lastQuarter: reportQuarter.nullable(),
  /** Why its chances are assumptions, where they are. */
  chances: z.object({ note: z.string().nullable() }).optional(),
});

export type ReportForecast = Readonly<z.infer<typeof forecastFile>>;
