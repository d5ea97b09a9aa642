import { CrmError } from '@holdfast/core';
import type { CallOptions, HubSpotClient } from './client.ts';
import { held } from './codecs.ts';
import { asArray, asId, asObject } from './json.ts';
import { HIDDEN_OF_MAILS } from './maps/mail-parties.ts';
import { hubspotObject } from './objects.ts';
import { listPage, resultsOf, search } from './requests.ts';
import type { PropertyInfo } from './session.ts';

/** The properties of one object by name. */
export async function readProperties(
  client: HubSpotClient,
  object: string,
  call: CallOptions,
): Promise<ReadonlyMap<string, PropertyInfo>> {
  const { path } = hubspotObject(object);
  const reply = await client.call(call, {}, ({ crm }) => crm.properties.coreApi.getAll(path, false));
  return new Map(
    resultsOf(reply)
      .map((raw) => propertyInfo(asObject(raw)))
      .map((info) => [info.name, info]),
  );
}

/** A property of an answer, as far as we use it. */
export function propertyInfo(raw: Readonly<Record<string, unknown>>): PropertyInfo {
  const word = (key: string) => (typeof raw[key] === 'string' ? (raw[key] as string) : '');
  return {
    name: word('name'),
    label: word('label'),
    type: word('type'),
    fieldType: word('fieldType'),
    groupName: word('groupName'),
    hasUniqueValue: raw['hasUniqueValue'] === true,
    options: asArray(raw['options'])
      .map(asObject)
      .filter((option) => option['archived'] !== true)
      .map((option) => ({ value: String(option['value'] ?? ''), label: String(option['label'] ?? '') })),
    calculationFormula: word('calculationFormula') || null,
  };
}

/** One pipeline with its stages; `meaning` is HubSpot's own word, where it has one. */
export interface PipelineInfo {
  readonly id: string;
  readonly label: string;
  readonly stages: readonly {
    readonly id: string;
    readonly label: string;
    readonly meaning: 'open' | 'won' | 'lost' | 'closed' | null;
  }[];
}

/** The pipelines of deals, tickets or orders. */
export async function readPipelines(
  client: HubSpotClient,
  object: string,
  call: CallOptions,
): Promise<readonly PipelineInfo[]> {
  const { path } = hubspotObject(object);
  const reply = await client.call(call, {}, ({ crm }) => crm.pipelines.pipelinesApi.getAll(path));
  return resultsOf(reply).map((raw) => {
    const pipeline = asObject(raw);
    const stages = asArray(pipeline['stages'])
      .map(asObject)
      .filter((stage) => stage['archived'] !== true);
    return {
      id: String(pipeline['id']),
      label: String(pipeline['label'] ?? pipeline['id']),
      stages: stages.map((stage) => ({
        id: String(stage['id']),
        label: String(stage['label'] ?? stage['id']),
        meaning: stageMeaning(asObject(stage['metadata'])),
      })),
    };
  });
}

/** Stage metadata are texts: `{ isClosed: "true", probability: "1.0" }` of deals, `{ ticketState: "CLOSED" }` of tickets. */
function stageMeaning(metadata: Readonly<Record<string, unknown>>): PipelineInfo['stages'][number]['meaning'] {
  if (metadata['ticketState'] !== undefined) return metadata['ticketState'] === 'CLOSED' ? 'closed' : 'open';
  if (metadata['isClosed'] === undefined) return null;
  if (metadata['isClosed'] !== 'true') return 'open';
  if (metadata['probability'] === undefined) return 'closed';
  return Number(metadata['probability']) === 1 ? 'won' : 'lost';
}

/** Type id of the named label between two contacts, seen from the one who was referred; `null` where there is none. */
export async function referralLabel(client: HubSpotClient, label: string, call: CallOptions): Promise<number | null> {
  const reply = await client.call(call, {}, ({ crm }) =>
    crm.associations.v4.schema.definitionsApi.getAll('contacts', 'contacts'),
  );
  const wanted = label.trim().toLowerCase();
  const found = resultsOf(reply)
    .map(asObject)
    .find((type) => type['category'] === 'USER_DEFINED' && String(type['label'] ?? '').toLowerCase() === wanted);
  return found === undefined ? null : Number(found['typeId']);
}

/**
 * Whether the token is told who took part in mails: without the scope `sales-email-read` HubSpot serves mails with their
 * content emptied, so that of a hundred none says anything. A portal without mails hides nothing.
 */
export async function showsMailParties(client: HubSpotClient, call: CallOptions): Promise<boolean> {
  const page = { properties: HIDDEN_OF_MAILS, associations: [], archived: false };
  const mails = resultsOf(await listPage(client, hubspotObject('email').path, page, call));
  const says = (raw: unknown) =>
    HIDDEN_OF_MAILS.some((name) => held(asObject(asObject(raw)['properties'])[name]) !== null);
  if (mails.length === 0 || mails.some(says)) return true;
  // the oldest may have been logged by hand, without any: one that has them is looked for
  const filters = [{ propertyName: 'hs_email_headers', operator: 'HAS_PROPERTY' }] as const;
  const { path } = hubspotObject('email');
  const query = { filters, properties: HIDDEN_OF_MAILS, limit: 1 };
  return resultsOf(await search(client, path, query, call)).some(says);
}

/** The portal: who it is, where its days begin, what its money is. */
export interface Portal {
  readonly id: string;
  readonly kind: 'production' | 'sandbox' | 'developer' | 'unknown';
  readonly timeZone: string;
  readonly currency: string;
}

const KINDS: Readonly<Record<string, Portal['kind']>> = {
  STANDARD: 'production',
  SANDBOX: 'sandbox',
  DEVELOPER_TEST: 'developer',
  APP_DEVELOPER: 'developer',
};

/** Reads the portal's details; throws `protocol` when the answer names no portal. */
export async function readPortal(client: HubSpotClient, call: CallOptions): Promise<Portal> {
  const { body } = await client.get('account', call);
  const id = asId(body['portalId']);
  if (id === null) throw new CrmError('protocol', 'HubSpot did not say which portal this is: try again.');
  return {
    id,
    kind: KINDS[String(body['accountType'])] ?? 'unknown',
    timeZone: zoneOf(body['timeZone']),
    currency: String(body['companyCurrency'] ?? 'USD').toUpperCase(),
  };
}

function zoneOf(raw: unknown): string {
  const zone = typeof raw === 'string' && raw !== '' ? raw : 'UTC';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
