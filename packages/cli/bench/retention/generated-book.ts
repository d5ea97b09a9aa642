// The generated book: gap to the best attainable AUC, calibration and coverage of the total loss over many seeds, with and
// without a shock common to a month. Prints one JSON object. Two processes share the seeds. Run with:
// node --conditions=holdfast-source generated-book.ts [books] [redrawn books] [workers]
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { HONEST_CARD } from '../../../workflows/test/honest/honest-card.ts';
import { honestRows } from '../../../workflows/test/honest/honest-rows.ts';
import {
  coverageOf,
  type JudgedBook,
  judgeBook,
  pooled,
  redrawnTotals,
} from '../../../workflows/test/honest/judge-books.ts';
import type { TotalLoss } from '../../../workflows/test/honest/total-loss.ts';

const FIRST_SEED = 5000;
const DRAWS_PER_BOOK = 20;
const SHOCKS = [0, 0.3] as const;
const [mode = '200', ...rest] = process.argv.slice(2);

if (mode === 'books') {
  const [shock, first, step, count] = rest.map(Number) as [number, number, number, number];
  for (let i = first; i < count; i += step) print(judgeBook(FIRST_SEED + i, { shock }));
} else if (mode === 'totals') {
  const [shock, first, step, count] = rest.map(Number) as [number, number, number, number];
  for (let i = first; i * DRAWS_PER_BOOK < count; i += step) {
    const made = honestRows(FIRST_SEED + i, { contractCard: HONEST_CARD, honest: { attainableFrom: '' } });
    for (const total of redrawnTotals(made, shock, Math.min(DRAWS_PER_BOOK, count - i * DRAWS_PER_BOOK))) print(total);
  }
} else {
  const [books, totals, workers] = [Number(mode), Number(rest[0] ?? 1000), Number(rest[1] ?? 2)];
  const rows = [];
  for (const shock of SHOCKS) rows.push(await bookRow(shock, books, workers), await totalRow(shock, totals, workers));
  print({ name: 'generated-book', rows });
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

async function bookRow(shock: number, books: number, workers: number) {
  const { value, seconds } = await timed(() => shared<JudgedBook>('books', shock, books, workers));
  const limit = 'gapMean <= .01, gapP95 <= .02, slope .95 to 1.05, coverage .87 to .93, widthToOracle <= 1.15';
  return row(`${books} books of 2,000 accounts and 36 months, shock ${shock}`, seconds / books, limit, pooled(value));
}

async function totalRow(shock: number, totals: number, workers: number) {
  const { value, seconds } = await timed(() => shared<TotalLoss>('totals', shock, totals, workers));
  const limit = 'coverage .87 to .93, widthToOracle <= 1.15';
  return row(`${totals} redrawn outcomes, shock ${shock}`, seconds / totals, limit, coverageOf(value));
}

function row(task: string, seconds: number, limit: string, figures: object) {
  const peakMB = process.resourceUsage().maxRSS / 1024;
  const none = { peer: null, peerSeconds: null, ratio: null };
  return { task, firstSeconds: seconds, medianSeconds: seconds, peakMB, ...none, limit, figures };
}

async function timed<T>(run: () => Promise<T>) {
  const from = performance.now();
  const value = await run();
  return { value, seconds: (performance.now() - from) / 1000 };
}

/** Shares the work out over processes of this file; each prints one line a result. */
async function shared<T>(
  kind: 'books' | 'totals',
  shock: number,
  count: number,
  workers: number,
): Promise<readonly T[]> {
  const parts = Array.from({ length: workers }, (_, first) =>
    linesOf([kind, shock, first, workers, count].map(String)),
  );
  return (await Promise.all(parts)).flat().map((line) => JSON.parse(line) as T);
}

function linesOf(args: readonly string[]): Promise<readonly string[]> {
  const flags = ['--conditions=holdfast-source', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, fileURLToPath(import.meta.url), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(text.split('\n').filter((line) => line !== ''));
      else reject(new Error(`A process of the bench ended with code ${code}`));
    });
  });
}
