import type { AccountKind, TransactionKind } from './transaction.ts';

type Sides = { readonly debit: readonly AccountKind[]; readonly credit: readonly AccountKind[] };

const LIABILITIES = ['pending', 'held', 'payable'] as const;
const EVERY = ['expense', 'pending', 'held', 'payable', 'receivable', 'clearing', 'fx'] as const;

/**
 * Which accounts each kind of transaction may debit and credit (referral domain model, rule 6). A hold may come from
 * payable too: what was released can be disputed. `fx` may stand on either side of any of them.
 */
export const POSTING_RULES: Readonly<Record<TransactionKind, Sides>> = {
  accrue: { debit: ['expense'], credit: ['pending'] },
  hold: { debit: ['pending', 'payable'], credit: ['held'] },
  release: { debit: ['pending', 'held'], credit: ['payable'] },
  approve: { debit: ['pending', 'held'], credit: ['payable'] },
  pay: { debit: ['payable'], credit: ['clearing'] },
  fulfil: { debit: ['payable'], credit: ['clearing'] },
  expire: { debit: LIABILITIES, credit: ['expense'] },
  cancel: { debit: LIABILITIES, credit: ['expense'] },
  clawback: { debit: ['receivable'], credit: ['expense'] },
  net: { debit: ['payable'], credit: ['receivable'] },
  adjust: { debit: EVERY, credit: EVERY },
};

/** Whether an account is owed to a party: its balance may never turn into a debit. */
export function isLiability(kind: AccountKind): boolean {
  return kind === 'pending' || kind === 'held' || kind === 'payable';
}
