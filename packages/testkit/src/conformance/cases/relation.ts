import type { CrmAdapter, Id } from '@holdfast/core';
import type { CaseDefinition } from '../case.ts';
import { expectOnce, expectSame } from '../expect.ts';
import { enterMany, readCapability, readRelations, settle } from '../reading.ts';

/** Enough to need a second page of links in every CRM that pages them. */
const MANY_CONTACTS = 620;

/** Relations are read as whole sets, since making or undoing a link changes no record. */
export const RELATION_CASES: readonly CaseDefinition[] = [
  {
    id: 'relation/whole-set',
    per: 'suite',
    needs: ['relation:contactRole'],
    run: async ({ world }) => {
      const adapter = await world.connect();
      const accounts = await enterMany(world, 'account', 2);
      const contacts = await enterMany(world, 'contact', 5);
      for (const [place, contact] of contacts.entries()) {
        await world.link('contactRole', accounts[place < 3 ? 0 : 1]!, contact);
      }
      await settle(world, readCapability(adapter, 'contactRole'));
      const sets = await rolesByAccount(adapter, accounts, contacts);
      expectOnce(sets[0]!, contacts.slice(0, 3), 'The contacts of the first account');
      expectOnce(sets[1]!, contacts.slice(3), 'The contacts of the second account');
    },
  },
  {
    id: 'relation/none',
    per: 'suite',
    needs: ['relation:contactRole'],
    run: async ({ world }) => {
      const adapter = await world.connect();
      const accounts = await enterMany(world, 'account', 2);
      const contacts = await enterMany(world, 'contact', 1);
      await world.link('contactRole', accounts[1]!, contacts[0]!);
      await settle(world, readCapability(adapter, 'contactRole'));
      const sets = await rolesByAccount(adapter, accounts, contacts);
      expectSame(sets, [[], [contacts[0]]], 'The contacts of an account without any, beside one with one');
    },
  },
  {
    id: 'relation/large-set',
    per: 'suite',
    needs: ['relation:contactRole'],
    run: async ({ world }) => {
      const adapter = await world.connect();
      const accounts = await enterMany(world, 'account', 1);
      const contacts = await enterMany(world, 'contact', MANY_CONTACTS);
      for (const contact of contacts) await world.link('contactRole', accounts[0]!, contact);
      await settle(world, readCapability(adapter, 'contactRole'));
      const sets = await rolesByAccount(adapter, accounts, contacts);
      expectOnce(sets[0]!, contacts, `The ${MANY_CONTACTS} contacts of one account`);
    },
  },
  {
    id: 'relation/sweep',
    per: 'suite',
    needs: ['relation:contactRole'],
    run: async ({ world }) => {
      const adapter = await world.connect();
      const capability = readCapability(adapter, 'contactRole');
      const accounts = await enterMany(world, 'account', 1);
      const contacts = await enterMany(world, 'contact', 2);
      await world.link('contactRole', accounts[0]!, contacts[0]!);
      await settle(world, capability);
      const [before] = await rolesByAccount(adapter, accounts, contacts);
      expectOnce(before!, [contacts[0]!], 'The contacts of the account at first');
      await world.link('contactRole', accounts[0]!, contacts[1]!);
      await world.unlink('contactRole', accounts[0]!, contacts[0]!);
      await settle(world, capability);
      const [after] = await rolesByAccount(adapter, accounts, contacts);
      expectOnce(after!, [contacts[1]!], 'The contacts of the account after one link was made and one undone');
    },
  },
  {
    id: 'relation/parent',
    per: 'suite',
    needs: ['relation:accountParent'],
    run: async ({ world }) => {
      const adapter = await world.connect();
      const capability = readCapability(adapter, 'accountParent');
      const [child, first, second] = (await enterMany(world, 'account', 3)) as [Id, Id, Id];
      const parents = async () => {
        await settle(world, capability);
        const steps = await readRelations(adapter, 'accountParent', { account: [child, first, second] });
        return steps.map(({ childId, parentId }) => `${childId} under ${parentId}`);
      };
      await world.link('accountParent', child, first);
      expectOnce(await parents(), [`${child} under ${first}`], 'The hierarchy');
      await world.link('accountParent', child, second);
      expectOnce(await parents(), [`${child} under ${second}`], 'The hierarchy after a change of parent');
      await world.unlink('accountParent', child, second);
      expectOnce(await parents(), [], 'The hierarchy after the parent was taken away');
    },
  },
];

async function rolesByAccount(
  adapter: CrmAdapter,
  account: readonly Id[],
  contact: readonly Id[],
): Promise<readonly (readonly Id[])[]> {
  const roles = await readRelations(adapter, 'contactRole', { account, contact });
  return account.map((id) => roles.filter((role) => role.accountId === id).map((role) => role.contactId));
}
