import { CrmError, REFERRAL_OBJECT, type SchemaChange, type SchemaPlan } from '@holdfast/core';
import type { Client } from '@hubspot/api-client';
import type { CallOptions, HubSpotClient } from '../client.ts';
import { nativeIdOf } from '../decode.ts';
import { asObject } from '../json.ts';
import { hubspotObject } from '../objects.ts';
import { readProperties } from '../probe.ts';
import { REFERRAL_LINKS, REFERRAL_OBJECT_NAME, REFERRAL_PROPERTIES, readReferralLabels } from '../referral-links.ts';
import { listPage, resultsOf } from '../requests.ts';
import { differsFrom, otherType } from './compare.ts';
import { orAlready } from './or-already.ts';
import { definitionOf, type Wanted, wantedOf } from './wanted.ts';

type ObjectEgg = Parameters<Client['crm']['schemas']['coreApi']['create']>[0];

const { path } = hubspotObject(REFERRAL_OBJECT_NAME);
const GROUP = `${REFERRAL_OBJECT_NAME}_information`;
const PROPERTIES: readonly Wanted[] = REFERRAL_PROPERTIES.map(({ stem, label, help, type }) =>
  wantedOf(REFERRAL_OBJECT_NAME, stem, label, help, type as Parameters<typeof wantedOf>[4]),
);
const LABELLED = REFERRAL_LINKS.flatMap(({ object, label }) => (label === null ? [] : [{ object, label }]));

const change = (action: SchemaChange['action'], what: string, name: string): SchemaChange => ({
  id: `${REFERRAL_OBJECT_NAME}/${what.startsWith('object') ? 'object' : what}/${name}`,
  ...{ action, what, object: REFERRAL_OBJECT_NAME, name },
});
const nothing: SchemaPlan = { changes: [], refusals: [], uses: [] };

/** Our own object, where the subscription has custom objects and the token may see them; elsewhere nothing is planned. */
export async function planReferral(
  client: HubSpotClient,
  target: 'installed' | 'removed',
  call: CallOptions,
): Promise<SchemaPlan> {
  const exists = await isThere(client, call);
  if (exists === null || (target === 'removed' && !exists)) return nothing;
  if (target === 'removed')
    return { ...nothing, changes: [change('remove', 'object with its records', REFERRAL_OBJECT_NAME)] };
  const labels = exists ? await readReferralLabels(client, call) : new Map();
  const missing = LABELLED.filter(({ label }) => !labels.has(label));
  const links = missing.map(({ label }) => change('create', 'label', label));
  if (!exists) return { ...nothing, changes: [change('create', 'object', REFERRAL_OBJECT_NAME), ...links] };
  const live = await readProperties(client, REFERRAL_OBJECT_NAME, call);
  const foreign = PROPERTIES.flatMap((wanted) => {
    const found = live.get(wanted.name);
    const difference = found === undefined ? null : differsFrom(wanted, found);
    return difference === null ? [] : [otherType(wanted, difference)];
  });
  const absent = PROPERTIES.filter(({ name }) => !live.has(name));
  return {
    ...nothing,
    changes: [...absent.map(({ name }) => change('create', 'property', name)), ...links],
    refusals: foreign,
  };
}

/** Whether the object exists; `null` where the portal or the token has no custom objects. */
async function isThere(client: HubSpotClient, call: CallOptions): Promise<boolean | null> {
  try {
    const reply = await client.call(call, {}, ({ crm }) => crm.schemas.coreApi.getAll(false));
    return resultsOf(reply).some((raw) => asObject(raw)['name'] === REFERRAL_OBJECT_NAME);
  } catch (error) {
    if (error instanceof CrmError && (error.code === 'permission' || error.code === 'not-found')) return null;
    throw error;
  }
}

/** Carries out one change of the plan. */
export async function applyReferral(client: HubSpotClient, planned: SchemaChange, call: CallOptions): Promise<void> {
  if (planned.action === 'remove') return remove(client, call);
  if (planned.name === REFERRAL_OBJECT_NAME) return create(client, call);
  const labelled = LABELLED.find(({ label }) => label === planned.name);
  if (labelled !== undefined) return createLabel(client, labelled, call);
  const wanted = PROPERTIES.find(({ name }) => name === planned.name);
  if (wanted === undefined) throw new CrmError('invalid', `${planned.name} is not of ours: plan anew.`);
  await orAlready('conflict', () =>
    client.call(call, { writes: true }, ({ crm }) => crm.properties.coreApi.create(path, definitionOf(wanted, GROUP))),
  );
}

async function create(client: HubSpotClient, call: CallOptions): Promise<void> {
  const egg = {
    name: REFERRAL_OBJECT_NAME,
    labels: { singular: REFERRAL_OBJECT.label, plural: REFERRAL_OBJECT.plural },
    description: REFERRAL_OBJECT.help,
    primaryDisplayProperty: 'holdfast_key',
    requiredProperties: ['holdfast_key'],
    searchableProperties: ['holdfast_key'],
    associatedObjects: ['CONTACT', 'COMPANY', 'DEAL'],
    // a custom object's first group is made with it and named by HubSpot
    properties: PROPERTIES.map((wanted) => ({ ...definitionOf(wanted, GROUP), groupName: undefined })),
  } as unknown as ObjectEgg;
  const made = await orAlready('conflict', () =>
    client.call(call, { writes: true }, ({ crm }) => crm.schemas.coreApi.create(egg)),
  );
  if (made !== null || (await isThere(client, call))) return;
  throw new CrmError(
    'conflict',
    `A deleted object named ${REFERRAL_OBJECT_NAME} stands in the way: delete it for good in the settings, then install again.`,
  );
}

async function createLabel(
  client: HubSpotClient,
  { object, label }: (typeof LABELLED)[number],
  call: CallOptions,
): Promise<void> {
  const name = `holdfast_${label.toLowerCase().replaceAll(' ', '_')}`;
  await orAlready('conflict', () =>
    client.call(call, { writes: true }, ({ crm }) =>
      crm.associations.v4.schema.definitionsApi.create(path, hubspotObject(object).path, { name, label }),
    ),
  );
}

/** HubSpot deletes an object only without records, and frees its name only once the deleted schema is deleted too. */
async function remove(client: HubSpotClient, call: CallOptions): Promise<void> {
  for (let before = ''; ; ) {
    const page = await listPage(
      client,
      path,
      { properties: ['hs_object_id'], associations: [], archived: false },
      call,
    );
    const ids = resultsOf(page).flatMap((raw) => nativeIdOf(raw) ?? []);
    if (ids.length === 0) break;
    if (ids.join() === before)
      throw new CrmError('protocol', 'HubSpot goes on listing archived referrals: try again later.', {
        retryable: true,
      });
    before = ids.join();
    await client.call(call, { writes: true, batch: true }, ({ crm }) =>
      crm.objects.batchApi.archive(path, { inputs: ids.map((id) => ({ id })) }),
    );
  }
  for (const forGood of [false, true])
    await orAlready('not-found', () =>
      client.call(call, { writes: true }, ({ crm }) => crm.schemas.coreApi.archive(path, forGood)),
    );
}
