import { formatInstant } from '@holdfast/core';
import type { RunCommand } from '../commands.ts';
import { withSession } from '../session/session.ts';
import { runSteps, runText } from '../steps/run-steps.ts';

/** `holdfast run`: the whole way, as far as the stage of trust allows. */
export const run: RunCommand = async (input) =>
  withSession(input, 'run', async (session) => {
    const result = await runSteps(session, { attended: input.options['attended'] === true });
    return {
      exitCode: result.clean ? 0 : 1,
      json: { runId: session.runId, asOf: formatInstant(result.asOf), ...result.figures },
      text: runText(result),
    };
  });
