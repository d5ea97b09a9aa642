import { type Proposal, summarizePlan } from '@holdfast/core';
import type { RunCommand } from '../commands.ts';
import { leftOutOf } from '../referrals/left-out.ts';
import type { Pulled } from '../session/run-files.ts';
import { type Session, withSession } from '../session/session.ts';
import { planStep } from '../steps/plan-step.ts';
import { planText } from '../steps/plan-text.ts';
import { lastPull, scoreStep } from '../steps/score-step.ts';
import { openTaskPlanning } from '../steps/task-step.ts';

/** `holdfast plan`: what would be written, from the store, without a connection. */
export const plan: RunCommand = async (input) =>
  withSession(input, 'plan', async (session) => {
    const pulled = lastPull(session);
    const proposals: Proposal[] = [];
    const onProposal = (proposal: Proposal) => void proposals.push(proposal);
    const { propose, ...hooks } = await openTaskPlanning(session, pulled);
    const { asOf } = pulled;
    const book = await scoreStep(session, { pulled, asOf, keep: false, snapshot: true, onProposal, ...hooks });
    const tasks = await propose(book);
    proposals.push(...tasks.proposals);
    const made = planStep(session, book, proposals, pulled);
    const file = `${session.run().path}/plan.json`;
    const leftOut = leftOutOf(book);
    const remarks = [...(leftOut ? [leftOut.message] : []), ...(await staleRemarks(session, pulled)), ...tasks.remarks];
    return {
      exitCode: leftOut ? 1 : 0,
      json: { runId: session.runId, file, ...summarizePlan(made), notes: [...made.notes, ...remarks] },
      text: planText(made, file, remarks),
    };
  });

/** A plan is made from what was last read; what was written since is not in it. */
async function staleRemarks({ store }: Session, { asOf }: Pulled): Promise<readonly string[]> {
  const wroteSince = (await store.runs()).some(({ startedAt }) => startedAt > asOf);
  if (!wroteSince) return [];
  return ['Holdfast has written since the last pull: run `holdfast pull` first to leave out what is already so.'];
}
