import { type LedgerRefusal, refuseEntry } from './ledger-refusal.ts';
import { isLiability, POSTING_RULES } from './posting-rules.ts';
import type { LedgerAccount, Posting, Transaction } from './transaction.ts';

/** What keeps a transaction out whatever the ledger holds: form, whole amounts, the accounts of its kind, balance. */
export function checkForm(transaction: Transaction): LedgerRefusal | null {
  const { key, kind, postings } = transaction;
  if (key === '') return refuseEntry('no_key', 'A transaction needs a key made of its cause.');
  if (!Object.hasOwn(POSTING_RULES, kind)) return refuseEntry('unknown_kind', `${key}: no such kind of transaction.`);
  if (postings.length < 2) return refuseEntry('no_postings', `${key}: a transaction has two postings or more.`);
  return checkPostings(transaction) ?? checkBalance(key, postings);
}

function checkPostings({ key, kind, postings }: Transaction): LedgerRefusal | null {
  const rules = POSTING_RULES[kind];
  for (const { account, money } of postings) {
    if (!Number.isSafeInteger(money.minor) || money.minor === 0) {
      return refuseEntry('not_whole', `${key}: ${money.minor} is not a whole number of minor units other than 0.`);
    }
    const side = money.minor > 0 ? 'debit' : 'credit';
    if (account.kind !== 'fx' && !rules[side].includes(account.kind)) {
      return refuseEntry('wrong_account', `${key}: ${kind} does not ${side} ${account.kind}.`);
    }
  }
  return null;
}

/** Few postings: looking for each currency again is quicker than a table of sums. */
function checkBalance(key: string, postings: readonly Posting[]): LedgerRefusal | null {
  for (const { money } of postings) {
    const sum = postings.reduce((all, it) => all + (it.money.currency === money.currency ? it.money.minor : 0), 0);
    if (sum === 0) continue;
    return refuseEntry('unbalanced', `${key}: debits and credits in ${money.currency} differ by ${sum}.`);
  }
  return null;
}

/** What a balance may not become: a liability that the party owes, a receivable that is owed to the party. */
export function isOverdrawn(account: LedgerAccount, balance: number): boolean {
  if (isLiability(account.kind)) return balance > 0;
  return account.kind === 'receivable' && balance < 0;
}
