import type { CrmAdapter, Page, ReferralLink } from '@holdfast/core';
import { salesforce } from '@holdfast/salesforce';
import { afterEach, describe, expect, it } from 'vitest';
import { openOrg, type SandboxOrg } from './sandbox-org.ts';

const USER = 'integration@example.com';
const opened: SandboxOrg[] = [];
function org(referrals?: 'marketing' | 'public-sector'): SandboxOrg {
  const made = openOrg(referrals === undefined ? {} : { options: { referrals } });
  opened.push(made);
  return made;
}
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

/** An advocate of one company, and a company that they may have referred, with one contact. */
function people({ crm }: SandboxOrg) {
  const home = crm.create('Account', { Name: 'Advocates Ltd' });
  const ada = crm.create('Contact', { LastName: 'Ada', AccountId: home });
  const newco = crm.create('Account', { Name: 'Newco' });
  const ned = crm.create('Contact', { LastName: 'Ned', AccountId: newco });
  return { home, ada, newco, ned };
}

async function read(adapter: CrmAdapter): Promise<readonly ReferralLink[]> {
  const links: ReferralLink[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: Page<'referralLink'> = await adapter.read('referralLink', { kind: 'all', cursor });
    expect(page.rejects).toEqual([]);
    links.push(...page.records);
    if (page.next === null) return links;
    cursor = page.next;
  }
}
const ends = (links: readonly ReferralLink[]) => links.map((it) => `${it.referrerId}>${it.referredId}`);
const warnings = async (adapter: CrmAdapter) =>
  (await adapter.check(null)).filter(({ code }) => code === 'standard-referral').map(({ message }) => message);

