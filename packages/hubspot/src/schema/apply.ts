import { CrmError, type SchemaChange, type SchemaResult } from '@holdfast/core';
import type { Client } from '@hubspot/api-client';
import type { CallOptions, HubSpotClient } from '../client.ts';
import { hubspotObject } from '../objects.ts';
import { propertyInfo } from '../probe.ts';
import { REFERRAL_OBJECT_NAME } from '../referral-links.ts';
import type { PropertyInfo, Session } from '../session.ts';
import { differsFrom, missingOptions, otherType } from './compare.ts';
import { orAlready } from './or-already.ts';
import { applyReferralLabel, CONTACT_PAIR } from './referral-label.ts';
import { applyReferral } from './referral-object.ts';
import { definitionOf, GROUP, optionInputs, type WantedProperty, wantedProperties } from './wanted.ts';

type CoreApi = Client['crm']['properties']['coreApi'];
type PropertyUpdate = Parameters<CoreApi['update']>[2];

/** Carries out planned changes one by one; each has its own result, and one that fails stops no other. */
export async function applySchema(
  session: Session,
  changes: readonly SchemaChange[],
  signal: AbortSignal | undefined,
): Promise<readonly SchemaResult[]> {
  const call: CallOptions = { purpose: 'schema', signal };
  const results: SchemaResult[] = [];
  for (const change of changes) {
    try {
      await applyOne(session, change, call);
      results.push({ id: change.id, status: 'done' });
    } catch (error) {
      if (!(error instanceof CrmError) || error.code === 'auth' || error.exhausted) throw error;
      results.push({ id: change.id, status: 'failed', error });
    }
  }
  return results;
}

async function applyOne(session: Session, change: SchemaChange, call: CallOptions): Promise<void> {
  const { client } = session;
  if (change.object === CONTACT_PAIR) return applyReferralLabel(session, change, call);
  if (change.object === REFERRAL_OBJECT_NAME) return applyReferral(client, change, call);
  const { path } = hubspotObject(change.object);
  if (change.name === GROUP.name) return applyGroup(client, path, change.action, call);
  const wanted = wantedProperties(true).find((one) => one.object === change.object && one.name === change.name);
  if (wanted === undefined) throw new CrmError('invalid', `${change.name} is not a property of ours: plan anew.`);
  if (change.action === 'remove') {
    await orAlready('not-found', () =>
      client.call(call, { writes: true }, ({ crm }) => crm.properties.coreApi.archive(path, wanted.name)),
    );
    return;
  }
  const found =
    change.action === 'create' ? await create(client, path, wanted, call) : await read(client, path, wanted, call);
  const difference = differsFrom(wanted, found);
  if (difference !== null) throw new CrmError('conflict', otherType(wanted, difference).message);
  if (missingOptions(wanted, found).length > 0) await addOptions(client, path, wanted, found, call);
}

async function applyGroup(
  client: HubSpotClient,
  path: string,
  action: SchemaChange['action'],
  call: CallOptions,
): Promise<void> {
  if (action === 'remove') {
    await orAlready('not-found', () =>
      client.call(call, { writes: true }, ({ crm }) => crm.properties.groupsApi.archive(path, GROUP.name)),
    );
    return;
  }
  await orAlready('conflict', () =>
    client.call(call, { writes: true }, ({ crm }) =>
      crm.properties.groupsApi.create(path, { ...GROUP, displayOrder: -1 }),
    ),
  );
}

/** Makes the property, or finds the one that stands there; an archived name comes back as it was (T58). */
async function create(
  client: HubSpotClient,
  path: string,
  wanted: WantedProperty,
  call: CallOptions,
): Promise<PropertyInfo> {
  const reply = await orAlready('conflict', () =>
    client.call(call, { writes: true }, ({ crm }) =>
      crm.properties.coreApi.create(path, definitionOf(wanted, GROUP.name)),
    ),
  );
  return reply === null ? read(client, path, wanted, call) : propertyInfo(reply.body);
}

async function read(
  client: HubSpotClient,
  path: string,
  wanted: WantedProperty,
  call: CallOptions,
): Promise<PropertyInfo> {
  const reply = await client.call(call, {}, ({ crm }) => crm.properties.coreApi.getByName(path, wanted.name));
  return propertyInfo(reply.body);
}

/** A list of options replaces the whole list, so what people added is sent along. */
async function addOptions(
  client: HubSpotClient,
  path: string,
  wanted: WantedProperty,
  found: PropertyInfo,
  call: CallOptions,
): Promise<void> {
  const missing = missingOptions(wanted, found);
  const added = wanted.options.filter((option) => missing.includes(option.value));
  const update = { options: optionInputs([...found.options, ...added]) } as unknown as PropertyUpdate;
  await client.call(call, { writes: true }, ({ crm }) => crm.properties.coreApi.update(path, wanted.name, update));
}
