import * as z from 'zod';

const figure = z.number();
const estimate = z.object({ value: figure, low: figure, high: figure });
const calibration = z.object({
  slope: estimate.nullable(),
  intercept: estimate.nullable(),
  bins: z.array(z.object({ decisions: figure, losses: figure, predicted: figure, observed: estimate })),
  ece: figure,
  eceWhenPerfect: figure,
  predictedLosses: figure,
});
const contender = z.object({
  contender: z.string(),
  decisions: figure,
  losses: figure,
  logLoss: figure,
  logLossSkill: figure.nullable(),
  brierSkill: figure.nullable(),
  auc: estimate.nullable(),
});

/** What the page shows of an accuracy card (`AccuracyCard` in core): counts and figures, no name. */
const reportCard = z.object({
  model: z.enum(['contract', 'orders']),
  on: z.string(),
  verdict: z.string(),
  summary: z.string(),
  evidence: z.string(),
  leadDays: figure,
  outcomes: z.object({
    decisions: figure,
    losses: figure,
    contractions: figure,
    pending: figure,
    baseRate: figure.nullable(),
  }),
  history: z.object({ fromOn: z.string().nullable(), toOn: z.string().nullable() }),
  testSlice: z.object({ fromOn: z.string(), toOn: z.string() }).nullable(),
  test: z.array(contender),
  rolling: z.array(contender),
  calibration: calibration.nullable(),
  untreated: calibration.nullable(),
  treatedDecisions: figure,
  topTenth: z
    .object({
      decisions: figure,
      lift: figure.nullable(),
      lossesCaptured: figure.nullable(),
      revenueCaptured: figure.nullable(),
      revenueNote: z.string().optional(),
    })
    .nullable(),
  leads: z.array(
    z.object({
      leadDays: figure,
      decisions: figure,
      losses: figure,
      auc: estimate.nullable(),
      lossesCaptured: figure.nullable(),
    }),
  ),
  contradicted: z.array(z.object({ feature: z.string(), points: figure, weight: estimate, chanceWrongSign: figure })),
  owners: z
    .object({ owners: figure, judged: figure, minDecisions: figure, fewerLosses: figure, moreLosses: figure })
    .nullable(),
  redButKept: figure,
  greenButLost: figure,
  challenger: z.object({ gain: figure, gainSe: figure, promoted: z.boolean(), reason: z.string() }).nullable(),
  leftOut: z.array(z.object({ reason: z.string(), decisions: figure })),
  notes: z.array(z.string()),
});

export type ReportCard = Readonly<z.infer<typeof reportCard>>;

/** The file that `holdfast backtest` leaves. */
export const cardFile = z.object({ cards: z.array(reportCard) });
