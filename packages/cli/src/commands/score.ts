import { formatInstant } from '@holdfast/core';
import type { RunCommand } from '../commands.ts';
import { withSession } from '../session/session.ts';
import { bookFigures, bookText } from '../steps/book-figures.ts';
import { asOfOption, lastPull, scoreStep } from '../steps/score-step.ts';

/** `holdfast score`: from the store, without a connection. */
export const score: RunCommand = async (input) =>
  withSession(input, 'score', async (session) => {
    const pulled = lastPull(session);
    const book = await scoreStep(session, { pulled, asOf: asOfOption(input.options['asOf'], pulled), keep: true });
    const figures = bookFigures(book);
    return {
      exitCode: book.problems.length > 0 ? 1 : 0,
      json: { runId: session.runId, asOf: formatInstant(book.asOf), ...figures, problems: book.problems },
      text: bookText(figures, book.problems),
    };
  });
