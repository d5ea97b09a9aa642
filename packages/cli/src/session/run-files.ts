import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from '@holdfast/workflows';
import * as z from 'zod';

/** What a pull leaves for the commands after it, so that they need no connection. */
export const pulledSchema = z.object({
  asOf: z.number().int(),
  org: z.object({ id: z.string(), name: z.string(), edition: z.string() }),
  writable: z.partialRecord(z.enum(['account', 'contact', 'opportunity', 'task']), z.array(z.string())),
  calls: z.array(z.object({ what: z.string(), calls: z.number(), minimum: z.number().nullable() })),
});
export type Pulled = z.infer<typeof pulledSchema>;

/** The newest run that left a file of this name, parsed; `null` when there is none. */
export function newestRunFile<T>(
  workspace: Workspace,
  name: 'run' | 'plan',
  schema: z.ZodType<T>,
): { readonly runId: string; readonly value: T } | null {
  for (const runId of runIds(workspace)) {
    const file = join(workspace.runsFolder, runId, `${name}.json`);
    if (!existsSync(file)) continue;
    const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (parsed.success) return { runId, value: parsed.data };
  }
  return null;
}

/** Ids of all runs with a folder, newest first. */
export function runIds(workspace: Workspace): readonly string[] {
  if (!existsSync(workspace.runsFolder)) return [];
  return readdirSync(workspace.runsFolder).sort().reverse();
}
