import { summarizePlan } from '@holdfast/core';
import type { RunCommand } from '../commands.ts';
import { withSession } from '../session/session.ts';
import { planStep } from '../steps/plan-step.ts';
import { planText } from '../steps/plan-text.ts';
import { lastPull, scoreStep } from '../steps/score-step.ts';

/** `holdfast plan`: what would be written, from the store, without a connection. */
export const plan: RunCommand = async (input) =>
  withSession(input, 'plan', async (session) => {
    const pulled = lastPull(session);
    const book = await scoreStep(session, { pulled, asOf: pulled.asOf, keep: false });
    const made = planStep(session, book, pulled);
    const file = `${session.run().path}/plan.json`;
    return {
      exitCode: 0,
      json: { runId: session.runId, file, ...summarizePlan(made), notes: made.notes },
      text: planText(made, file),
    };
  });
