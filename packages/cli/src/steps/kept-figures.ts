import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from '@holdfast/workflows';
import type * as z from 'zod';
import { cardFile } from '../report/report-card.ts';
import { forecastFile } from '../report/report-forecast.ts';
import type { ReportInput } from '../report/report-input.ts';
import { parseJson } from '../text/parse-json.ts';

/** The newest accuracy cards and the newest forecast that runs of this workspace left. */
export function keptFigures(workspace: Workspace): Pick<ReportInput, 'accuracy' | 'forecast'> {
  return {
    accuracy: newestKept(workspace, 'accuracy-card', cardFile)?.cards ?? [],
    forecast: newestKept(workspace, 'forecast', forecastFile),
  };
}

/**
 * The newest file of a name that a run left and that counts. One of another form or a damaged one counts as none: the
 * reader is then told what to run, which makes it anew.
 */
export function newestKept<T>(
  { runsFolder }: Workspace,
  name: string,
  schema: z.ZodType<T>,
  counts: (value: T) => boolean = () => true,
): T | null {
  if (!existsSync(runsFolder)) return null;
  for (const id of readdirSync(runsFolder).sort().reverse()) {
    const file = join(runsFolder, id, `${name}.json`);
    if (!existsSync(file)) continue;
    const parsed = schema.safeParse(parseJson(readFileSync(file, 'utf8')));
    if (!parsed.success) return null;
    if (counts(parsed.data)) return parsed.data;
  }
  return null;
}
