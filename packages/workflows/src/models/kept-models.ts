import * as z from 'zod';

/** A number within bounds that no honest fit comes near; JSON writes a number that is none as `null`. */
function within(least: number, most: number) {
  const error = `must be a number from ${least} to ${most}`;
  return z.number({ error }).min(least, { error }).max(most, { error });
}

/** Log-odds: 20 of them are odds of half a thousand million to one. */
const weight = within(-20, 20);
/** Log-odds of an account as a whole, and of what a missing fact means: sums of weights times swings. */
const offset = within(-100, 100);
const MOST_VARIANCE = 10_000;
const share = within(0, 1);
const count = within(0, 1e9).int({ error: 'must be a whole number' });
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const model = z.enum(['contract', 'orders']);

/** A fitted posterior as it is kept: the plain data of `FittedRetention`. */
const fittedRetention = z
  .object({
    model,
    version: z.string(),
    cardVersion: z.string(),
    fittedOn: day,
    evidence: z.enum(['points only', 'recalibrated', 'fitted']),
    outcomes: z.object({ decisions: count, losses: count }),
    intercept: offset,
    drivers: z.array(
      z.object({ feature: z.string(), weight, reference: offset, missing: offset, known: within(0, 1e9).optional() }),
    ),
    covariance: z.array(within(-MOST_VARIANCE, MOST_VARIANCE)),
    treatment: weight,
    periodVariance: within(0, MOST_VARIANCE).nullable(),
    mixture: z.array(z.object({ tau: within(0, 100), slope: within(0, 100), weight: share })),
  })
  .superRefine(({ outcomes, drivers, covariance }, context) => {
    const say = (message: string, ...path: (string | number)[]) => context.addIssue({ code: 'custom', message, path });
    if (outcomes.losses > outcomes.decisions) say('must not be more than the decisions', 'outcomes', 'losses');
    if (new Set(drivers.map(({ feature }) => feature)).size < drivers.length) say('names a driver twice', 'drivers');
    const wrong = wrongCovariance(covariance, 1 + 2 * drivers.length);
    if (wrong) say(wrong, 'covariance');
  });

/** What is wrong with a lower triangle, row by row; `null`: it may be a covariance. */
function wrongCovariance(triangle: readonly number[], size: number): string | null {
  const length = (size * (size + 1)) / 2;
  if (triangle.length !== length) return `must have ${length} numbers`;
  const at = (j: number, k: number) => triangle[(j * (j + 1)) / 2 + k] ?? 0;
  for (let j = 0; j < size; j += 1) {
    if (at(j, j) < -ROUNDING) return 'has a variance below 0';
    for (let k = 0; k < j; k += 1)
      if (at(j, k) ** 2 > at(j, j) * at(k, k) + ROUNDING) return 'has a covariance beyond its two variances';
  }
  return null;
}

/** What adding up leaves of a 0. */
const ROUNDING = 1e-9;

/** One model with the verdict of the card that it was made with. */
const keptModel = z.object({
  loss: fittedRetention,
  contraction: z.object({ fit: fittedRetention, expectedShare: share }).nullable(),
  verdict: z.enum(['passes', 'no-signal', 'miscalibrated', 'not-enough-outcomes', 'losses-missing']),
  summary: z.string(),
});

/** Each model under its own name. */
const byModel = z
  .partialRecord(model, keptModel)
  .refine(
    (all) =>
      Object.entries(all).every(([name, { loss, contraction: it }]) =>
        [loss, it?.fit ?? loss].every((fit) => fit.model === name),
      ),
    {
      error: 'holds a model of the other kind',
    },
  );

/**
 * The models of a workspace: `current` makes the scores, `shadow` is scored beside it and writes nothing until a person
 * adopts it. `shadowRuns` counts the runs that scored the shadow.
 */
export const keptModels = z.object({
  version: z.literal(1),
  current: byModel,
  shadow: byModel,
  shadowRuns: z.number().int().min(0),
});

export type KeptModel = z.infer<typeof keptModel>;
export type KeptModels = z.infer<typeof keptModels>;

/** What a workspace starts with: the points of the scorecards speak. */
export const NO_MODELS: KeptModels = { version: 1, current: {}, shadow: {}, shadowRuns: 0 };