describe('the standard object Referral', () => {
  it('an org without it: nothing is asked for, read or said, and one call connects as before', async () => {
    const sandbox = org();
    const adapter = await sandbox.connect();
    const calls = sandbox.events.flatMap((it) => (it.type === 'call' ? [it.route] : []));
    expect(calls).toEqual(['/services/oauth2/token', '/services/data/{version}/composite']);
    expect(adapter.capabilities.read.referralLink).toBeUndefined();
    expect(adapter.capabilities.unavailable.referralLink).toContain('options.fields.contact.referredById');
    expect(await warnings(adapter)).toEqual([]);
    const { changes } = await adapter.schema!.plan('installed');
    expect(JSON.stringify(changes)).not.toMatch(/\bReferral\b[.":]/);
    expect(salesforce.permissions.filter(({ name }) => / Referral$/.test(name))).toEqual([]);
  });

  it('Referral Marketing: a person, an account, a lead, and the sale of a lead; from the day that it names', async () => {
    const sandbox = org('marketing');
    const { ada, newco, ned } = people(sandbox);
    const lead = sandbox.crm.create('Lead', { LastName: 'Lea', Company: 'Leaco' });
    const sold = sandbox.crm.create('Lead', { LastName: 'Sol', Company: 'Newco' });
    const sale = { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-06-30', AccountId: newco };
    const OpportunityId = sandbox.crm.create('Opportunity', sale);
    const enter = (given: object) =>
      sandbox.crm.create('Referral', { ReferrerId: ada, ReferralDate: '2026-01-02', ...given });
    const first = enter({ ReferredPartyId: ned, UsageType: 'Referral Management' });
    enter({ ReferredPartyId: newco });
    enter({ ReferredPartyId: lead });
    enter({ ReferredPartyId: sold, OpportunityId });
    enter({ ClientName: 'Somebody', OpportunityId });
    const adapter = await sandbox.connect();
    const links = await read(adapter);
    expect(ends(links)).toEqual(
      [`Contact:${ned}`, `Account:${newco}`, `Lead:${lead}`, `Account:${newco}`, `Account:${newco}`].map(
        (party) => `Contact:${ada}>${party}`,
      ),
    );
    // the sandbox's users live in Los Angeles, as does its org: the day begins there at eight
    expect(links[0]).toMatchObject({ id: `Referral:${first}`, claimedAt: Date.parse('2026-01-02T08:00:00Z') });
    expect(adapter.capabilities.read.referralLink).toMatchObject({ changes: 'modified', missing: {} });
    const [said] = await warnings(adapter);
    expect(said).toMatch(/reads from it who referred whom.*without referralLink.*which of them pays/);
  });

  it('who referred is a company, a user or known by name alone: never guessed to be a person', async () => {
    const sandbox = org('marketing');
    const { home, newco } = people(sandbox);
    sandbox.crm.create('Referral', { ReferrerId: home, ReferredPartyId: newco });
    sandbox.crm.create('Referral', { ReferredPartyId: newco, ClientName: 'Somebody' });
    expect(ends(await read(await sandbox.connect()))).toEqual([`Account:${home}>Account:${newco}`]);
  });

  it('the public sector: the account of the client; what was rejected, sent on or meant for others is none', async () => {
    const sandbox = org('public-sector');
    const { ada, newco } = people(sandbox);
    const enter = (given: object) => sandbox.crm.create('Referral', { ReferrerId: ada, ClientId: newco, ...given });
    const kept = [enter({ Status: 'In Review' }), enter({ ResultCategory: 'Approved' })];
    for (const given of [
      { Status: 'Rejected' },
      { Status: 'Withdrawn' },
      { ResultCategory: 'Client Declined Services' },
      { ResultCategory: 'Referred Elsewhere' },
      { AuthorizationStatus: 'Rejected' },
      { ReferralType: 'OUTBOUND' },
      { ReferralType: 'INTERNAL' },
      { UsageType: 'Public Sector Solutions' },
    ])
      enter(given);
    const adapter = await sandbox.connect();
    const links = await read(adapter);
    expect(links.map(({ id }) => id)).toEqual(kept.map((id) => `Referral:${id}`));
    expect(new Set(ends(links))).toEqual(new Set([`Contact:${ada}>Account:${newco}`]));
  });

  it('changes and deletions are read as they happen: rejected, emptied, deleted', async () => {
    const sandbox = org('public-sector');
    const { ada, newco } = people(sandbox);
    const enter = () => sandbox.crm.create('Referral', { ReferrerId: ada, ClientId: newco, Status: 'New' });
    const [stays, rejected, emptied, deleted] = [enter(), enter(), enter(), enter()];
    const adapter = await sandbox.connect();
    expect(await read(adapter)).toHaveLength(4);
    sandbox.clock.advance(60_000);
    const since = sandbox.clock.now();
    sandbox.crm.edit('Referral', stays, { Status: 'Approved' });
    sandbox.crm.edit('Referral', rejected, { Status: 'Rejected' });
    sandbox.crm.edit('Referral', emptied, { ClientId: null });
    sandbox.crm.remove('Referral', deleted);
    sandbox.clock.advance(60_000);
    const changed = await adapter.read('referralLink', {
      ...{ kind: 'changed', since, until: sandbox.clock.now(), cursor: null },
    });
    expect(changed.records.map(({ id }) => id)).toEqual([`Referral:${stays}`]);
    expect(changed.gone.map(({ id, mergedInto }) => [id, mergedInto])).toEqual([
      [`Referral:${rejected}`, null],
      [`Referral:${emptied}`, null],
    ]);
    const lost = await adapter.read('referralLink', { kind: 'deleted', since, cursor: null });
    expect(lost.gone.map(({ id }) => id)).toEqual([`Referral:${deleted}`]);
    const ids = [stays, rejected, deleted].map((id) => `Referral:${id}`);
    const asked = await adapter.read('referralLink', { kind: 'ids', ids });
    expect(asked.records.map(({ id }) => id)).toEqual([`Referral:${stays}`]);
    expect(asked.gone.map(({ id }) => id).sort()).toEqual([`Referral:${rejected}`, `Referral:${deleted}`].sort());
  });

  it("beside the org's own lookup, not instead of it; each is read to its end", async () => {
    const sandbox = org('marketing');
    const lookup = { referenceTo: ['Contact'], relationshipName: 'Referred_By__r' };
    sandbox.crm.defineField('Contact', 'Referred_By__c', 'reference', lookup);
    const { ada, newco, ned } = people(sandbox);
    sandbox.crm.edit('Contact', ned, { Referred_By__c: ada });
    sandbox.crm.create('Referral', { ReferrerId: ada, ReferredPartyId: newco });
    const adapter = await sandbox.connect({ fields: { contact: { referredById: 'Referred_By__c' } } });
    expect((await read(adapter)).map(({ id }) => id)).toEqual([
      `Contact.Referred_By__c:${ned}`,
      `Referral:${sandbox.crm.ids('Referral')[0]}`,
    ]);
  });

  it('a user who may not read it: as in an org without it', async () => {
    const sandbox = org('marketing');
    sandbox.crm.setObjectAccess(USER, 'Referral', 'none');
    const adapter = await sandbox.connect();
    expect(adapter.capabilities.unavailable.referralLink).toContain('where the org has that and the user may read it');
    expect(await warnings(adapter)).toEqual([]);
  });

  it('fields that are hidden or those of another product: what can be read is, or nothing, and check says so', async () => {
    const sandbox = org('marketing');
    const { ada, ned } = people(sandbox);
    sandbox.crm.create('Referral', { ReferrerId: ada, ReferredPartyId: ned, ReferralDate: '2026-01-02' });
    sandbox.crm.setFieldAccess(USER, 'Referral.ReferralDate', 'none');
    const dateless = await sandbox.connect();
    expect(await read(dateless)).toMatchObject([{ referredId: `Contact:${ned}`, claimedAt: null }]);
    expect(dateless.capabilities.read.referralLink?.missing).toEqual({
      claimedAt: expect.stringContaining('Referral.ReferralDate'),
    });
    for (const name of ['ReferredPartyId', 'OpportunityId'])
      sandbox.crm.setFieldAccess(USER, `Referral.${name}`, 'none');
    const partyless = await sandbox.connect();
    expect(partyless.capabilities.unavailable.referralLink).toContain('Referral.ReferredPartyId does not exist or is');
    expect(await warnings(partyless)).toEqual([expect.stringContaining('hidden from this user or not there')]);
    sandbox.crm.setFieldAccess(USER, 'Referral.ReferrerId', 'none');
    expect((await sandbox.connect()).capabilities.unavailable.referralLink).toContain('Referral.ReferrerId');
  });

  it('left out by options.entities: neither described nor read', async () => {
    const sandbox = org('marketing');
    const adapter = await sandbox.connect({ entities: ['owner', 'account', 'contact', 'opportunity'] });
    expect(adapter.capabilities.unavailable.referralLink).toBe('Left out by options.entities');
    expect(await warnings(adapter)).toEqual([]);
  });

  it('an installation gives Read on it where it is there, and never more', async () => {
    const granted = async (sandbox: SandboxOrg) => {
      const { schema } = await sandbox.connect();
      const { changes } = await schema!.plan('installed');
      expect((await schema!.apply(changes)).filter(({ status }) => status !== 'done')).toEqual([]);
      return ['ObjectPermissions', 'FieldPermissions'].flatMap((object) =>
        sandbox.crm.ids(object).flatMap((id) => {
          const { SobjectType, Field, PermissionsEdit } = sandbox.crm.get(object, id)?.fields ?? {};
          return SobjectType === 'Referral' ? [`${Field ?? SobjectType} ${PermissionsEdit}`] : [];
        }),
      );
    };
    expect(await granted(org())).toEqual([]);
    const fields = ['OpportunityId', 'ReferralDate', 'ReferredPartyId', 'ReferrerId', 'Status', 'UsageType'];
    expect(await granted(org('marketing'))).toEqual([
      'Referral false',
      ...fields.map((name) => `Referral.${name} false`),
    ]);
  });
});
