import { formatInstant } from '@holdfast/core';
import type { RunCommand } from '../commands.ts';
import { confirmedProfile, withSession } from '../session/session.ts';
import { bookFigures, bookText } from '../steps/book-figures.ts';
import { lastPull, scoreStep } from '../steps/score-step.ts';
import { asOfOption } from './as-of-option.ts';

/** `holdfast score`: from the store, without a connection. */
export const score: RunCommand = async (input) =>
  withSession(input, 'score', async (session) => {
    const pulled = lastPull(session);
    const book = await scoreStep(session, {
      pulled,
      asOf: asOfOption(input.options['asOf'], pulled, confirmedProfile(session.config)),
      keep: true,
    });
    const figures = bookFigures(book);
    return {
      exitCode: book.problems.length > 0 ? 1 : 0,
      json: { runId: session.runId, asOf: formatInstant(book.asOf), ...figures, problems: book.problems },
      text: bookText(figures, book.problems),
    };
  });
