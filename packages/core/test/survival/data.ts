import { existsSync, readFileSync } from 'node:fs';

const folder = new URL('../../../../../shared/data/retention/', import.meta.url);

/** Whether the data sets lie beside the checkout; tests that need them skip where they do not. */
export const present = existsSync(folder);

/** What a test's title says where the data are absent. */
export const note = present ? '' : ' (skipped: ../shared/data is absent)';

/** A data set's rows, by column name; empty where the field is. */
export function readRows(file: string): readonly Readonly<Record<string, string>>[] {
  const [head = '', ...lines] = readFileSync(new URL(file, folder), 'utf8').trim().split('\n');
  const names = split(head);
  return lines.map((line) => Object.fromEntries(split(line).map((field, at) => [names[at], field])));
}

function split(line: string): string[] {
  return line
    .trim()
    .split(',')
    .map((field) => field.replace(/^"|"$/g, ''));
}

/** One column as numbers; `NaN` where the field is empty. */
export function column(rows: readonly Readonly<Record<string, string>>[], name: string): number[] {
  return rows.map((row) => (row[name] ? Number(row[name]) : Number.NaN));
}

/** The rows in which none of the columns is empty. */
export function complete(
  rows: readonly Readonly<Record<string, string>>[],
  ...names: readonly string[]
): readonly Readonly<Record<string, string>>[] {
  return rows.filter((row) => names.every((name) => row[name] !== '' && row[name] !== 'NA'));
}

/** Columns side by side as the covariates of a fit. */
export function bind(columns: Readonly<Record<string, readonly number[]>>) {
  const names = Object.keys(columns);
  const count = columns[names[0]!]!.length;
  return {
    names,
    values: Float64Array.from({ length: count * names.length }, (_, at) => {
      return columns[names[at % names.length]!]![Math.floor(at / names.length)]!;
    }),
  };
}

/** What R survival 3.5-3 printed for a fit. */
export interface CoxReference {
  readonly n: number;
  readonly events: number;
  readonly loglik: readonly [number, number];
  readonly coef: Readonly<Record<string, number>>;
  readonly se: Readonly<Record<string, number>>;
  readonly lrt: number;
  readonly wald: number;
  readonly score: number;
  readonly concordance: number;
  readonly conc_se: number;
  readonly basehaz_at0: readonly { readonly hazard: number; readonly time: number }[];
}

/** The reference file, or the part of it that `key` names. */
export function reference<T>(key: string): T {
  return JSON.parse(readFileSync(new URL('reference/survival_R.json', folder), 'utf8'))[key] as T;
}

/** A fit that must have worked. */
export function fitted<T extends { readonly fitted: boolean }>(result: T): Extract<T, { readonly fitted: true }> {
  if (!result.fitted) throw new Error(JSON.stringify(result));
  return result as Extract<T, { readonly fitted: true }>;
}
