import { spawnSync } from 'node:child_process';

/** What `cox.R` prints: seconds are medians, memory that of the whole R process. */
export interface CoxphRun {
  readonly first: number;
  readonly coxph: number;
  /** `survival:::coxph.fit` alone: no formula, no concordance. */
  readonly fit: number;
  /** Seconds of the processor for each. */
  readonly coxphCpu: number;
  readonly fitCpu: number;
  readonly peakMB: number;
  readonly logLikelihood: number;
  readonly concordance: number;
  readonly concordanceError: number;
  readonly coefficients: readonly number[];
  readonly standardErrors: readonly number[];
  readonly version: string;
}

/** Runs R's coxph on the data in `folder`; null where R or its survival package is not installed. */
export function runCoxph(folder: string, rows: number, columns: number, repeats: number): CoxphRun | null {
  const script = new URL('cox.R', import.meta.url).pathname;
  const run = spawnSync('Rscript', ['--vanilla', script, folder, `${rows}`, `${columns}`, `${repeats}`], {
    encoding: 'utf8',
  });
  return run.status === 0 ? (JSON.parse(run.stdout) as CoxphRun) : null;
}
