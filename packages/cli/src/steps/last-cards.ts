import type { LastCards, RetentionModel } from '@holdfast/core';
import { verdictText } from '@holdfast/core';
import type { Workspace } from '@holdfast/workflows';
import * as z from 'zod';
import { newestKept } from './kept-figures.ts';

const cards = z.object({
  look: z.boolean().optional(),
  cards: z.array(
    z.object({
      model: z.enum(['contract', 'orders']),
      on: z.string(),
      verdict: z.enum(['passes', 'no-signal', 'miscalibrated', 'not-enough-outcomes', 'losses-missing']),
    }),
  ),
});

/** What the last backtest of a workspace said of each model; a look from another day or lead does not count. */
export function lastCards(workspace: Workspace): LastCards {
  const kept = newestKept(workspace, 'accuracy-card', cards, ({ look }) => look !== true);
  return Object.fromEntries((kept?.cards ?? []).map(({ model, on, verdict }) => [model, { on, verdict }]));
}

const TITLES: Readonly<Record<RetentionModel, string>> = {
  contract: 'contract accounts',
  orders: 'order-based accounts',
};

/** The same in a clause: "contract accounts, no signal (2026-01-31); order-based accounts, ...". */
export function cardsText(last: LastCards): string {
  const said = (['contract', 'orders'] as const).flatMap((model) => {
    const card = last[model];
    return card ? [`${TITLES[model]}, ${verdictText(card.verdict)} (${card.on})`] : [];
  });
  return said.length === 0 ? 'none was made yet, run `holdfast backtest`' : said.join('; ');
}
