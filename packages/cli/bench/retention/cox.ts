/**
 * Cox regression of 100,000 rows and 10 columns with tied times (Efron) beside R's `coxph()` and the fitter inside it, with the
 * same outputs: coefficients, standard errors, log-likelihood, concordance with its error. Rounds of both in turn; the quietest
 * median of each counts, and beside the elapsed seconds stand those of the processor, which a busy machine moves less. Prints
 * one JSON object.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CoxFit, fitCox } from '@holdfast/core/stats';
import { median } from '../median.ts';
import { makeCoxData, writeCoxData } from './peers/cox-data.ts';
import { type CoxphRun, runCoxph } from './peers/run-coxph.ts';

const ROWS = 100_000;
const COLUMNS = 10;
const ROUNDS = 4;

interface OursRun {
  readonly first: number;
  readonly seconds: number;
  readonly cpu: number;
  readonly peakMB: number;
  readonly fit: Pick<CoxFit, 'coefficients' | 'standardErrors' | 'logLikelihood' | 'concordance' | 'iterations'>;
}

/** In a process of its own: reads the data, fits once cold and nine times warm. */
function fitHere(folder: string): OursRun {
  const read = (name: string) => new Float64Array(new Uint8Array(readFileSync(join(folder, name))).buffer);
  const spells = { time: read('time.bin'), event: read('event.bin') };
  const covariates = { names: Array.from({ length: COLUMNS }, (_, j) => `x${j + 1}`), values: read('x.bin') };
  const seconds: number[] = [];
  const cpu: number[] = [];
  let last: CoxFit | undefined;
  for (let run = 0; run < 10; run++) {
    const start = performance.now();
    const used = process.cpuUsage();
    const fit = fitCox(spells, covariates);
    seconds.push((performance.now() - start) / 1000);
    const { user, system } = process.cpuUsage(used);
    cpu.push((user + system) / 1e6);
    if (!fit.fitted) throw new Error(fit.message);
    last = fit;
  }
  const { coefficients, standardErrors, logLikelihood, concordance, iterations } = last!;
  const fit = { coefficients, standardErrors, logLikelihood, concordance, iterations };
  const peakMB = process.resourceUsage().maxRSS / 1024;
  return { first: seconds[0]!, seconds: median(seconds.slice(1)), cpu: median(cpu.slice(1)), peakMB, fit };
}

function fitInChild(folder: string): OursRun {
  const args = ['--conditions=holdfast-source', '--disable-warning=ExperimentalWarning', import.meta.filename, folder];
  const run = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(run.stdout) as OursRun;
}

const furthest = (left: readonly number[], right: readonly number[]) =>
  Math.max(...left.map((value, j) => Math.abs(value / right[j]! - 1)));

function report(ours: OursRun, peer: CoxphRun | null) {
  const ratio = (seconds: number | undefined) => (seconds ? ours.seconds / seconds : null);
  const figures = {
    rows: ROWS,
    columns: COLUMNS,
    iterations: ours.fit.iterations,
    cpuSeconds: ours.cpu,
    logLikelihood: ours.fit.logLikelihood,
    concordance: ours.fit.concordance?.concordance,
    ...(peer && {
      coxphSeconds: peer.coxph,
      coxphFirstSeconds: peer.first,
      coxphCpuRatio: ours.cpu / peer.coxphCpu,
      coxphFitCpuRatio: ours.cpu / peer.fitCpu,
      peerPeakMB: peer.peakMB,
      logLikelihoodDifference: Math.abs(ours.fit.logLikelihood - peer.logLikelihood),
      coefficientsRelativeDifference: furthest(ours.fit.coefficients, peer.coefficients),
      standardErrorsRelativeDifference: furthest(ours.fit.standardErrors, peer.standardErrors),
      concordanceDifference: Math.abs((ours.fit.concordance?.concordance ?? 0) - peer.concordance),
      concordanceErrorDifference: Math.abs((ours.fit.concordance?.standardError ?? 0) - peer.concordanceError),
    }),
  };
  const row = (task: string, name: string, peerSeconds: number | undefined, limit: string) => ({
    task,
    firstSeconds: ours.first,
    medianSeconds: ours.seconds,
    peakMB: ours.peakMB,
    peer: peer && `${name} (R survival ${peer.version})`,
    peerSeconds: peerSeconds ?? null,
    ratio: ratio(peerSeconds),
    limit,
    figures,
  });
  return {
    name: 'cox',
    rows: [
      row('Cox, Efron, 100,000 x 10', 'coxph()', peer?.coxph, 'ratio <= .5; log-likelihood within 1e-6'),
      row('Cox, Efron, 100,000 x 10, bare', 'survival:::coxph.fit(), no concordance', peer?.fit, 'ratio <= 3'),
    ],
  };
}

/** The first run with the lowest of its own and the others' value in each of `keys`. */
function lowest<R extends object, K extends keyof R>(runs: readonly R[], ...keys: readonly K[]): R {
  const best = { ...runs[0]! };
  for (const key of keys) for (const run of runs) if (run[key] < best[key]) best[key] = run[key];
  return best;
}

function bench(): void {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-cox-'));
  writeCoxData(folder, makeCoxData(ROWS, COLUMNS, 1));
  const rounds = Array.from({ length: ROUNDS }, () => ({
    ours: fitInChild(folder),
    peer: runCoxph(folder, ROWS, COLUMNS, 5),
  }));
  rmSync(folder, { recursive: true, force: true });
  const peers = rounds.flatMap(({ peer }) => (peer ? [peer] : []));
  const ours = lowest(
    rounds.map((round) => round.ours),
    'seconds',
    'cpu',
  );
  const peer = peers[0] ? lowest(peers, 'coxph', 'fit', 'coxphCpu', 'fitCpu') : null;
  process.stdout.write(`${JSON.stringify(report(ours, peer))}\n`);
}

const folder = process.argv[2];
if (folder) process.stdout.write(JSON.stringify(fitHere(folder)));
else bench();
