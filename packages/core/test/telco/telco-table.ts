import { existsSync, readFileSync } from 'node:fs';

const path = new URL('../../../../../shared/data/retention/wa_churn.csv', import.meta.url);

/** Whether the table lies beside the checkout. */
export const hasTelco = existsSync(path);
/** What the title of a suite ends with that needs it. */
export const NEEDS_TELCO = '(skipped where ../shared/data is absent)';

/** A customer of the table: the cells by column, as text. */
export type TelcoCustomer = Readonly<Record<string, string>>;

/** The 7,043 customers of wa_churn.csv. */
export function telcoCustomers(): readonly TelcoCustomer[] {
  const [head = '', ...lines] = readFileSync(path, 'utf8').trim().split('\n').map(cells);
  return lines.map((line) => Object.fromEntries(Array.from(head, (name, j) => [name, line[j] ?? ''])));
}

/** A column of a design: its name and how it is read; `NaN`: missing. */
export interface TelcoColumn {
  readonly name: string;
  readonly read: (customer: TelcoCustomer) => number;
}

export const number = (name: string): TelcoColumn => ({
  name,
  read: (it) => (it[name] === '' ? Number.NaN : Number(it[name])),
});

export const level = (name: string, value: string): TelcoColumn => ({
  name: `${name} ${value}`,
  read: (it) => (it[name] === value ? 1 : 0),
});

/** The columns of every customer, row by row. */
export function designOf(customers: readonly TelcoCustomer[], columns: readonly TelcoColumn[]): Float64Array {
  return Float64Array.from(customers.flatMap((customer) => columns.map((column) => column.read(customer))));
}

/** 1: churned. */
export function lostOf(customers: readonly TelcoCustomer[]): Uint8Array {
  return Uint8Array.from(customers, (it) => (it['churn'] === 'Yes' ? 1 : 0));
}

function cells(line: string): readonly string[] {
  return line
    .trim()
    .split(',')
    .map((cell) => cell.replaceAll('"', ''));
}
