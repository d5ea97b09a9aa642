import type { Instant } from '../model/dates.ts';
import { checkForm, isOverdrawn } from './check-transaction.ts';
import { openColumn, openInterned } from './columns.ts';
import { type LedgerRefusal, refuseEntry } from './ledger-refusal.ts';
import { openTextTable } from './text-table.ts';
import {
  ACCOUNT_KINDS,
  type AccountKind,
  type ExchangeRate,
  type LedgerAccount,
  type Posting,
  TRANSACTION_KINDS,
  type Transaction,
} from './transaction.ts';

/** `posted`: it is in; `known`: the same one was in before and nothing changed. */
export type PostResult = { readonly refused: false; readonly outcome: 'posted' | 'known' } | LedgerRefusal;

/** What a party is owed and owes in one currency, minor units, none below 0 but `net` = all three less receivable. */
export interface PartyBalances {
  readonly currency: string;
  readonly pending: number;
  readonly held: number;
  readonly payable: number;
  readonly receivable: number;
  readonly net: number;
}

/** A double-entry ledger that only grows. */
export interface Ledger {
  /** Takes a transaction whole or not at all. */
  readonly post: (transaction: Transaction) => PostResult;
  readonly has: (key: string) => boolean;
  /** Debits less credits, minor units; 0 for an account that was never used. */
  readonly balance: (account: LedgerAccount, currency: string) => number;
  /** One entry for each currency that the party was ever posted in, by code. */
  readonly balancesOf: (party: string) => readonly PartyBalances[];
  /** Every party that was ever posted to, in order of their first posting. */
  readonly parties: () => Iterable<string>;
  /** Number of transactions; those from the `from`-th on, in the order they were posted. */
  readonly size: () => number;
  readonly transactions: (from?: number) => Iterable<Transaction>;
}

/** The account in one currency. */
interface Slot {
  readonly account: LedgerAccount;
  readonly currency: string;
}

const PARTY_KINDS: readonly AccountKind[] = ['pending', 'held', 'payable', 'receivable'];

/**
 * Opens a ledger, with its past where there is one. Transactions rest in columns: about 175 bytes a posting with its
 * key. Posts must not go back in time, so that a closed month stays as it was. Throws a TypeError when the past does not
 * hold together: the store is damaged, restore it from a backup.
 */
