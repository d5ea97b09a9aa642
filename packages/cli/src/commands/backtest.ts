import type { RunCommand } from '../commands.ts';
import { UserError } from '../failure.ts';
import { confirmedProfile, withSession } from '../session/session.ts';
import { adoptShadow } from '../steps/adopt-shadow.ts';
import { backtestStep } from '../steps/backtest-step.ts';
import { backtestText } from '../steps/backtest-text.ts';
import { lastPull } from '../steps/score-step.ts';
import { asOfOption } from './as-of-option.ts';
import { wholeNumber } from './option-values.ts';

/** `holdfast backtest`: holds the scores against what really happened; `--adopt` takes the models that ran in shadow. */
export const backtest: RunCommand = async (input) =>
  withSession(input, 'backtest', async (session) => {
    const { adopt, lead } = input.options;
    if (adopt) {
      if (lead !== undefined)
        throw new UserError('usage', '--adopt takes what the last backtest made: leave --lead out.', 2);
      return adoptShadow(session);
    }
    const pulled = lastPull(session);
    const { asOf } = input.options;
    const profile = confirmedProfile(session.config);
    const tested = await backtestStep(
      session,
      {
        profile,
        asOf: asOfOption(asOf, pulled, profile),
        ...(lead !== undefined && { leadDays: wholeNumber(input.options, 'lead', 0, 365) }),
      },
      { shadow: asOf === undefined && lead === undefined },
    );
    return { exitCode: 0, json: { runId: session.runId, ...tested }, text: backtestText(tested) };
  });
