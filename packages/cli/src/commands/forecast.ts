import type { RunCommand } from '../commands.ts';
import { confirmedProfile, withSession } from '../session/session.ts';
import { forecastStep } from '../steps/forecast-step.ts';
import { forecastText } from '../steps/forecast-text.ts';
import { lastPull } from '../steps/score-step.ts';
import { asOfOption } from './as-of-option.ts';

/** `holdfast forecast`: renewals by the month of their decision, and what the book is expected to lose within a year. */
export const forecast: RunCommand = async (input) =>
  withSession(input, 'forecast', async (session) => {
    const pulled = lastPull(session);
    const foreseen = await forecastStep(
      session,
      pulled,
      asOfOption(input.options['asOf'], pulled, confirmedProfile(session.config)),
    );
    return { exitCode: 0, json: { runId: session.runId, ...foreseen }, text: forecastText(foreseen) };
  });
