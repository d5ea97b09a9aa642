/** The second thread that scores: opens the store for reading, takes blocks of accounts and posts what it made of them. */
import { setImmediate as otherWork } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { openSliceReader } from '../store/sqlite/open-slice-reader.ts';
import type { JudgedAccount } from './judge-account.ts';
import { judgeRange } from './judge-range.ts';
import { blockOf, type JudgedBlock, type ThreadOrder, takeBlock } from './share-blocks.ts';

void work(workerData as ThreadOrder);

/** What it throws ends the thread and reaches the first one as its `error`. */
async function work({ file, settings, borders, shared }: ThreadOrder): Promise<void> {
  const reader = openSliceReader(file);
  for (let block = takeBlock(shared, borders); block !== null; block = takeBlock(shared, borders)) {
    const accounts: JudgedAccount[] = [];
    for await (const judged of judgeRange(reader, settings, blockOf(borders, block))) accounts.push(judged);
    parentPort?.postMessage({ block, accounts } satisfies JudgedBlock);
    await otherWork();
  }
  reader.close();
}
