import type { CrmAdapter, SchemaPlan } from '@holdfast/core';
import { afterEach, describe, expect, test } from 'vitest';
import { installByHand, post } from './installed-fields.ts';
import { type TestPortal, testPortal } from './sandbox-portal.ts';

let open: TestPortal[] = [];
afterEach(() => {
  for (const portal of open) portal.close();
  open = [];
});

function portalOf(options: Parameters<typeof testPortal>[0] = {}): TestPortal {
  const portal = testPortal({ customFields: {}, ...options });
  open.push(portal);
  return portal;
}

async function planned(portal: TestPortal, target: 'installed' | 'removed'): Promise<[CrmAdapter, SchemaPlan]> {
  const crm = await portal.connect();
  return [crm, await crm.schema!.plan(target)];
}

const names = (plan: SchemaPlan) => plan.changes.map((change) => `${change.action} ${change.object} ${change.name}`);
const done = (results: readonly { status: string }[]) => results.filter(({ status }) => status === 'done').length;

describe('T58 install', () => {
  test('makes the group and every owned property; all fields are then written, and tasks created', async () => {
    const portal = portalOf();
    const [crm, plan] = await planned(portal, 'installed');
    expect(plan.refusals).toEqual([]);
    expect(plan.changes.filter((change) => change.what === 'property')).toHaveLength(18);
    expect(names(plan).slice(0, 2)).toEqual(['create company holdfast', 'create company holdfast_health_score']);
    expect(done(await crm.schema!.apply(plan.changes))).toBe(plan.changes.length);
    const { write, read } = (await portal.connect()).capabilities;
    expect(write.account?.fields).toHaveLength(9);
    expect(write.task?.create).toBe(true);
    expect(read.account?.missing['healthScore']).toBeUndefined();
  });

  test('again is a no-op, also where a person added an option', async () => {
    const portal = portalOf();
    const [crm, plan] = await planned(portal, 'installed');
    await crm.schema!.apply(plan.changes);
    const band = portal.emulator.state.tables.get('0-2')?.properties.get('holdfast_health_band');
    band!.options = [...band!.options, { value: 'lost', label: 'Lost', displayOrder: 9, hidden: false }];
    expect(await crm.schema!.plan('installed')).toEqual({ changes: [], refusals: [], uses: [] });
    expect(done(await crm.schema!.apply(plan.changes))).toBe(plan.changes.length);
    expect(band!.options.map((option) => option.value)).toContain('lost');
  });

  test('half an install is resumed', async () => {
    const portal = portalOf();
    const [crm, plan] = await planned(portal, 'installed');
    await crm.schema!.apply(plan.changes.slice(0, 5));
    const rest = await crm.schema!.plan('installed');
    expect(names(rest)).toEqual(names(plan).slice(5));
  });

  test('a property of the same name and another type is refused with the difference, and left alone', async () => {
    const portal = portalOf();
    post(portal.emulator, '/crm/properties/2026-03/companies', {
      ...{
        name: 'holdfast_health_score',
        label: 'Mine',
        type: 'string',
        fieldType: 'text',
        groupName: 'companyinformation',
      },
    });
    const [crm, plan] = await planned(portal, 'installed');
    expect(plan.refusals).toMatchObject([{ severity: 'error', code: 'field-type' }]);
    expect(plan.refusals[0]?.message).toContain('is of type string, ours is number');
    expect(names(plan)).not.toContain('create company holdfast_health_score');
    expect((await crm.check(null)).map((problem) => problem.code)).toContain('field-type');
    const forced = {
      id: 'x',
      action: 'create',
      what: 'property',
      object: 'company',
      name: 'holdfast_health_score',
    } as const;
    const [, result] = await crm.schema!.apply([plan.changes[0]!, forced]);
    expect(result).toMatchObject({ status: 'failed', error: { code: 'conflict' } });
  });

  test('an archived name comes back from the archive with the options that it lacks', async () => {
    const portal = portalOf();
    const [crm, plan] = await planned(portal, 'installed');
    await crm.schema!.apply(plan.changes);
    const band = portal.emulator.state.tables.get('0-2')?.properties.get('holdfast_health_band');
    band!.options = band!.options.slice(0, 2);
    band!.archivedAt = portal.clock.now();
    const again = await crm.schema!.plan('installed');
    expect(again.changes).toMatchObject([
      { name: 'holdfast_health_band', what: 'property, brought back from the archive' },
    ]);
    await crm.schema!.apply(again.changes);
    expect(band!.options.map((option) => option.value)).toEqual(['healthy', 'watch', 'at_risk', 'not_scored']);
  });

  test('T61 on a portal with little room the minimal set comes first, and what is left out is named', async () => {
    const portal = portalOf({ tier: 'free', propertyLimit: 4 });
    const [crm, plan] = await planned(portal, 'installed');
    const companies = plan.changes.filter((change) => change.object === 'company' && change.what === 'property');
    expect(companies.map((change) => change.name)).toEqual([
      ...['holdfast_health_score', 'holdfast_health_band', 'holdfast_reasons', 'holdfast_excluded'],
    ]);
    expect(plan.refusals).toMatchObject([{ severity: 'warning', code: 'property-limit' }]);
    expect(plan.refusals[0]?.message).toContain('holdfast_revenue_at_risk');
    expect(done(await crm.schema!.apply(plan.changes))).toBe(plan.changes.length);
  });
});

