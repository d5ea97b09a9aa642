/** The second thread that scores: opens the store for reading, takes blocks of accounts and posts what it made of them. */
import { parentPort, workerData } from 'node:worker_threads';
import { openSliceReader } from '../store/sqlite/open-slice-reader.ts';
import { judgeRange } from './judge-range.ts';
import { blockOf, type JudgedBlock, type ThreadOrder, takeBlock } from './share-blocks.ts';

const { file, settings, borders, shared } = workerData as ThreadOrder;
const reader = openSliceReader(file);
for (let block = takeBlock(shared, borders); block !== null; block = takeBlock(shared, borders)) {
  const accounts = [];
  for await (const judged of judgeRange(reader, settings, blockOf(borders, block))) accounts.push(judged);
  parentPort?.postMessage({ block, accounts } satisfies JudgedBlock);
}
reader.close();
