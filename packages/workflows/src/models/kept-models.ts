import * as z from 'zod';

const estimate = z.number();
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const model = z.enum(['contract', 'orders']);

/** A fitted posterior as it is kept: the plain data of `FittedRetention`. */
const fittedRetention = z.object({
  model,
  version: z.string(),
  cardVersion: z.string(),
  fittedOn: day,
  evidence: z.enum(['points only', 'recalibrated', 'fitted']),
  outcomes: z.object({ decisions: z.number().int(), losses: z.number().int() }),
  intercept: estimate,
  drivers: z.array(z.object({ feature: z.string(), weight: estimate, reference: estimate, missing: estimate })),
  covariance: z.array(estimate),
  treatment: estimate,
  periodVariance: estimate.nullable(),
  mixture: z.array(z.object({ tau: estimate, slope: estimate, weight: estimate })),
});

/** One model with the verdict of the card that it was made with. */
const keptModel = z.object({
  loss: fittedRetention,
  contraction: z.object({ fit: fittedRetention, expectedShare: estimate }).nullable(),
  verdict: z.enum(['passes', 'no-signal', 'miscalibrated', 'not-enough-outcomes', 'losses-missing']),
  summary: z.string(),
});

/**
 * The models of a workspace: `current` makes the scores, `shadow` is scored beside it and writes nothing until a person
 * adopts it. `shadowRuns` counts the runs that scored the shadow.
 */
export const keptModels = z.object({
  version: z.literal(1),
  current: z.partialRecord(model, keptModel),
  shadow: z.partialRecord(model, keptModel),
  shadowRuns: z.number().int().min(0),
});

export type KeptModel = z.infer<typeof keptModel>;
export type KeptModels = z.infer<typeof keptModels>;

/** What a workspace starts with: the points of the scorecards speak. */
export const NO_MODELS: KeptModels = { version: 1, current: {}, shadow: {}, shadowRuns: 0 };
