import { join } from 'node:path';
import { type AccuracyCard, type Backtest, cardMarkdown, displayName, type RetentionModel } from '@holdfast/core';
import {
  type BacktestBookOptions,
  type BacktestedBook,
  backtestBook,
  type KeptModel,
  readActionLog,
  readModels,
  treatedBy,
  writeModels,
} from '@holdfast/workflows';
import type { Session } from '../session/session.ts';

/** What a backtest found, without a name in it. */
export interface Tested {
  readonly cards: readonly AccuracyCard[];
  /** Why a model could not be fitted, in words that say what to do. */
  readonly refused: readonly { readonly model: RetentionModel; readonly message: string }[];
  /** Models that run in shadow from now on. */
  readonly shadow: readonly RetentionModel[];
  readonly files: { readonly card: string; readonly names: string };
}

const MODELS: readonly RetentionModel[] = ['contract', 'orders'];

/** Backtests both models, leaves the cards in the run's folder and puts the fitted models into shadow. */
export async function backtestStep(
  session: Session,
  options: Omit<BacktestBookOptions, 'signal' | 'onProgress' | 'treated'>,
  /** Whether the fitted models go into shadow: not when the past is only looked at from elsewhere. */
  { shadow }: { readonly shadow: boolean },
): Promise<Tested> {
  const { io, store, workspace } = session;
  const tested = await backtestBook(store, {
    ...options,
    treated: treatedBy(readActionLog(workspace)),
    signal: io.signal,
    onProgress: (accounts) => io.progress(`Reading the past: ${accounts} accounts`),
  });
  const done = MODELS.flatMap((model) => {
    const result = tested.results[model];
    return result.fitted ? [{ model, result }] : [];
  });
  const cards = done.map(({ result }) => result.card);
  const run = session.run();
  // a look from elsewhere is no answer to "was the score held against outcomes?"
  run.writeJson('accuracy-card', { cards, ...(!shadow && { look: true }) });
  run.writeJson('accuracy-names', await privateNames(session, tested));
  const kept = Object.fromEntries(done.map(({ model, result }) => [model, keptModel(result)]));
  if (shadow) writeModels(workspace, { ...readModels(workspace), shadow: kept, shadowRuns: 0 });
  return {
    cards,
    refused: MODELS.flatMap((model) => {
      const result = tested.results[model];
      return result.fitted ? [] : [{ model, message: result.message }];
    }),
    shadow: shadow ? done.map(({ model }) => model) : [],
    files: {
      card: run.writeText('accuracy-card.md', cards.map(cardMarkdown).join('\n')),
      names: join(run.path, 'accuracy-names.json'),
    },
  };
}

function keptModel({ model, contraction, card }: Backtest): KeptModel {
  const { verdict, summary } = card;
  return structuredClone({ loss: model, contraction, verdict, summary }) as KeptModel;
}

/** Who stood red and was kept, who stood green and was lost, and each owner's losses: for the reader's own eyes. */
async function privateNames({ store }: Session, { results, ids }: BacktestedBook): Promise<object> {
  const named = async (entity: 'account' | 'owner', id: string) => ({
    id,
    name: displayName((await store.get<'account' | 'owner'>(entity, id)) ?? { id, name: null }),
  });
  const accounts = (model: RetentionModel, rows: readonly number[]) =>
    Promise.all(rows.map((row) => named('account', ids[model].accounts[row] ?? '')));
  const files: Record<string, object> = {};
  for (const model of MODELS) {
    const result = results[model];
    if (!result.fitted) continue;
    files[model] = {
      redButKept: await accounts(model, result.redButKept),
      greenButLost: await accounts(model, result.greenButLost),
      owners: await Promise.all(
        result.owners.map(async (line) => ({
          ...line,
          owner: await named('owner', ids[model].owners[line.owner] ?? ''),
        })),
      ),
    };
  }
  return files;
}
