import { undoRun } from '@holdfast/workflows';
import type { RunCommand } from '../commands.ts';
import { withSession } from '../session/session.ts';
import { count } from '../text/format.ts';

/** `holdfast undo RUN`: only where a field still holds what we wrote. */
export const undo: RunCommand = async (input) =>
  withSession(input, 'undo', async (session) => {
    const [runId = ''] = input.positional;
    const { clock, random, io, meter, store } = session;
    const result = await undoRun(await session.adapter(), store, runId, { clock, random, signal: io.signal, meter });
    const { counts } = result;
    const left = counts.conflict + counts.failed + counts.unprocessed;
    const text = `Put back: ${count(counts.written)}. Left as they are: ${count(counts.conflict)} that were changed since (by a person or a later run), ${count(counts.failed)} refused, ${count(counts.unprocessed)} not done, ${count(result.kept)} that were there before. What the writes had set off in the CRM stays.`;
    return { exitCode: left > 0 ? 1 : 0, json: result, text };
  });
