import { dayInZone } from '@holdfast/core';
import type { CommandInput, RunCommand } from '../commands.ts';
import { UserError } from '../failure.ts';
import type { Outcome } from '../io.ts';
import type { Pulled } from '../session/run-files.ts';
import { confirmedProfile, type Session, withSession } from '../session/session.ts';
import { effectText, holdOutText } from '../steps/actions-effect-text.ts';
import { holdOutStep, shareOption } from '../steps/actions-hold-out.ts';
import { listActions } from '../steps/actions-list.ts';
import { dayOption, driverOption, logStep } from '../steps/actions-log-step.ts';
import { measureStep } from '../steps/actions-measure.ts';
import { actionsText, loggedText } from '../steps/actions-text.ts';
import { lastPull } from '../steps/score-step.ts';

type Work = (session: Session, pulled: Pulled) => Promise<Pick<Outcome, 'text'> & { readonly found: object }>;

/** `holdfast actions`: the next best actions; logs what was done, draws a hold-out, and tells what acting did. */
export const actions: RunCommand = async (input) => {
  const work = workOf(input.options);
  return withSession(input, 'actions', async (session) => {
    const { text, found } = await work(session, lastPull(session));
    return { exitCode: 0, json: { runId: session.runId, ...found }, text };
  });
};

/** What the options ask for; more than one thing at once is wrong usage, before anything is opened. */
function workOf({ log, what, on, holdOut, effect }: CommandInput['options']): Work {
  const asked = [log !== undefined, holdOut !== undefined, effect === true].filter(Boolean).length;
  if (asked > 1) throw new UserError('usage', 'Give one of --log, --hold-out and --effect.', 2);
  if (log === undefined && (what !== undefined || on !== undefined))
    throw new UserError('usage', '--what and --on belong to --log ACCOUNT.', 2);
  if (log !== undefined) return logging(String(log), driverOption(what), on);
  if (holdOut !== undefined) return drawing(shareOption(holdOut));
  return effect === true ? measuring : listing;
}

const listing: Work = async (session, pulled) => {
  const found = await listActions(session, pulled);
  return { found, text: actionsText(found) };
};

const measuring: Work = async (session, pulled) => {
  const found = await measureStep(session, pulled);
  return { found, text: effectText(found) };
};

function drawing(share: number): Work {
  return async (session, pulled) => {
    const found = await holdOutStep(session, pulled, share);
    return { found, text: holdOutText(found) };
  };
}

function logging(account: string, driver: string, on: unknown): Work {
  return async (session, pulled) => {
    const today = dayInZone(session.clock.now(), confirmedProfile(session.config).timeZone);
    const found = await logStep(session, pulled, { account, driver, on: dayOption(on, today) });
    return { found, text: loggedText(found) };
  };
}
