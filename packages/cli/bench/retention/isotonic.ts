/**
 * Isotonic regression and AUC of 1,000,000 rows, sorting included, beside scikit-learn's, each task in a process of its own.
 * Three rounds of both sides, one after the other; the quietest counts. Prints one JSON object.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auc, createRandom, fitIsotonic, predictIsotonic } from '@holdfast/core/stats';
import { median } from '../median.ts';

const ROWS = 1_000_000;
const ROUNDS = 3;
const REPEATS = 7;
const TASKS = ['isotonic', 'auc'] as const;
type Task = (typeof TASKS)[number];

interface Run {
  readonly first: number;
  readonly seconds: number;
  readonly peakMB: number;
  /** Sum of squared residuals, or the area. */
  readonly value: number;
}

type Peer = Readonly<Record<Task, Run>> & { readonly version: string };

/** Scores between 0 and 1, outcomes that happen with that probability, as raw little-endian doubles. */
function writeData(folder: string): void {
  const { uniform } = createRandom(1);
  const x = Float64Array.from({ length: ROWS }, uniform);
  const y = x.map((p) => (uniform() < p ? 1 : 0));
  writeFileSync(join(folder, 'x.bin'), new Uint8Array(x.buffer));
  writeFileSync(join(folder, 'y.bin'), new Uint8Array(y.buffer));
}

/** In a process of its own: once cold, then warm. */
function runHere(task: Task, folder: string): Run {
  const read = (name: string) => new Float64Array(new Uint8Array(readFileSync(join(folder, name))).buffer);
  const [x, y] = [read('x.bin'), read('y.bin')];
  const work = { isotonic: () => fitIsotonic(x, y), auc: () => auc(x, y) }[task];
  const seconds = Array.from({ length: REPEATS + 1 }, () => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
  });
  const peakMB = process.resourceUsage().maxRSS / 1024;
  return { first: seconds[0]!, seconds: median(seconds.slice(1)), peakMB, value: figureOf(work(), x, y) };
}

function figureOf(result: ReturnType<typeof fitIsotonic> | number | null, x: Float64Array, y: Float64Array): number {
  if (typeof result === 'number' || result === null) return result ?? Number.NaN;
  if (!result.fitted) throw new Error(result.message);
  return x.reduce((sum, score, i) => sum + (predictIsotonic(result, score) - y[i]!) ** 2, 0);
}

function runChild(task: Task, folder: string): Run {
  const args = ['--conditions=holdfast-source', '--disable-warning=ExperimentalWarning', import.meta.filename];
  const { stdout } = spawnSync(process.execPath, [...args, task, folder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(stdout) as Run;
}

/** `null` where scikit-learn is not installed. */
function runPeer(folder: string): Peer | null {
  const script = join(import.meta.dirname, 'peers', 'isotonic.py');
  const { status, stdout } = spawnSync('/usr/bin/python3', [script, folder, String(REPEATS)], { encoding: 'utf8' });
  return status === 0 ? (JSON.parse(stdout) as Peer) : null;
}

function report(task: Task, ours: Run, peer: Peer | null) {
  const theirs = peer?.[task];
  const title = { isotonic: 'isotonic regression, 1,000,000 rows, unsorted', auc: 'AUC, 1,000,000 rows, unsorted' }[
    task
  ];
  return {
    task: title,
    firstSeconds: ours.first,
    medianSeconds: ours.seconds,
    peakMB: ours.peakMB,
    peer: peer && `scikit-learn ${peer.version}`,
    peerSeconds: theirs?.seconds ?? null,
    ratio: theirs ? ours.seconds / theirs.seconds : null,
    limit: task === 'isotonic' ? 'ratio <= 1; sum of squares within 1e-9' : 'none; area within 1e-12',
    figures: {
      [task === 'isotonic' ? 'sumOfSquares' : 'area']: ours.value,
      ...(theirs && {
        peerFirstSeconds: theirs.first,
        peerPeakMB: theirs.peakMB,
        relativeDifference: Math.abs(ours.value / theirs.value - 1),
      }),
    },
  };
}

function bench(): void {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-isotonic-'));
  writeData(folder);
  const rounds = Array.from({ length: ROUNDS }, () => ({
    ours: { isotonic: runChild('isotonic', folder), auc: runChild('auc', folder) },
    peer: runPeer(folder),
  }));
  rmSync(folder, { recursive: true, force: true });
  const rows = TASKS.map((task) => {
    const total = ({ ours, peer }: (typeof rounds)[number]) => ours[task].seconds + (peer?.[task].seconds ?? 0);
    const quietest = rounds.reduce((best, round) => (total(round) < total(best) ? round : best));
    return report(task, quietest.ours[task], quietest.peer);
  });
  process.stdout.write(`${JSON.stringify({ name: 'isotonic', rows })}\n`);
}

const [, , task, folder] = process.argv;
const asked = TASKS.find((known) => known === task);
if (asked && folder) process.stdout.write(JSON.stringify(runHere(asked, folder)));
else bench();
