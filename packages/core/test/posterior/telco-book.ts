import { existsSync, readFileSync } from 'node:fs';

const path = new URL('../../../../../shared/data/retention/wa_churn.csv', import.meta.url);

/** Whether the shared data folder lies beside the checkout. */
export const hasTelco = existsSync(path);

/** One driver of the Telco book: how it is read and the sign that anybody in the trade would give it. */
interface TelcoDriver {
  readonly name: string;
  readonly sign: 1 | -1;
  /** What one swing is: two years, 30 dollars, having it. */
  readonly swing: number;
  readonly read: (row: Readonly<Record<string, string>>) => number;
}

const is = (column: string, value: string) => (row: Readonly<Record<string, string>>) =>
  row[column] === value ? 1 : 0;

/** Twelve drivers of the table of 7,043 telephone customers. */
export const TELCO_DRIVERS: readonly TelcoDriver[] = [
  { name: 'tenure', sign: -1, swing: 24, read: (row) => Number(row['tenure']) },
  { name: 'monthly charges', sign: 1, swing: 30, read: (row) => Number(row['monthly_charges']) },
  { name: 'one year', sign: -1, swing: 1, read: is('contract', 'One year') },
  { name: 'two years', sign: -1, swing: 1, read: is('contract', 'Two year') },
  { name: 'fibre', sign: 1, swing: 1, read: is('internet_service', 'Fiber optic') },
  { name: 'no internet', sign: -1, swing: 1, read: is('internet_service', 'No') },
  { name: 'online security', sign: -1, swing: 1, read: is('online_security', 'Yes') },
  { name: 'tech support', sign: -1, swing: 1, read: is('tech_support', 'Yes') },
  { name: 'paperless billing', sign: 1, swing: 1, read: is('paperless_billing', '1') },
  { name: 'electronic check', sign: 1, swing: 1, read: is('payment_method', 'Electronic check') },
  { name: 'senior', sign: 1, swing: 1, read: is('senior_citizen', '1') },
  { name: 'dependents', sign: -1, swing: 1, read: is('dependents', '1') },
];

/** The book as columns: `x` is `n` x 12 in swings, row by row. */
export interface TelcoBook {
  readonly n: number;
  readonly x: Float64Array;
  readonly lost: Uint8Array;
}

/** Reads the table; a driver is neutral at the book's mean. A swing is what is stated above, or one standard deviation. */
export function readTelco(swing: 'stated' | 'standardised' = 'stated'): TelcoBook {
  const [head = '', ...lines] = readFileSync(path, 'utf8').trim().split('\n');
  const names = cells(head);
  const rows = lines.map((line) => Object.fromEntries(cells(line).map((it, k) => [names[k]!, it])));
  const n = rows.length;
  const p = TELCO_DRIVERS.length;
  const x = new Float64Array(n * p);
  TELCO_DRIVERS.forEach((driver, j) => {
    const values = rows.map(driver.read);
    const mean = values.reduce((sum, it) => sum + it, 0) / n;
    const deviation = Math.sqrt(values.reduce((sum, it) => sum + (it - mean) ** 2, 0) / n);
    const width = swing === 'stated' ? driver.swing : deviation;
    values.forEach((value, i) => {
      x[i * p + j] = (value - mean) / width;
    });
  });
  return { n, x, lost: Uint8Array.from(rows, (row) => (row['churn'] === 'Yes' ? 1 : 0)) };
}

function cells(line: string): readonly string[] {
  return line
    .trim()
    .split(',')
    .map((it) => it.replaceAll('"', ''));
}
