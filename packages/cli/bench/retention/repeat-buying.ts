/**
 * Repeat buying: BG/NBD on the CDNOW sample, 100,000 and 1,000,000 accounts drawn with its parameters; Pareto/NBD and
 * the scoring of a book beside it. Every task runs in a process of its own, three rounds, the quietest counts. Limits
 * are seconds, scaled by how fast this machine runs R's `coxph()` right now. Prints one JSON object.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fitBgNbd, fitParetoNbd, predictBook, type RepeatBuyingSummary, span } from '@holdfast/core';
import { createRandom, drawBeta, drawGamma } from '@holdfast/core/stats';
import { median } from '../median.ts';
import { coxphSeconds } from './peers/coxph-seconds.ts';

type Summary = RepeatBuyingSummary<'weeks'>;

const CDNOW = new URL('../../../../../shared/data/retention/cdnow_customers_summary.csv', import.meta.url);
/** Fader, Hardie and Lee 2005: r, alpha, a, b. */
const [R, ALPHA, A, B] = [0.2425929, 4.4135314, 0.7928862, 2.4257535];
/** The fit of CDNOW that R BTYD reports. */
const CDNOW_LOG_LIKELIHOOD = -9582.42556056736;
/** Seconds of `coxph()` on the machine that the limits were set on. */
const COXPH_THEN = 0.59;

interface Task {
  readonly task: string;
  readonly accounts: number;
  readonly what: 'bg-nbd' | 'pareto-nbd' | 'score';
  readonly limitSeconds: number | null;
  readonly repeats: number;
}

const TASKS: readonly Task[] = [
  { task: 'BG/NBD, CDNOW', accounts: 2357, what: 'bg-nbd', limitSeconds: 0.008, repeats: 40 },
  { task: 'BG/NBD, 100,000', accounts: 100_000, what: 'bg-nbd', limitSeconds: 0.09, repeats: 11 },
  { task: 'BG/NBD, 1,000,000', accounts: 1_000_000, what: 'bg-nbd', limitSeconds: 0.96, repeats: 5 },
  { task: 'Pareto/NBD, CDNOW', accounts: 2357, what: 'pareto-nbd', limitSeconds: null, repeats: 5 },
  { task: 'Pareto/NBD, 100,000', accounts: 100_000, what: 'pareto-nbd', limitSeconds: null, repeats: 2 },
  { task: 'BG/NBD, 100,000 accounts scored', accounts: 100_000, what: 'score', limitSeconds: null, repeats: 5 },
];

interface OursRun {
  readonly first: number;
  readonly seconds: number;
  readonly peakMB: number;
  readonly figures: Readonly<Record<string, unknown>>;
}

/** Accounts drawn order by order with the CDNOW parameters: 27 to 38.86 weeks old. */
function draw(accounts: number): Summary {
  const random = createRandom(1);
  const frequency = new Float64Array(accounts);
  const recency = new Float64Array(accounts);
  const age = new Float64Array(accounts);
  for (let i = 0; i < accounts; i++) {
    age[i] = 27 + 11.86 * random.uniform();
    const rate = drawGamma(random, R) / ALPHA;
    const leaves = drawBeta(random, A, B);
    let now = -Math.log(random.uniform()) / rate;
    while (now <= age[i]!) {
      frequency[i]! += 1;
      recency[i] = now;
      if (random.uniform() < leaves) break;
      now -= Math.log(random.uniform()) / rate;
    }
  }
  return { base: 'weeks', frequency, recency, age };
}

function readCdnow(): Summary {
  const rows = readFileSync(CDNOW, 'utf8').trim().split(/\r?\n/).slice(1);
  const column = (at: number) => Float64Array.from(rows, (row) => Number(row.split(',')[at]));
  return { base: 'weeks', frequency: column(1), recency: column(2), age: column(3) };
}

/** In a process of its own: once cold, then warm. */
function runHere({ accounts, what, repeats }: Task): OursRun {
  const real = accounts === 2357 && existsSync(CDNOW);
  const summary = real ? readCdnow() : draw(accounts);
  const fit = what === 'pareto-nbd' ? fitParetoNbd : fitBgNbd;
  const model = what === 'score' ? fitBgNbd(summary) : null;
  const seconds: number[] = [];
  let figures = {};
  for (let run = 0; run <= repeats; run++) {
    const start = performance.now();
    figures = model?.fitted ? scored(predictBook(model, summary, span('weeks', 39))) : fitted(fit(summary));
    seconds.push((performance.now() - start) / 1000);
  }
  const peakMB = process.resourceUsage().maxRSS / 1024;
  return { first: seconds[0]!, seconds: median(seconds.slice(1)), peakMB, figures: { accounts, real, ...figures } };
}

function fitted(model: ReturnType<typeof fitBgNbd | typeof fitParetoNbd>) {
  if (!model.fitted) throw new Error(model.message);
  const { parameters, standardErrors, logLikelihood, iterations } = model;
  return { parameters, standardErrors, logLikelihood, iterations };
}

function scored({ expectedOrders }: ReturnType<typeof predictBook>) {
  return { expectedOrders: expectedOrders.reduce((sum, it) => sum + it, 0) };
}

function runInChild(task: Task): OursRun {
  const args = [
    '--conditions=holdfast-source',
    '--disable-warning=ExperimentalWarning',
    import.meta.filename,
    JSON.stringify(task),
  ];
  const run = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(run.stdout) as OursRun;
}

function bench(): void {
  const coxph = coxphSeconds();
  const rows = TASKS.map((task) => {
    const rounds = Array.from({ length: task.limitSeconds === null ? 1 : 3 }, () => runInChild(task));
    const { first, seconds, peakMB, figures } = rounds.reduce((best, it) => (it.seconds < best.seconds ? it : best));
    const allowed = task.limitSeconds === null ? null : (task.limitSeconds * (coxph ?? COXPH_THEN)) / COXPH_THEN;
    const logLikelihood = figures['logLikelihood'];
    return {
      task: task.task,
      firstSeconds: first,
      medianSeconds: seconds,
      peakMB,
      peer: allowed === null ? null : `${task.limitSeconds} s x coxph() of this run / ${COXPH_THEN} s`,
      peerSeconds: allowed,
      ratio: allowed === null ? null : seconds / allowed,
      limit: allowed === null ? 'none' : 'ratio <= 1',
      figures: {
        ...figures,
        coxphSeconds: coxph,
        ...(figures['real'] === true && task.what === 'bg-nbd' && typeof logLikelihood === 'number'
          ? { logLikelihoodDifference: Math.abs(logLikelihood - CDNOW_LOG_LIKELIHOOD) }
          : {}),
      },
    };
  });
  process.stdout.write(`${JSON.stringify({ name: 'repeat-buying', rows })}\n`);
}

const task = process.argv[2];
if (task) process.stdout.write(JSON.stringify(runHere(JSON.parse(task) as Task)));
else bench();
