import { decideWrite, type Id } from '@holdfast/core';
import type { CaseDefinition } from '../case.ts';
import { expect, expectSame } from '../expect.ts';
import { readOne } from '../reading.ts';
import { writeOne } from '../writing.ts';

const BEFORE = { healthScore: 60, healthBand: 'healthy', nextStep: 'Call' } as const;

/** What was there when the plan was made is compared with what is read again just before the write, lag or not. */
export const CONFLICT_CASES: readonly CaseDefinition[] = [
  {
    id: 'conflict/seen',
    per: 'suite',
    run: async ({ world }) => {
      const adapter = await world.connect();
      const id: Id = await world.create('account', { name: 'Ada Ltd' });
      await writeOne(adapter, 'account', { key: 'first', target: { id }, set: BEFORE });
      const before = await readOne(adapter, 'account', id);
      expectSame(pick(before), BEFORE, 'What we wrote, read again at once');
      await world.edit('account', id, { healthBand: 'at_risk', nextStep: null });
      const now = await readOne(adapter, 'account', id);
      expectSame(
        pick(now),
        { ...BEFORE, healthBand: 'at_risk', nextStep: null },
        "A person's edit, read again at once",
      );
    },
  },
  {
    id: 'conflict/unrelated',
    per: 'suite',
    run: async ({ world }) => {
      const adapter = await world.connect();
      const id: Id = await world.create('account', { name: 'Ada Ltd', ...BEFORE });
      const before = await readOne(adapter, 'account', id);
      await world.edit('account', id, { name: 'Ada and Sons Ltd', domain: 'ada.example.com' });
      const now = await readOne(adapter, 'account', id);
      expect(now.name === 'Ada and Sons Ltd', 'The edit of another field must be seen too.');
      expectSame(pick(now), pick(before), 'The fields that we write, after an edit of others');
      const decision = decideWrite(before, now, { healthScore: 20, nextStep: 'Call' });
      expectSame(decision, { kind: 'write', fields: ['healthScore'] }, 'What is decided after an edit of other fields');
      const result = await writeOne(adapter, 'account', { key: 'score', target: { id }, set: { healthScore: 20 } });
      expectSame(result.status, 'written', 'A write after an edit of other fields');
      const after = await readOne(adapter, 'account', id);
      expectSame(
        decideWrite(before, after, { healthScore: 20 }).kind,
        'unchanged',
        'What is decided once it is written',
      );
      expectSame([after.name, after.healthScore], ['Ada and Sons Ltd', 20], "The person's name and our score");
    },
  },
];

function pick(record: { readonly [F in keyof typeof BEFORE]: unknown }): object {
  return { healthScore: record.healthScore, healthBand: record.healthBand, nextStep: record.nextStep };
}
