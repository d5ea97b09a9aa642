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
    accuracy: newest(workspace, 'accuracy-card', cardFile)?.cards ?? [],
    forecast: newest(workspace, 'forecast', forecastFile),
  };
}

/** A file of another form or a damaged one counts as none: the page then says what to run, which makes it anew. */
function newest<T>({ runsFolder }: Workspace, name: string, schema: z.ZodType<T>): T | null {
  if (!existsSync(runsFolder)) return null;
  const files = readdirSync(runsFolder)
    .sort()
    .reverse()
    .map((id) => join(runsFolder, id, `${name}.json`));
  const file = files.find((it) => existsSync(it));
  if (file === undefined) return null;
  const parsed = schema.safeParse(parseJson(readFileSync(file, 'utf8')));
  return parsed.success ? parsed.data : null;
}
