import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '@holdfast/core';
import { startOf, type Workspace } from '@holdfast/workflows';
import * as z from 'zod';
import { UserError } from '../failure.ts';
import { recordedSourcesSchema } from '../referrals/recorded-sources.ts';
import { parseJson } from '../text/parse-json.ts';

/** What a pull leaves for the commands after it, so that they need no connection. */
export const pulledSchema = z.object({
  asOf: z.number().int(),
  org: z.object({ id: z.string(), name: z.string(), edition: z.string() }),
  writable: z.partialRecord(
    z.enum(['account', 'contact', 'opportunity', 'lead', 'task', 'referral', 'referralLink', 'note']),
    z.array(z.string()),
  ),
  /** The currency of amounts that are written: the org's, or the one that each record names. */
  amounts: z.object({ currency: z.string(), ofRecord: z.boolean() }).optional(),
  /** Why the org takes no tasks of ours; left out where it does. */
  noTasks: z.string().optional(),
  /** Why the org takes no notes of ours; left out where it does. */
  noNotes: z.string().optional(),
  /** Why a class of evidence of introductions is not shown by this org; `null` where it is. */
  evidence: z.record(z.enum(['mail', 'meeting', 'link', 'confirmation']), z.string().nullable()).optional(),
  /** Where people record referrals, as far as the org shows it; left out by an earlier version. */
  recorded: recordedSourcesSchema.optional(),
  calls: z.array(z.object({ what: z.string(), calls: z.number(), minimum: z.number().nullable() })),
});
export type Pulled = z.infer<typeof pulledSchema>;

/** The newest run that left a file of this name, parsed; `null` when there is none. */
export function newestRunFile<T>(
  workspace: Workspace,
  name: 'run' | 'plan',
  schema: z.ZodType<T>,
): { readonly runId: string; readonly value: T } | null {
  const [runId] = runsWith(workspace, name);
  if (runId === undefined) return null;
  const file = join(workspace.runsFolder, runId, `${name}.json`);
  const parsed = schema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (parsed.success) return { runId, value: parsed.data };
  throw new UserError(
    'damaged',
    `${file} is damaged: move it away, then run \`holdfast pull\` or \`holdfast plan\` again.`,
  );
}

/** When the last run that pulled began, to the second, whatever its file says; `null` before the first. */
export function lastPullAt(workspace: Workspace): Instant | null {
  const [runId] = runsWith(workspace, 'run');
  return runId === undefined ? null : startOf(runId);
}

/** Ids of the runs that left a file of this name, newest first. */
export function runsWith({ runsFolder }: Workspace, name: 'run' | 'plan'): readonly string[] {
  if (!existsSync(runsFolder)) return [];
  const ids = readdirSync(runsFolder).sort().reverse();
  return ids.filter((id) => existsSync(join(runsFolder, id, `${name}.json`)));
}
