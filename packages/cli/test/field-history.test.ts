import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Clock,
  type CrmAdapter,
  type CrmEvent,
  DAY_MS,
  type Instant,
  type OrgProfile,
  rebuildSlice,
} from '@holdfast/core';
import { hubspot } from '@holdfast/hubspot';
import { salesforce } from '@holdfast/salesforce';
import { createHubSpot, createSalesforce, faultsOff, inProcess, sandboxUser } from '@holdfast/sandbox';
import { fieldHistoryOf, openSqliteStore, pull, type Store } from '@holdfast/workflows';
import { afterEach, describe, expect, test } from 'vitest';

type TestClock = Clock & { advance(ms: number): void };

/** What a person does in one of the two orgs: an account's industry, and an opportunity's stage. */
interface Org {
  readonly clock: TestClock;
  connect(log: (event: CrmEvent) => void): Promise<CrmAdapter>;
  createAccount(industry: string): string;
  setIndustry(id: string, industry: string): void;
  createOpportunity(accountId: string, stage: string): string;
  setStage(id: string, stage: string): void;
  /** Older history of the account goes, as the vendor lets it go. */
  forgetOld(id: string): void;
  close(): void;
}

const START = Date.parse('2025-01-06T09:00:00Z');

function testClock(): TestClock {
  let at = START;
  return {
    now: () => at,
    advance: (ms) => {
      at += ms;
    },
    sleep: async (ms) => {
      at += ms;
    },
  };
}

function hubspotOrg(): Org {
  const clock = testClock();
  const emulator = createHubSpot({ tier: 'professional', clock, rateLimits: false });
  const way = inProcess({ emulator, faults: faultsOff });
  return {
    clock,
    connect: (log) =>
      hubspot.connect(
        { token: 'sandbox-token', baseUrl: way.origin, httpAgent: way.httpAgent },
        { clock, random: () => 0.5, log },
      ),
    createAccount: (industry) => emulator.create('companies', { name: 'Ada', industry, lifecyclestage: 'customer' }),
    setIndustry: (id, industry) => emulator.edit('companies', id, { industry }),
    createOpportunity: (accountId, dealstage) =>
      emulator.create('deals', { dealname: 'Renewal', pipeline: 'default', dealstage }, [
        { object: 'companies', id: accountId },
      ]),
    setStage: (id, dealstage) => emulator.edit('deals', id, { dealstage }),
    // HubSpot keeps the last twenty versions of a property
    forgetOld: (id) => {
      for (let n = 0; n < 20; n++) emulator.edit('companies', id, { industry: `NEWER_${n}` });
    },
    close: () => way.close(),
  };
}

function salesforceOrg(): Org {
  const clock = testClock();
  const emulator = createSalesforce({
    edition: 'enterprise',
    clock,
    users: [sandboxUser],
    options: { trackedFields: ['Account.Industry'] },
  });
  const way = inProcess({ emulator, faults: faultsOff });
  return {
    clock,
    connect: (log) =>
      salesforce.connect(
        {
          loginUrl: way.origin,
          clientId: 'sandbox-client',
          clientSecret: 'sandbox-secret',
          currency: 'USD',
          connector: way.undiciConnect as never,
        },
        { clock, random: () => 0.5, log },
      ),
    createAccount: (Industry) => emulator.create('Account', { Name: 'Ada', Industry, Type: 'Customer - Direct' }),
    setIndustry: (id, Industry) => emulator.edit('Account', id, { Industry }),
    createOpportunity: (AccountId, StageName) =>
      emulator.create('Opportunity', { Name: 'Renewal', AccountId, StageName, CloseDate: '2025-12-31' }),
    setStage: (id, StageName) => emulator.edit('Opportunity', id, { StageName }),
    // Salesforce drops rows that are older than it keeps
    forgetOld: () => {
      for (const row of emulator.ids('AccountHistory')) emulator.purge('AccountHistory', row);
    },
    close: () => way.close(),
  };
}

const orgs = [
  ['hubspot', hubspotOrg, hubspot, ['appointmentscheduled', 'closedwon']],
  ['salesforce', salesforceOrg, salesforce, ['Prospecting', 'Closed Won']],
] as const;

const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

function openStore(clock: Clock): Store {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-history-'));
  opened.push(() => rmSync(folder, { recursive: true, force: true }));
  return openSqliteStore(join(folder, 'store.sqlite'), { clock });
}

