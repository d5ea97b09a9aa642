import { once } from 'node:events';
import { setImmediate as otherWork } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Id } from '@holdfast/core';
import type { Store } from '../store/store.ts';
import type { JudgedAccount, JudgeSettings } from './judge-account.ts';
import { judgeRange } from './judge-range.ts';
import { blockOf, type JudgedBlock, sayHandedOut, shareNumbers, type ThreadOrder, tryBlock } from './share-blocks.ts';

/** From source the thread runs beside this file, built beside the one file that everything is in. */
const FROM_SOURCE = import.meta.url?.endsWith('.ts');

/** Whether a second thread can help: not with a store that is no file, nor in the CommonJS form. */
export function canShare(store: Store): store is Store & { readonly file: string } {
  return store.file !== undefined && import.meta.url !== undefined;
}

/**
 * Judges all accounts in two threads, this one and a second: whoever is free takes the next block between two borders.
 * Handed out in the order of ids, as one thread would. Throws what either thread throws.
 */
export async function* judgeInThreads(
  store: Store & { readonly file: string },
  settings: JudgeSettings,
  borders: readonly Id[],
): AsyncGenerator<JudgedAccount> {
  const shared = shareNumbers();
  const judged = new Map<number, readonly JudgedAccount[]>();
  const thread = startThread({ file: store.file, settings, borders, shared });
  let failure: unknown = null;
  thread.on('message', ({ block, accounts }: JudgedBlock) => judged.set(block, accounts));
  thread.on('error', (error) => {
    failure = error;
  });
  try {
    for (let next = 0; next <= borders.length; ) {
      if (failure !== null) throw failure;
      const ready = judged.get(next);
      if (ready) {
        yield* ready;
        judged.delete(next);
        next += 1;
        sayHandedOut(shared, next);
        continue;
      }
      const own = tryBlock(shared, borders);
      if (typeof own === 'number') judged.set(own, await judgeBlock(store, settings, blockOf(borders, own)));
      else await once(thread, 'message');
      await otherWork();
    }
  } finally {
    await thread.terminate();
  }
}

async function judgeBlock(...of: Parameters<typeof judgeRange>): Promise<readonly JudgedAccount[]> {
  const accounts: JudgedAccount[] = [];
  for await (const judged of judgeRange(...of)) accounts.push(judged);
  return accounts;
}

function startThread(order: ThreadOrder): Worker {
  const file = new URL(FROM_SOURCE ? './score-thread.ts' : './score-thread.js', import.meta.url);
  return new Worker(file, {
    workerData: order,
    ...(FROM_SOURCE && { execArgv: ['--conditions=holdfast-source', '--disable-warning=ExperimentalWarning'] }),
    // accounts come and go: a small space for new objects keeps the thread small
    resourceLimits: { maxYoungGenerationSizeMb: 3 },
  });
}
