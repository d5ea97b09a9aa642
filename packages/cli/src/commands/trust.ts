import type { RunCommand } from '../commands.ts';
import { STAGES } from '../config/config.ts';
import { saveConfig } from '../config/load-config.ts';
import { UserError } from '../failure.ts';
import { planSchema } from '../session/read-plan.ts';
import { newestRunFile, runsWith } from '../session/run-files.ts';
import { runStamp } from '../session/run-id.ts';
import { confirmedProfile, type Session, withSession } from '../session/session.ts';

/** `holdfast trust STAGE`: moving up shows what the last 14 days would have written. */
export const trust: RunCommand = async (input) =>
  withSession(input, 'trust', async (session) => {
    const stage = STAGES.find((it) => it === input.positional[0]);
    if (!stage)
      throw new UserError(
        'usage',
        `"${input.positional[0] ?? ''}" is not a stage of trust: choose observe, write or act.`,
        2,
      );
    confirmedProfile(session.config);
    const planned = plansOfFortnight(session);
    saveConfig(input.folder, { ...session.config, stage });
    const text = [
      `The workspace was at stage ${session.config.stage} and is now at ${stage}.`,
      planned.plans === 0
        ? 'No plan was made in the last 14 days, so there is nothing to show: look at `holdfast plan` before the next run.'
        : `In the last 14 days ${planned.plans} ${planned.plans === 1 ? 'plan was' : 'plans were'} made; the newest would have written ${planned.newest} records: \`holdfast plan\` shows them.`,
      ...(stage === 'write'
        ? ['From now on `holdfast run` writes fields. Go back with `holdfast trust observe`.']
        : []),
      ...(stage === 'act' ? [ACTS] : []),
    ].join('\n');
    return { exitCode: 0, json: { from: session.config.stage, to: stage, ...planned }, text };
  });

const ACTS =
  'From now on `holdfast run` writes fields and gives owners tasks: at most 2 new a day and 5 open each, one for an account. `holdfast plan` shows them first. Notes on timelines stay off until holdfast.config.json says since when: "notes": { "since": "YYYY-MM-DD" }. Go back with `holdfast trust write`.';

const FORTNIGHT_MS = 14 * 86_400_000;

function plansOfFortnight({ workspace, clock }: Session) {
  const since = runStamp(clock.now() - FORTNIGHT_MS);
  const plans = runsWith(workspace, 'plan').filter((id) => id >= since).length;
  const newest = plans === 0 ? null : newestRunFile(workspace, 'plan', planSchema);
  return { plans, newest: newest?.value.writes.length ?? 0 };
}
