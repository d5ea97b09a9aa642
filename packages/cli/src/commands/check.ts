import type { CrmAdapter, Problem } from '@holdfast/core';
import { withRetries } from '@holdfast/workflows';
import type { RunCommand } from '../commands.ts';
import { leftOutOf } from '../referrals/left-out.ts';
import { newestRunFile, pulledSchema } from '../session/run-files.ts';
import { type Session, withSession } from '../session/session.ts';
import { type BookFigures, bookFigures } from '../steps/book-figures.ts';
import { discreetProblem } from '../steps/discreet-problem.ts';
import { scoreStep } from '../steps/score-step.ts';

/** `holdfast check`: what stands in the way, in sentences; the counts of the book once something was read. */
export const check: RunCommand = async (input) =>
  withSession(input, 'check', async (session) => {
    const adapter = await session.adapter();
    const { capabilities } = adapter;
    session.io.progress('Checking fields, permissions and the profile');
    const unconfirmed: readonly Problem[] = session.config.profile?.confirmedAt
      ? []
      : [
          {
            severity: 'error',
            code: 'no-book',
            message: `Nobody has confirmed which accounts are the book: run \`holdfast init ${session.module.crm}\`.`,
          },
        ];
    const book = await storedBook(session);
    const rejects = await session.store.rejects();
    const live = (await checkWithRetries(session, adapter)).map(discreetProblem);
    const problems = [
      ...unconfirmed,
      ...live,
      ...unsaidAgain(book?.problems ?? [], live).map(toMend),
      ...rejects.slice(0, 20).map(rejectProblem),
    ];
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    const lines = [
      `${capabilities.org.name} (${capabilities.org.edition}, ${capabilities.org.kind}).`,
      book
        ? `Accounts: ${book.figures.inBook} in the book, ${book.figures.outsideBook} outside it (${Object.entries(
            book.figures.roles,
          )
            .map(([role, n]) => `${role} ${n}`)
            .join(', ')}).`
        : 'Nothing was read yet, so the book is not counted: run `holdfast pull`.',
      ...Object.entries(capabilities.unavailable)
        .filter(([, reason]) => !problems.some(({ message }) => message.includes(reason)))
        .map(([entity, reason]) => `Not available: ${entity}: ${reason}.`),
      ...problems.map(({ severity, message }) => `${severity === 'error' ? 'Error' : 'Warning'}: ${message}`),
      errors === 0 ? 'Ready.' : `${errors === 1 ? 'One error' : `${errors} errors`} to mend before a run.`,
    ];
    return {
      exitCode: errors > 0 ? 1 : 0,
      json: {
        org: capabilities.org,
        book: book?.figures ?? null,
        problems,
        unavailable: capabilities.unavailable,
        rejects: rejects.length,
      },
      text: lines.join('\n'),
    };
  });

/** A word without a meaning is named by the live CRM and by the stored book: once is enough. */
function unsaidAgain(stored: readonly Problem[], live: readonly Problem[]): readonly Problem[] {
  const word = ({ message }: Problem) => message.match(/"[^"]+"/)?.[0];
  const said = new Set(live.filter(({ severity }) => severity === 'error').map(word));
  return stored.filter((problem) => problem.code !== 'unmapped' || !said.has(word(problem)));
}

/** A run goes on without referrals; whoever checks wants them mended. */
function toMend(problem: Problem): Problem {
  return leftOutOf({ problems: [problem] }) ? { ...problem, severity: 'error' } : problem;
}

function checkWithRetries({ config, clock, random, io: { signal } }: Session, adapter: CrmAdapter) {
  return withRetries(() => adapter.check(config.profile ?? null, signal), { clock, random, signal });
}

async function storedBook(
  session: Session,
): Promise<{ readonly figures: BookFigures; readonly problems: readonly Problem[] } | null> {
  const pulled = newestRunFile(session.workspace, 'run', pulledSchema)?.value;
  const profile = session.config.profile;
  if (!pulled || !profile?.confirmedAt) return null;
  const book = await scoreStep(session, { pulled, asOf: pulled.asOf, keep: false });
  return { figures: bookFigures(book), problems: book.problems };
}

function rejectProblem({
  entity,
  id,
  issues,
}: {
  readonly entity: string;
  readonly id: string | null;
  readonly issues: readonly string[];
}): Problem {
  return {
    severity: 'warning',
    code: 'reject',
    message: `${entity} ${id ?? 'without id'} could not be read: ${issues.join('; ')}. Mend the record in the CRM; it is read again with the next pull.`,
  };
}
