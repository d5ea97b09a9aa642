import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { proposeReferralRecords } from '../src/plan/propose-referral-records.ts';
import { PROPERTY_RUNS } from './property-runs.ts';
import { histories } from './referral-histories.ts';
import { opened } from './referral-journal.ts';

it('what the CRM is told of rewards is what the ledger owes, less what is owed back, and what it has paid: any history', () => {
  fc.assert(
    fc.property(histories, (batches) => {
      const { state } = opened(...batches);
      const merges = batches.flat().some((it) => it.kind === 'merge');
      const whose = (id: string) => (merges ? 'all' : id);
      const written = new Map<string, number>();
      const add = (to: Map<string, number>, id: string, minor: number) => to.set(id, (to.get(id) ?? 0) + minor);
      const proposals = proposeReferralRecords({
        ...{ claims: state.claims.values(), rewards: state.rewards.all(), records: [] },
        fields: ['rewardAmount', 'advocateAccountId'],
        entityOf: (id) => (id.startsWith('account:') ? 'account' : 'contact'),
        ...{ timeZone: 'UTC', currency: 'EUR', mayWrite: () => true },
      });
      for (const { write } of proposals) {
        if (write?.entity !== 'referral') continue;
        const { advocateAccountId, rewardAmount } = write.write.set;
        if (rewardAmount) add(written, whose(advocateAccountId ?? ''), rewardAmount.minor);
      }
      const owedAndPaid = new Map<string, number>();
      for (const { postings } of state.rewards.ledger.transactions()) {
        const isPaid = postings.some(({ account }) => account.kind === 'clearing');
        for (const { account, money } of postings) {
          const isParty = !['expense', 'clearing', 'fx'].includes(account.kind);
          // what leaves by the bank is owed no longer, but was given all the same
          if (isParty && !isPaid) add(owedAndPaid, whose(account.of), -money.minor);
        }
      }
      const without0 = (sums: Map<string, number>) => [...sums].filter(([, minor]) => minor !== 0).sort();
      expect(without0(written)).toEqual(without0(owedAndPaid));
    }),
    { numRuns: PROPERTY_RUNS },
  );
});