export function openLedger(past: Iterable<Transaction> = []): Ledger {
  /** Numbered as the transactions are. */
  const keys = openTextTable();
  const kinds = openColumn();
  const times = openColumn();
  const firsts = openColumn();
  const rewards = openColumn();
  const sources = openColumn();
  const rates = openColumn();
  const slotOf = openColumn();
  const amounts = openColumn();
  const texts = openInterned<string>();
  const rateTable = openInterned<ExchangeRate>();
  const slots = openInterned<Slot>();
  const balances: number[] = [];
  const used = new Set<number>();
  const parties = new Map<string, Set<string>>();
  let lastAt = Number.NEGATIVE_INFINITY;
  let postingCount = 0;

  const textNumber = (text: string | null) => (text === null ? -1 : texts.number(text, () => text));
  const textAt = (number: number) => (number < 0 ? null : texts.value(number));

  const slotNumber = (account: LedgerAccount, currency: string): number =>
    slots.number(slotName(account, currency), () => {
      balances.push(0);
      return { account, currency };
    });

  /** Moves the balances; moves them back when one would end where it may not. */
  const moveBalances = ({ key, postings }: Transaction, found: readonly number[]): LedgerRefusal | null => {
    for (let i = 0; i < found.length; i++) balances[found[i]!]! += postings[i]!.money.minor;
    const bad = postings.findIndex((it, i) => isOverdrawn(it.account, balances[found[i]!]!));
    if (bad < 0) return null;
    for (let i = 0; i < found.length; i++) balances[found[i]!]! -= postings[i]!.money.minor;
    return refuseEntry('overdrawn', `${key}: ${postings[bad]?.account.kind} holds less than the transaction takes.`);
  };

  const append = (transaction: Transaction, found: readonly number[]): void => {
    keys.number(transaction.key);
    kinds.push(TRANSACTION_KINDS.indexOf(transaction.kind));
    times.push(transaction.at);
    firsts.push(postingCount);
    rewards.push(textNumber(transaction.reward));
    sources.push(textNumber(transaction.source));
    const { rate } = transaction;
    rates.push(rate === null ? -1 : rateTable.number(JSON.stringify(rateFields(rate)), () => rate));
    for (const slot of found) {
      slotOf.push(slot);
      if (used.has(slot)) continue;
      used.add(slot);
      const { account, currency } = slots.value(slot);
      if (PARTY_KINDS.includes(account.kind)) noteParty(parties, account.of, currency);
    }
    for (const { money } of transaction.postings) amounts.push(money.minor);
    postingCount += found.length;
    lastAt = transaction.at;
  };

  const postingsOf = (index: number): Posting[] => {
    const end = index + 1 < keys.size ? firsts.at(index + 1) : postingCount;
    return Array.from({ length: end - firsts.at(index) }, (_, i) => {
      const at = firsts.at(index) + i;
      const { account, currency } = slots.value(slotOf.at(at));
      return { account, money: { minor: amounts.at(at), currency } };
    });
  };

  const read = (index: number): Transaction => ({
    key: keys.text(index),
    kind: TRANSACTION_KINDS[kinds.at(index)]!,
    at: times.at(index),
    reward: textAt(rewards.at(index)),
    source: textAt(sources.at(index)),
    rate: rates.at(index) < 0 ? null : rateTable.value(rates.at(index)),
    postings: postingsOf(index),
  });

  const balance = (account: LedgerAccount, currency: string): number =>
    balances[slots.find(slotName(account, currency)) ?? -1] ?? 0;

  const ledger: Ledger = {
    post: (transaction) => {
      const known = keys.find(transaction.key);
      if (known >= 0) return recognise(read(known), transaction);
      const refusal = checkForm(transaction) ?? checkTime(transaction, lastAt);
      if (refusal) return refusal;
      const found = transaction.postings.map(({ account, money }) => slotNumber(account, money.currency));
      const overdrawn = moveBalances(transaction, found);
      if (overdrawn) return overdrawn;
      append(transaction, found);
      return { refused: false, outcome: 'posted' };
    },
    has: keys.has,
    balance,
    balancesOf: (party) =>
      [...(parties.get(party) ?? [])].sort().map((currency) => partyBalances(party, currency, balance)),
    parties: () => parties.keys(),
    size: () => keys.size,
    *transactions(from = 0) {
      for (let index = from; index < keys.size; index++) yield read(index);
    },
  };
  for (const transaction of past) {
    const result = ledger.post(transaction);
    if (result.refused) throw new TypeError(`The stored ledger is damaged: ${result.detail}`);
  }
  return ledger;
}

function slotName(account: LedgerAccount, currency: string): string {
  return `${currency} ${ACCOUNT_KINDS.indexOf(account.kind)} ${account.of}`;
}

function rateFields(rate: ExchangeRate): readonly (string | number)[] {
  return [rate.from, rate.to, rate.value, rate.on, rate.source];
}

function noteParty(parties: Map<string, Set<string>>, party: string, currency: string): void {
  const known = parties.get(party);
  if (known) known.add(currency);
  else parties.set(party, new Set([currency]));
}

function checkTime(transaction: Transaction, lastAt: Instant): LedgerRefusal | null {
  if (Number.isFinite(transaction.at) && transaction.at >= lastAt) return null;
  return refuseEntry('clock_backwards', `${transaction.key}: posted before the one that it follows. Check the clock.`);
}

/** A key belongs to one content: the time of a replay may differ, what it moves may not. */
function recognise(known: Transaction, again: Transaction): PostResult {
  const same = known.kind === again.kind && JSON.stringify(lines(known)) === JSON.stringify(lines(again));
  if (same) return { refused: false, outcome: 'known' };
  return refuseEntry('key_reused', `${again.key}: the key stands for another transaction already.`);
}

function lines(transaction: Transaction): readonly unknown[] {
  return transaction.postings.map(({ account, money }) => [account.kind, account.of, money.currency, money.minor]);
}

function partyBalances(party: string, currency: string, balance: Ledger['balance']): PartyBalances {
  const owed = (kind: AccountKind) => 0 - balance({ kind, of: party }, currency);
  const [pending, held, payable] = [owed('pending'), owed('held'), owed('payable')];
  const receivable = balance({ kind: 'receivable', of: party }, currency);
  return { currency, pending, held, payable, receivable, net: pending + held + payable - receivable };
}
