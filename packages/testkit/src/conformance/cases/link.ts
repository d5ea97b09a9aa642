import { type CrmAdapter, linkKey, type ReferralLink, type Write } from '@holdfast/core';
import { entitySchemas } from '@holdfast/core/model';
import type { CaseDefinition } from '../case.ts';
import { expect, expectSame } from '../expect.ts';
import type { ConformanceWorld } from '../harness.ts';
import { enterMany } from '../reading.ts';
import { writeOne } from '../writing.ts';

type LinkWrite = Write<'referralLink'>;

/** Ties between two people: made once, seen where somebody made one before, and taken away alone. */
export const LINK_CASES: readonly CaseDefinition[] = [
  {
    id: 'link/create',
    per: 'suite',
    needs: ['write:referralLink'],
    run: async ({ world }) => {
      const { adapter, write } = await start(world);
      expectSame(await held(adapter, write), [], 'Ties before');
      const result = await writeOne(adapter, 'referralLink', write);
      expectSame(result.status, 'written', 'Tying two people');
      const [found, ...others] = await held(adapter, write);
      expectSame(others, [], 'Further ties');
      const { referredId, referrerId } = found ?? {};
      expectSame({ referredId, referrerId }, write.set, 'The two ends');
      expectSame(result.status === 'written' && result.id, found?.id, 'The id in the result');
      expect(entitySchemas.referralLink.strict().safeParse(found).success, 'The tie does not fit its schema.');
    },
  },
  {
    id: 'link/again',
    per: 'suite',
    needs: ['write:referralLink'],
    run: async ({ world }) => {
      const { adapter, write } = await start(world);
      const first = await writeOne(adapter, 'referralLink', write);
      const again = await writeOne(await world.connect(), 'referralLink', write);
      expectSame([first.status, again.status], ['written', 'written'], 'A tie, and the same tie again');
      expectSame((await held(adapter, write)).length, 1, 'Ties');
    },
  },
  {
    id: 'link/theirs',
    per: 'suite',
    needs: ['write:referralLink', 'relation:referralLink'],
    run: async ({ world }) => {
      const { adapter, write } = await start(world);
      const { referredId = '', referrerId = '' } = write.set;
      await world.link('referralLink', referrerId, referredId);
      expectSame((await held(adapter, write)).length, 1, 'A tie that a person made, by its two ends');
    },
  },
  {
    id: 'link/gone',
    per: 'suite',
    needs: ['write:referralLink'],
    run: async ({ world }) => {
      const { adapter, write } = await start(world);
      await world.remove('contact', write.set.referrerId ?? '');
      const { status } = await writeOne(adapter, 'referralLink', write);
      expect(status !== 'written', 'A tie to somebody who is gone must not count as written.');
    },
  },
  {
    id: 'link/archive',
    per: 'suite',
    needs: ['write:referralLink'],
    run: async ({ world }) => {
      const { adapter, write } = await start(world);
      await writeOne(adapter, 'referralLink', write);
      const away = { ...write, set: {}, archive: true } as const;
      expectSame((await writeOne(adapter, 'referralLink', away)).status, 'written', 'Taking the tie away');
      expectSame(await held(adapter, write), [], 'Ties after');
      expectSame((await writeOne(adapter, 'referralLink', away)).status, 'written', 'Taking it away again');
      expectSame(await world.count('contact'), 2, 'People');
    },
  },
];

async function start(world: ConformanceWorld) {
  const [referredId = '', referrerId = ''] = await enterMany(world, 'contact', 2);
  const ends = { referredId, referrerId };
  const write: LinkWrite = { key: 'w', target: { externalKey: linkKey(ends) }, set: ends };
  return { adapter: await world.connect(), write };
}

async function held(adapter: CrmAdapter, { target }: LinkWrite): Promise<readonly ReferralLink[]> {
  const keys = 'externalKey' in target ? [target.externalKey] : [];
  return (await adapter.read('referralLink', { kind: 'keys', keys })).records;
}
