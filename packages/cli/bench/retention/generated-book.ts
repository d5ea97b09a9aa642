// The generated book: gap to the best attainable AUC and calibration over the first books, coverage of the total loss over
// all of them, with and without a shock common to a month. Prints one JSON object. Two processes share the seeds; 1,000
// seeds take about an hour. Run with: node --conditions=holdfast-source generated-book.ts [books] [seeds] [workers]
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { coverageOf, type JudgedBook, judgeBook, pooled } from '../../../workflows/test/honest/judge-books.ts';

const FIRST_SEED = 5000;
/** Futures drawn for what was attainable: fewer where only the oracle's width is asked for. */
const PATHS = { gap: 512, width: 64 } as const;
const SHOCKS = [0, 0.3] as const;
const [mode = '200', ...rest] = process.argv.slice(2);

if (mode === 'books') {
  const [shock, first, step, books, seeds] = rest.map(Number) as [number, number, number, number, number];
  for (let i = first; i < seeds; i += step) {
    print(judgeBook(FIRST_SEED + i, { shock, paths: i < books ? PATHS.gap : PATHS.width }));
  }
} else {
  const [books, seeds, workers] = [Number(mode), Number(rest[0] ?? 1000), Number(rest[1] ?? 2)];
  const rows = [];
  for (const shock of SHOCKS) rows.push(...(await rowsOf(shock, books, seeds, workers)));
  print({ name: 'generated-book', rows });
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

async function rowsOf(shock: number, books: number, seeds: number, workers: number) {
  const { value, seconds } = await timed(() => shared(shock, books, seeds, workers));
  const first = value.filter(({ seed }) => seed < FIRST_SEED + books);
  const each = seconds / seeds;
  const task = `books of 2,000 accounts and 36 months, shock ${shock}`;
  return [
    row(`${books} ${task}`, each, 'gapMean <= .01, gapP95 <= .02, slope .95 to 1.05', pooled(first)),
    row(
      `total loss, ${seeds} ${task}`,
      each,
      'money: coverage .87 to .93, widthToOracle <= 1.15',
      coverageOf(value.map((it) => it.totals)),
    ),
  ];
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

/** Shares the work out over processes of this file; each prints one line a book. */
async function shared(shock: number, books: number, seeds: number, workers: number): Promise<readonly JudgedBook[]> {
  const parts = Array.from({ length: workers }, (_, first) =>
    linesOf(['books', ...[shock, first, workers, books, seeds].map(String)]),
  );
  return (await Promise.all(parts)).flat().map((line) => JSON.parse(line) as JudgedBook);
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
