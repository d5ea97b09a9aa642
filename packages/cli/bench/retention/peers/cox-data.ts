import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '@holdfast/core/stats';

/** A survival data set as raw little-endian doubles: `x.bin` (rows x columns, row by row), `time.bin`, `event.bin`. */
export interface CoxData {
  readonly x: Float64Array;
  readonly time: Float64Array;
  readonly event: Float64Array;
}

/**
 * Standard normal columns, exponential times with log hazard ratios from -.5 to .4 in steps of .1, exponential censoring of
 * the same mean (about half the rows have events), times rounded to .01 so that events tie.
 */
export function makeCoxData(rows: number, columns: number, seed: number): CoxData {
  const { uniform, normal } = createRandom(seed);
  const x = new Float64Array(rows * columns);
  const time = new Float64Array(rows);
  const event = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let eta = 0;
    for (let j = 0; j < columns; j++) {
      const value = normal();
      x[row * columns + j] = value;
      eta += value * ((j % 10) - 5) * 0.1;
    }
    const lifetime = (-10 * Math.log(uniform())) / Math.exp(eta);
    const watched = -10 * Math.log(uniform());
    event[row] = lifetime <= watched ? 1 : 0;
    time[row] = Math.ceil(Math.min(lifetime, watched) * 100) / 100;
  }
  return { x, time, event };
}

/** Writes the three files into `folder`. */
export function writeCoxData(folder: string, data: CoxData): void {
  for (const [name, values] of Object.entries(data))
    writeFileSync(join(folder, `${name}.bin`), new Uint8Array(values.buffer));
}
