import { readModels, writeModels } from '@holdfast/workflows';
import { UserError } from '../failure.ts';
import type { Outcome } from '../io.ts';
import type { Session } from '../session/session.ts';

/** Verdicts with which a model may be used; a card without signal, or with losses missing, promotes nothing. */
const USABLE = ['passes', 'miscalibrated', 'not-enough-outcomes'];

/**
 * Takes the models in shadow into use. Refused before a run has scored them, because nobody could have seen what they
 * would change; a model whose card forbids it stays where it is, and so does one that would replace a model whose card
 * has passed by one whose card has not.
 */
export function adoptShadow({ workspace }: Session): Outcome {
  const models = readModels(workspace);
  const waiting = Object.entries(models.shadow);
  if (waiting.length === 0) throw new UserError('no-shadow', 'No model runs in shadow: run `holdfast backtest` first.');
  if (models.shadowRuns === 0)
    throw new UserError(
      'unseen-shadow',
      'Nobody has seen yet what the models in shadow would change: run `holdfast score`, look at that line, then adopt them.',
    );
  const proved = (model: string) =>
    Object.entries(models.current).some(([name, it]) => name === model && it.verdict === 'passes');
  const isUsable = ([model, { verdict }]: (typeof waiting)[number]) =>
    USABLE.includes(verdict) && (verdict === 'passes' || !proved(model));
  const usable = waiting.filter(isUsable);
  const kept = waiting.filter((it) => !isUsable(it));
  if (usable.length > 0)
    writeModels(workspace, {
      ...models,
      current: { ...models.current, ...Object.fromEntries(usable) },
      shadow: Object.fromEntries(kept),
      shadowRuns: 0,
    });
  const text = [
    ...usable.map(([model, { loss }]) => `In use from the next score on: ${model} (${loss.version}).`),
    ...kept.map(([model, { summary }]) => `Not adopted: ${model}. ${summary}`),
  ].join('\n');
  return {
    exitCode: usable.length > 0 ? 0 : 1,
    json: { adopted: usable.map(([model]) => model), notAdopted: kept.map(([model]) => model) },
    text,
  };
}