describe('the pair of labels "Referred by" and "Referred"', () => {
  const LABELS = '/crm/associations/2026-03/contacts/contacts/labels';
  const labelsOf = ({ emulator }: TestPortal) =>
    [...emulator.state.associationTypes.values()]
      .flatMap(({ label }) => label ?? [])
      .filter((it) => /Referred/.test(it));
  const label = (plan: SchemaPlan) => plan.changes.filter(({ object }) => object === 'contact-contact');

  test('is made where the subscription has labels; from then on who referred whom is read, and tied', async () => {
    const portal = portalOf();
    const [crm, plan] = await planned(portal, 'installed');
    expect(crm.capabilities.write.referralLink?.create).toMatch(/"Referred by" .*: run "holdfast install"$/);
    expect(label(plan)).toMatchObject([{ action: 'create', what: 'pair of labels', name: 'Referred by' }]);
    await crm.schema!.apply(plan.changes);
    expect(labelsOf(portal)).toEqual(['Referred by', 'Referred']);
    const { read, write } = (await portal.connect()).capabilities;
    expect([read.referralLink === undefined, write.referralLink?.create]).toEqual([false, true]);
  });

  test('below Professional there is none: two people are tied plainly, and nothing is read from it', async () => {
    const portal = portalOf({ tier: 'starter' });
    const [crm, plan] = await planned(portal, 'installed');
    expect(label(plan)).toEqual([]);
    expect([crm.capabilities.read.referralLink, crm.capabilities.write.referralLink?.create]).toEqual([
      undefined,
      true,
    ]);
  });

  test("the portal's own, by the name that the configuration gives: made where it is missing, never removed", async () => {
    const portal = portalOf();
    const crm = await portal.connect({ referralLabel: 'Sent by' });
    const plan = await crm.schema!.plan('installed');
    expect(label(plan)).toMatchObject([{ name: 'Sent by' }]);
    await crm.schema!.apply(plan.changes);
    expect(label(await crm.schema!.plan('installed'))).toEqual([]);
    expect(label(await crm.schema!.plan('removed'))).toEqual([]);
  });

  test('ties somebody: it stays when the rest is removed, and that is said', async () => {
    const portal = portalOf();
    const made = post(portal.emulator, LABELS, { name: 'r', label: 'Referred by', inverseLabel: 'Referred' });
    const [{ typeId } = { typeId: 0 }] = made['results'] as { typeId: number }[];
    const [ada = '', ned = ''] = ['ada', 'ned'].map((it) =>
      portal.emulator.create('contacts', { email: `${it}@example.com` }),
    );
    expect(label((await planned(portal, 'installed'))[1])).toEqual([]);
    portal.emulator.link('contacts', ned, 'contacts', ada, typeId);
    const [crm, plan] = await planned(portal, 'removed');
    expect([label(plan), plan.refusals]).toEqual([[], []]);
    expect(plan.uses).toEqual([expect.stringContaining('ties people to who referred them, so it stays')]);
    portal.emulator.unlink('contacts', ned, 'contacts', ada, typeId);
    const removal = await crm.schema!.plan('removed');
    expect(label(removal)).toMatchObject([{ action: 'remove', name: 'Referred by' }]);
    expect(done(await crm.schema!.apply(removal.changes))).toBe(removal.changes.length);
    expect(labelsOf(portal)).toEqual([]);
  });
});

describe('T62 uninstall', () => {
  test('removes what is ours, keeps what people typed, and names the formula that uses a property', async () => {
    const portal = portalOf();
    installByHand(portal.emulator);
    post(portal.emulator, '/crm/properties/2026-03/companies', {
      ...{ name: 'score_doubled', label: 'Doubled', type: 'number', fieldType: 'calculation_equation' },
      ...{ groupName: 'companyinformation', calculationFormula: 'holdfast_health_score * 2' },
    });
    portal.emulator.create('companies', { name: 'Ada', holdfast_manager_view: 'bad' });
    const [crm, plan] = await planned(portal, 'removed');
    expect(plan.refusals).toMatchObject([{ severity: 'warning', code: 'typed-values' }]);
    expect(plan.uses).toEqual([
      'The calculated property score_doubled of company uses holdfast_health_score: HubSpot refuses to remove it.',
    ]);
    const results = await crm.schema!.apply(plan.changes);
    const failed = results.filter((result) => result.status === 'failed');
    expect(failed.map(({ id }) => id)).toEqual(['company/property/holdfast_health_score']);
    const left = [...(portal.emulator.state.tables.get('0-2')?.properties.values() ?? [])]
      .filter((property) => property.name.startsWith('holdfast_') && property.archivedAt === undefined)
      .map((property) => property.name);
    expect(left.sort()).toEqual(['holdfast_health_score', 'holdfast_manager_view']);
  });

  test('after an install it leaves nothing, and again there is nothing to do', async () => {
    const portal = portalOf();
    const [crm, plan] = await planned(portal, 'installed');
    await crm.schema!.apply(plan.changes);
    const removal = await crm.schema!.plan('removed');
    expect(removal.changes).toHaveLength(plan.changes.length);
    expect(done(await crm.schema!.apply(removal.changes))).toBe(plan.changes.length);
    expect((await crm.schema!.plan('removed')).changes).toEqual([]);
  });
});
