/**
 * Logistic regression of 100,000 and 1,000,000 rows of 20 standard normals beside scikit-learn's (lbfgs at its defaults, no
 * penalty), one process and one thread on our side, standard errors included. Rounds of both, one after the other; the quietest
 * counts. Prints one JSON object.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom, fitLogistic } from '@holdfast/core/stats';
import { median } from '../median.ts';

const COLUMNS = 20;
const TASKS = [
  { rows: 100_000, rounds: 5, repeats: 15, limit: 'ratio <= 2.5 in one thread, 1 the aim; log-likelihood within 1e-6' },
  { rows: 1_000_000, rounds: 2, repeats: 3, limit: 'none; log-likelihood within 1e-6' },
] as const;

interface Run {
  readonly first: number;
  readonly seconds: number;
  readonly peakMB: number;
  readonly logLikelihood: number;
  readonly iterations: number;
}

type Peer = Run & { readonly version: string };

/** Standard normals and outcomes of a logistic model (intercept -1.5, slopes of standard deviation .5), as raw doubles. */
function writeData(folder: string, rows: number): void {
  const { normal, uniform } = createRandom(1);
  const slopes = Float64Array.from({ length: COLUMNS }, () => normal() / 2);
  const [xFile, yFile] = [openSync(join(folder, 'x.bin'), 'w'), openSync(join(folder, 'y.bin'), 'w')];
  for (let i = 0; i < rows; i++) {
    const row = Float64Array.from(slopes, normal);
    const logOdds = row.reduce((sum, value, j) => sum + slopes[j]! * value, -1.5);
    writeSync(xFile, new Uint8Array(row.buffer));
    writeSync(yFile, new Uint8Array(Float64Array.of(uniform() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0).buffer));
  }
  closeSync(xFile);
  closeSync(yFile);
}

/** In a process of its own: once cold, then warm. */
function runHere(folder: string, count: number, repeats: number): Run {
  const read = (name: string) => new Float64Array(new Uint8Array(readFileSync(join(folder, name))).buffer);
  const rows = { count, columns: COLUMNS, x: read('x.bin'), outcome: read('y.bin') };
  const runs = Array.from({ length: repeats + 1 }, () => {
    const start = performance.now();
    const fit = fitLogistic(rows);
    const seconds = (performance.now() - start) / 1000;
    if (!fit.fitted) throw new Error(fit.message);
    return { seconds, logLikelihood: fit.logLikelihood, iterations: fit.iterations };
  });
  const { logLikelihood, iterations } = runs[0]!;
  const [first = 0, ...warm] = runs.map((run) => run.seconds);
  return { first, seconds: median(warm), peakMB: process.resourceUsage().maxRSS / 1024, logLikelihood, iterations };
}

function runChild(folder: string, rows: number, repeats: number): Run {
  const flags = ['--conditions=holdfast-source', '--disable-warning=ExperimentalWarning', import.meta.filename];
  const { stdout } = spawnSync(process.execPath, [...flags, folder, String(rows), String(repeats)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(stdout) as Run;
}

/** `null` where scikit-learn is not installed. */
function runPeer(folder: string, rows: number, repeats: number): Peer | null {
  const args = [join(import.meta.dirname, 'peers', 'logistic.py'), folder, rows, COLUMNS, repeats].map(String);
  const { status, stdout } = spawnSync('/usr/bin/python3', args, { encoding: 'utf8' });
  return status === 0 ? (JSON.parse(stdout) as Peer) : null;
}

function report({ rows, rounds, repeats, limit }: (typeof TASKS)[number]) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-logistic-'));
  writeData(folder, rows);
  const runs = Array.from({ length: rounds }, () => ({
    ours: runChild(folder, rows, repeats),
    peer: runPeer(folder, rows, repeats),
  }));
  rmSync(folder, { recursive: true, force: true });
  const total = ({ ours, peer }: (typeof runs)[number]) => ours.seconds + (peer?.seconds ?? 0);
  const { ours, peer } = runs.reduce((best, run) => (total(run) < total(best) ? run : best));
  return {
    task: `logistic regression, ${rows.toLocaleString('en')} x ${COLUMNS}, with standard errors`,
    firstSeconds: ours.first,
    medianSeconds: ours.seconds,
    peakMB: ours.peakMB,
    peer: peer && `scikit-learn ${peer.version} lbfgs`,
    peerSeconds: peer?.seconds ?? null,
    ratio: peer && ours.seconds / peer.seconds,
    limit,
    figures: {
      logLikelihood: ours.logLikelihood,
      iterations: ours.iterations,
      ...(peer && {
        peerLogLikelihood: peer.logLikelihood,
        relativeDifference: Math.abs(ours.logLikelihood / peer.logLikelihood - 1),
        peerFirstSeconds: peer.first,
        peerPeakMB: peer.peakMB,
        peerIterations: peer.iterations,
      }),
    },
  };
}

const [, , folder, rows, repeats] = process.argv;
if (folder) process.stdout.write(JSON.stringify(runHere(folder, Number(rows), Number(repeats))));
else process.stdout.write(`${JSON.stringify({ name: 'logistic', rows: TASKS.map(report) })}\n`);