describe.each(orgs)(
  '%s: from an edit in the CRM to the account of then',
  (_crm, open, module, [firstStage, laterStage]) => {
    async function begin() {
      const org = open();
      opened.push(() => org.close());
      const store = openStore(org.clock);
      await store.acquire({ pid: process.pid, host: 'here', startedAt: 0, purpose: 'test' });
      const calls: CrmEvent[] = [];
      const adapter = await org.connect((event) => void calls.push(event));
      const context = { clock: org.clock, random: () => 0.5 };
      const profile: OrgProfile = {
        ...{ ...module.profile, orgId: adapter.capabilities.org.id, confirmedAt: 1 },
        ...{ currency: 'USD', timeZone: 'UTC' },
      };
      /** The account as of an instant, by what the store holds. */
      const past = async (id: string, asOf: Instant) => {
        const history = await fieldHistoryOf(store);
        for await (const records of store.slices()) {
          if (!records.account.id.endsWith(`:${id}`)) continue;
          await history?.turnTo(records);
          const held = { account: 0, opportunity: 0 };
          const knowledge = { recordedSince: held, reachesBackTo: {}, imports: [], mergedAt: new Map() };
          const rebuilt = rebuildSlice(records, profile, asOf, knowledge, history?.history);
          if (!rebuilt.rebuilt) throw new Error(rebuilt.reason);
          const { account, opportunities, unknown } = rebuilt.slice;
          const industry = unknown.has('account.industry') ? 'unknown' : account.industry;
          return [industry, opportunities.map(({ stage }) => stage)];
        }
        throw new Error('There is no such account');
      };
      const reads = () => calls.filter((it) => it.type === 'call' && it.purpose === 'read').length;
      return { org, store, adapter, context, past, reads };
    }

    test('edited twice, read when asked, rebuilt as of each time; a plain pull reads no history', async () => {
      const { org, store, adapter, context, past, reads } = await begin();
      const other = org.createAccount('RETAIL');
      const id = org.createAccount('BANKING');
      org.clock.advance(DAY_MS);
      org.setIndustry(other, 'ENERGY');
      const opportunity = org.createOpportunity(id, firstStage);
      org.clock.advance(30 * DAY_MS);
      org.setIndustry(id, 'TELECOM');
      const first = org.clock.now();
      org.clock.advance(30 * DAY_MS);
      org.setIndustry(id, 'RETAIL');
      org.setStage(opportunity, laterStage);
      const second = org.clock.now();
      org.clock.advance(30 * DAY_MS);

      await pull(adapter, store, context);
      const plain = reads();
      expect(await store.countByObject('fieldChange')).toEqual({});
      expect(await past(id, first)).toEqual(['unknown', [null]]);

      await pull(adapter, store, { ...context, entities: ['fieldChange'] });
      // one call an object of history, for a handful of records
      expect(reads() - plain).toBeLessThanOrEqual(3);
      expect(await past(id, second + DAY_MS)).toEqual(['RETAIL', [laterStage]]);
      expect(await past(id, second - DAY_MS)).toEqual(['TELECOM', [firstStage]]);
      expect(await past(id, first)).toEqual(['TELECOM', [firstStage]]);
      expect(await past(id, first - DAY_MS)).toEqual(['BANKING', [firstStage]]);
      // later than history was read
      expect((await past(id, org.clock.now() + DAY_MS))[0]).toBe('unknown');

      org.setIndustry(id, 'ENERGY');
      const third = org.clock.now();
      org.clock.advance(DAY_MS);
      await pull(adapter, store, { ...context, history: true });
      expect(await past(id, third)).toEqual(['ENERGY', [laterStage]]);
      expect(await past(id, second)).toEqual(['RETAIL', [laterStage]]);
    });

    test('T retention: what the CRM no longer keeps is unknown, and never the value of today', async () => {
      const { org, store, adapter, context, past } = await begin();
      const id = org.createAccount('BANKING');
      org.clock.advance(30 * DAY_MS);
      org.setIndustry(id, 'TELECOM');
      const first = org.clock.now();
      org.clock.advance(30 * DAY_MS);
      org.forgetOld(id);
      org.setIndustry(id, 'RETAIL');
      const second = org.clock.now();
      org.clock.advance(DAY_MS);
      await pull(adapter, store, { ...context, history: true });
      expect((await past(id, first - DAY_MS))[0]).toBe('unknown');
      expect((await past(id, first))[0]).toBe('unknown');
      expect((await past(id, second))[0]).toBe('RETAIL');
    });
  },
);
