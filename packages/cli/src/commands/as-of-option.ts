import { dayInZone, formatInstant, type Instant, type OrgProfile } from '@holdfast/core';
import { UserError } from '../failure.ts';
import type { Pulled } from '../session/run-files.ts';
import { instantOrDay } from './option-values.ts';

/**
 * The instant that `--as-of` names, or the last pull's start. A day means its end in the org's time zone; on the day of
 * the pull itself, which was not over then, it means the pull's start.
 */
export function asOfOption(
  option: unknown,
  pulled: Pick<Pulled, 'asOf'>,
  { timeZone }: Pick<OrgProfile, 'timeZone'>,
): Instant {
  if (option === undefined) return pulled.asOf;
  const text = String(option);
  const at = instantOrDay(text, timeZone);
  if (at === null)
    throw new UserError(
      'usage',
      '--as-of must be a day such as 2026-01-31 or an instant such as 2026-01-31T00:00:00Z.',
      2,
    );
  if (at <= pulled.asOf) return at;
  if (text === dayInZone(pulled.asOf, timeZone)) return pulled.asOf;
  throw new UserError(
    'usage',
    `--as-of lies after the last pull (${formatInstant(pulled.asOf)}): run \`holdfast pull\` first.`,
    2,
  );
}
