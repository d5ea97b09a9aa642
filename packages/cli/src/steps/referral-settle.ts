import {
  moneyToDecimal,
  type Payee,
  type PayoutBatch,
  type PayoutRow,
  REASONS,
  type ReferralEvent,
} from '@holdfast/core';
import { readPayeeVault } from '@holdfast/workflows';
import * as z from 'zod';
import { exactMoney } from '../referrals/exact-money.ts';
import { partyNames } from '../referrals/party-names.ts';
import { programNamed } from '../referrals/program-named.ts';
import { readInputFile } from '../referrals/read-input-file.ts';
import type { ReferralDesk } from '../referrals/referral-desk.ts';
import { columns } from '../text/columns.ts';
import { payeeFields, payeesOf } from './referral-payee.ts';

/** A month that is settled, where its export lies, and whether that had been done before. */
export interface Settlement {
  readonly batch: PayoutBatch;
  readonly isNew: boolean;
  readonly files: readonly string[];
}

const payee = z.strictObject(payeeFields);

/** Reads the file of payees: by party id, what must be known before they are paid. No names, no bank details. */
function readPayees(file: string): Readonly<Record<string, Payee>> {
  return readInputFile(file, 'bad_payees', z.record(z.string(), payee));
}

/** What to settle; `payeesFile` where the vault is not to be asked. */
interface SettleOrder {
  readonly programId: string;
  readonly period: string;
  readonly by: string;
  readonly payeesFile: string | null;
  /** Write the export for whoever pays too, with names and accounts from the vault. */
  readonly withVault: boolean;
}

/** Settles a month of a program, once, and writes the export; run again it writes the same export again. */
export async function settleStep(desk: ReferralDesk, order: SettleOrder): Promise<Settlement> {
  const { programId, period, by, payeesFile, withVault } = order;
  const { state, now, session } = desk;
  programNamed(desk, programId);
  const payees = payeesFile === null ? payeesOf(desk) : readPayees(payeesFile);
  const id = `${programId}/${period}`;
  const isNew = state.rewards.batch(id) === undefined;
  const at = { occurredAt: now, recordedAt: now };
  const key = `settle ${id}`;
  const events: readonly ReferralEvent[] = [
    { key: `day ${now}`, ...at, kind: 'day' },
    { key, ...at, kind: 'settle', programId, period, by, payees },
  ];
  if (isNew) await desk.take(events, key);
  const batch = state.rewards.batch(id);
  if (!batch) throw new RangeError(`The batch ${id} is not there after it was settled.`);
  const name = `payout-${programId.replaceAll(/[^\w.-]/g, '_')}-${period}`;
  const run = session.run();
  const files = [
    run.writeText(`${name}.csv`, csvOf(batch)),
    run.writeText(`${name}.json`, `${JSON.stringify(batch, null, 2)}\n`),
    ...(withVault ? [run.writeText(`${name}-restricted.csv`, restrictedCsv(desk, batch))] : []),
  ];
  return { batch, isNew, files };
}

const COLUMNS = [
  'party',
  'method',
  'currency',
  'payable',
  'netted',
  'paid',
  'held',
  'reason',
  'paid this year',
  'hint',
];

function csvOf({ rows }: PayoutBatch): string {
  const lines = rows.map((it) => {
    const amount = (minor: number) => moneyToDecimal({ minor, currency: it.currency });
    const amounts = [it.payable, it.netted, it.paid, it.held].map(amount);
    return [it.partyId, it.method, it.currency, ...amounts, it.reason, amount(it.paidThisYear), it.taxHint];
  });
  return csv([COLUMNS, ...lines]);
}

function csv(lines: readonly (readonly (string | null)[])[]): string {
  const cell = (value: string | null) => (/[",\r\n]/.test(value ?? '') ? `"${value?.replaceAll('"', '""')}"` : value);
  return lines.map((line) => `${line.map(cell).join(',')}\n`).join('');
}

const RESTRICTED = ['party', 'currency', 'paid', 'name', 'address', 'payout', 'tax id', 'country'];

/** For whoever pays: what is paid out, to whom. */
function restrictedCsv({ session, state: { rewards } }: ReferralDesk, { rows }: PayoutBatch): string {
  const vault = readPayeeVault(session.workspace);
  const paid = rows.filter((it) => it.method === 'payout' && it.paid > 0);
  const lines = paid.map(({ partyId, currency, paid: minor }) => {
    const entry = vault.find((it) => rewards.survivorOf(it.partyId) === rewards.survivorOf(partyId));
    const { name = null, address = null, payout = null, taxId = null, country = null } = entry ?? {};
    return [partyId, currency, moneyToDecimal({ minor, currency }), name, address, payout, taxId, country];
  });
  return csv([RESTRICTED, ...lines]);
}

/** What is to be paid, what is held and why, and where the export lies. */
export async function settledText(desk: ReferralDesk, { batch, isNew, files }: Settlement): Promise<string> {
  const name = partyNames(desk.session.store, false);
  const cells: string[][] = [];
  for (const row of batch.rows) cells.push([await name(row.partyId), row.method, ...amounts(row), row.reason ?? '']);
  const held = [...new Set(batch.rows.flatMap((it) => it.reason ?? []))];
  return [
    `${isNew ? 'Settled' : 'Settled before'}: ${batch.id}, ${batch.rows.length} rows.`,
    ...(cells.length > 0 ? columns([HEAD, ...cells], [2, 3, 4, 5]) : []),
    ...held.map((it) => `Held (${it}): ${REASONS[it].staff}`),
    ...(held.length > 0
      ? [
          'What is not known of a payee is entered with `holdfast referrals payee ID --from FILE`; what is held goes into the next month that is settled.',
        ]
      : []),
    `Export: ${files[2] ?? files[0]}. Holdfast moves no money: pay by it.`,
    ...(files[2] === undefined ? [] : ['It names who is paid: for whoever pays, and to be removed afterwards.']),
  ].join('\n');
}

const HEAD = ['party', 'as', 'payable', 'netted', 'to pay', 'held', 'why'];

function amounts({ payable, netted, paid, held, currency }: PayoutRow): readonly string[] {
  return [payable, netted, paid, held].map((minor) => exactMoney({ minor, currency }));
}
