import { join } from 'node:path';
import type { RunCommand } from '../commands.ts';
import { UserError } from '../failure.ts';
import { planSchema, readPlan } from '../session/read-plan.ts';
import { newestRunFile } from '../session/run-files.ts';
import { type Session, withSession } from '../session/session.ts';
import { applyStep } from '../steps/apply-step.ts';
import { applyText } from '../steps/apply-text.ts';

/** `holdfast apply`: writes a plan that somebody has looked at. */
export const apply: RunCommand = async (input) =>
  withSession(input, 'apply', async (session) => {
    if (session.config.stage === 'observe') {
      throw new UserError('stage', 'This workspace only observes: run `holdfast trust write` to let it write fields.');
    }
    const plan = input.options['plan'] === undefined ? newestPlan(session) : readPlan(String(input.options['plan']));
    if (session.config.stage !== 'act' && plan.writes.some(({ entity }) => entity === 'task' || entity === 'note')) {
      throw new UserError(
        'stage',
        'This plan gives owners tasks or puts notes on timelines, and the workspace writes fields only: run `holdfast trust act`, or make a new plan.',
      );
    }
    const result = await applyStep(session, plan, true);
    const bad = result.counts.conflict + result.counts.failed + result.counts.unprocessed;
    return {
      exitCode: bad > 0 ? 1 : 0,
      json: result,
      text: applyText(result, join(session.workspace.runsFolder, result.runId), plan),
    };
  });

function newestPlan(session: Session) {
  const found = newestRunFile(session.workspace, 'plan', planSchema);
  if (found) return found.value;
  throw new UserError('no-plan', 'There is no plan yet: run `holdfast plan` first.');
}
