import { FEATURES, formatInstant, type Instant, type ScoreMovement } from '@holdfast/core';
import { columns } from '../text/columns.ts';
import { signed } from '../text/format.ts';

/** Why an account's score moved since an earlier run: `null` without a movement, or without such a run. */
export interface MovedSince {
  readonly since: Instant | null;
  readonly movement: ScoreMovement | null;
}

/** Facts that are named, those that moved the score most. */
const SHOWN = 8;

/** The change since the last run in log-odds of loss: what happened, another model, passing time. */
export function movementText({ since, movement }: MovedSince): readonly string[] {
  if (since === null)
    return [
      'Change since the last run: no earlier run has kept its facts yet; `holdfast score` keeps them for the next.',
    ];
  const title = `Change since the run as of ${formatInstant(since)}`;
  if (movement === null) return [`${title}: this account was not scored then.`];
  const { total, inputs, model, time, drivers, evidence, modelVersion, judgedBy } = movement;
  const parts: readonly (readonly [string, number])[] = [
    ['inputs (what happened)', inputs],
    ['model', model],
    ['passing time', time],
  ];
  return [
    `${title}, in log-odds of loss:`,
    ...columns(
      [...parts, ['in all', total] as const].map(([name, it]) => [name, signed(it, 2)]),
      [1],
    ),
    ...(drivers.length > 0
      ? [
          `Inputs that changed: ${drivers
            .slice(0, SHOWN)
            .map((it) => `${titleOf(it.feature)} ${signed(it.logOdds, 2)}`)
            .join(', ')}.`,
        ]
      : []),
    ...(modelVersion
      ? [
          `Another model scored it then (${modelVersion.from}, now ${modelVersion.to})${judgedBy === 'later' ? '; inputs and time are judged by the one of now' : ''}.`,
        ]
      : []),
    ...(evidence
      ? [
          `What the numbers rest on changed from "${evidence.from}" to "${evidence.to}": that is no movement of the account.`,
        ]
      : []),
  ];
}

const titleOf = (feature: string): string => FEATURES.find(({ id }) => id === feature)?.title ?? feature;
