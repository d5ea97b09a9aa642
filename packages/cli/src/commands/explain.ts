import { displayName, formatInstant, type ScoredAccount } from '@holdfast/core';
import type { ScoredOf } from '@holdfast/workflows';
import type { RunCommand } from '../commands.ts';
import { UserError } from '../failure.ts';
import { withSession } from '../session/session.ts';
import { explainText } from '../steps/explain-text.ts';
import { lastCards } from '../steps/last-cards.ts';
import { lastPull, scoreStep } from '../steps/score-step.ts';
import { sayRenamed } from './resolve-order.ts';

/** `holdfast explain ACCOUNT`: every driver with its value, its part in the score, what is not known, and what moved. */
export const explain: RunCommand = async (input) =>
  withSession(input, 'explain', async (session) => {
    const [wanted = ''] = input.positional;
    const pulled = lastPull(session);
    const id = await session.store.resolve(wanted);
    const found: { slice: ScoredOf; scored: ScoredAccount }[] = [];
    await scoreStep(session, {
      pulled,
      asOf: pulled.asOf,
      keep: false,
      onScored: (slice, scored) => {
        if (slice.account.id === id || slice.account.name === wanted) found.push({ slice, scored });
      },
    });
    const [one] = found;
    if (!one)
      throw new UserError(
        'not-found',
        `No scored account has the id or the exact name "${wanted}": look it up in scores.json of the last run under ${session.workspace.runsFolder}.`,
      );
    if (found.length > 1)
      throw new UserError(
        'ambiguous',
        `${found.length} accounts have that name: use an id, ${found.map(({ slice }) => slice.account.id).join(' or ')}.`,
      );
    const { score, facts, movement = null } = one.scored;
    const run = await session.store.snapshotRunBefore(pulled.asOf);
    const card = lastCards(session.workspace)[score.model] ?? null;
    const since = run && { runId: run.runId, asOf: formatInstant(run.at) };
    const answer = {
      exitCode: 0 as const,
      json: { id: one.slice.account.id, name: displayName(one.slice.account), score, facts, card, since, movement },
      text: explainText(one.slice.account, score, { moved: { since: run?.at ?? null, movement }, card }),
    };
    return sayRenamed(answer, id === wanted ? [] : [{ from: wanted, to: id }]);
  });
