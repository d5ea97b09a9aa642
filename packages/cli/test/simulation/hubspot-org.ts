import { type Id, parseId, qualifyId } from '@holdfast/core';
import { hubspot } from '@holdfast/hubspot';
import { createHubSpot, type EmulatedRequest, type EmulatedResponse, type HubSpotEmulator } from '@holdfast/sandbox';
import { installByHand, post } from '../../../hubspot/test/installed-fields.ts';
import type { PersonEntity, SentValue, SimOrg, TrueTask } from './sim-org.ts';
import type { SimSettings } from './sim-settings.ts';

const OBJECTS: Readonly<Record<PersonEntity, readonly [path: string, singular: string]>> = {
  account: ['companies', 'company'],
  contact: ['contacts', 'contact'],
  opportunity: ['deals', 'deal'],
};

/** HubSpot's names, spelled by hand. */
const FIELDS: Readonly<Record<string, string>> = {
  'account.name': 'name',
  'account.healthScore': 'holdfast_health_score',
  'account.nextStep': 'holdfast_next_step',
  'contact.name': 'firstname',
  'contact.referralsWon': 'holdfast_referrals_won',
  'opportunity.name': 'dealname',
  'opportunity.referralState': 'holdfast_referral_state',
  'task.subject': 'hs_task_subject',
};

const OAUTH = { clientId: 'sim-app', clientSecret: 'sim-secret', refreshToken: 'sim-refresh' };

const READ_FAULTS = [
  'rate-limit-burst',
  'rate-limit-search',
  'rate-limit-daily',
  'rate-limit-html',
  'server-error-before',
  'bad-gateway-html',
  'drop-before',
  'drop-after',
  'truncate',
  'token-expired',
  'token-malformed',
] as const;

/** An emulated HubSpot portal with our fields, its search index behind by up to the seed's lag. */
export function hubspotOrg(settings: SimSettings, clock: { now(): number }, seed: number): SimOrg {
  const emulator = createHubSpot({
    tier: 'enterprise',
    clock,
    seed,
    customFields: {},
    indexLagMs: settings.lagMs,
    oauth: { ...OAUTH, scopes: 'all' },
  });
  installByHand(emulator);
  const path = (entity: PersonEntity) => OBJECTS[entity][0];
  const native = (id: Id) => parseId(id).nativeId;
  return {
    crm: 'hubspot',
    emulator,
    entities: settings.entities,
    lagMs: settings.lagMs,
    faults: {
      reads: READ_FAULTS,
      writes: [...READ_FAULTS, 'server-error-after', 'server-error-after', 'drop-after', 'truncate', 'locked'],
    },
    create(entity, name, accountId) {
      const extra = entity === 'opportunity' ? { pipeline: 'default', dealstage: 'qualifiedtobuy' } : {};
      const links = accountId === null ? [] : [{ object: 'companies', id: native(accountId) }];
      const properties = { [FIELDS[`${entity}.name`] as string]: name, hubspot_owner_id: '71', ...extra };
      return qualifyId(OBJECTS[entity][1], emulator.create(path(entity), properties, links));
    },
    edit: (entity, id, field, value) =>
      emulator.edit(path(entity), native(id), { [FIELDS[`${entity}.${field}`] as string]: String(value) }),
    editLate: null,
    remove: (entity, id) => emulator.archive(path(entity), native(id)),
    restore: (entity, id) => emulator.restore(path(entity), native(id)),
    merge: (entity, winner, loser) =>
      qualifyId(OBJECTS[entity][1], emulator.merge(path(entity), native(winner), native(loser))),
    relate: (contactId, accountId, on) =>
      on
        ? emulator.link('contacts', native(contactId), 'companies', native(accountId), 279)
        : emulator.unlink('contacts', native(contactId), 'companies', native(accountId)),
    editTask() {
      const [id] = emulator.ids('tasks');
      if (id !== undefined) emulator.edit('tasks', id, { hs_task_body: 'Done by phone' });
      return id !== undefined;
    },
    mischief: () => null,
    live: (entity) =>
      emulator.ids(path(entity)).map((id) => {
        const seen = emulator.get(path(entity), id);
        const value = (field: string) => seen?.properties[FIELDS[`${entity}.${field}`] ?? ''] || null;
        return {
          id: qualifyId(OBJECTS[entity][1], id),
          updatedAt: seen?.updatedAt ?? 0,
          fields: FIELDS_OF[entity](value),
        };
      }),
    roles: () =>
      linksOf(emulator, 'contacts', 'companies').map(([contact, company]) => `company:${company} contact:${contact}`),
    tasks: () => tasksOf(emulator),
    journalId: (object, id) => qualifyId(SINGULAR[object] ?? object, id),
    vendorField: (entity, field) => FIELDS[`${entity}.${field}`] ?? field,
    ownerField: 'hubspot_owner_id',
    handle: (request, pageSize) => dated(emulator.handle(smallPage(request, pageSize)), clock.now()),
    isWrite: (method, url) =>
      method === 'POST' && /\/batch\/(update|upsert|create|archive|associate\/default)$/.test(url),
    isLogin: (url) => url.startsWith('/oauth/'),
    sentValues,
    wrongWrite: (request) =>
      request.headers['authorization']?.startsWith('Bearer ') ? null : 'a write without a token',
    connect: (way, context) =>
      hubspot.connect(
        {
          ...(settings.login === 'token' ? { token: 'sandbox-token' } : { oauth: OAUTH }),
          baseUrl: way.origin,
          httpAgent: way.httpAgent,
          entities: settings.entities,
        },
        context,
      ),
  };
}

const SINGULAR: Readonly<Record<string, string>> = {
  companies: 'company',
  contacts: 'contact',
  deals: 'deal',
  tasks: 'task',
};

type ValueOf = (field: string) => string | null;
const numberOf = (text: string | null) => (text === null ? null : Number(text));

const FIELDS_OF: Readonly<Record<PersonEntity, (value: ValueOf) => Record<string, string | number | null>>> = {
  account: (value) => ({
    name: value('name'),
    healthScore: numberOf(value('healthScore')),
    nextStep: value('nextStep'),
  }),
  contact: (value) => ({ name: value('name'), referralsWon: numberOf(value('referralsWon')) }),
  opportunity: (value) => ({ name: value('name'), referralState: value('referralState') }),
};

/** The emulator serves as many records as are asked for; asking for fewer makes the pages small. */
function smallPage(request: EmulatedRequest, pageSize: number): EmulatedRequest {
  if (request.method === 'GET' && request.query.has('limit') && request.path.includes('/objects/')) {
    const query = new URLSearchParams(request.query);
    query.set('limit', String(Math.min(pageSize, Number(query.get('limit')))));
    return { ...request, query };
  }
  if (!request.path.endsWith('/search')) return request;
  const body = JSON.parse(request.body) as { readonly limit?: number };
  return { ...request, body: JSON.stringify({ ...body, limit: Math.min(pageSize, body.limit ?? 10) }) };
}

/** HubSpot's own clock stands on every answer; without it Node's HTTP server writes the machine's. */
function dated(response: EmulatedResponse, now: number): EmulatedResponse {
  return { ...response, headers: { ...response.headers, date: new Date(now).toUTCString() } };
}

/** Linked pairs of live records, asked of the portal's own API. */
function linksOf(emulator: HubSpotEmulator, from: string, to: string): readonly (readonly [string, string])[] {
  const inputs = emulator.ids(from).map((id) => ({ id }));
  if (inputs.length === 0) return [];
  const { results } = post(emulator, `/crm/associations/2026-03/${from}/${to}/batch/read`, { inputs }) as {
    readonly results: readonly {
      readonly from: { readonly id: string };
      readonly to: readonly { readonly toObjectId: number }[];
    }[];
  };
  const live = new Set(emulator.ids(to));
  return results.flatMap((result) =>
    result.to
      .map((end) => String(end.toObjectId))
      .filter((end) => live.has(end))
      .map((end) => [String(result.from.id), end] as const),
  );
}

function tasksOf(emulator: HubSpotEmulator): readonly TrueTask[] {
  const links = linksOf(emulator, 'tasks', 'companies');
  return emulator.ids('tasks').map((id) => ({
    id: qualifyId('task', id),
    subject: emulator.get('tasks', id)?.properties['hs_task_subject'] ?? null,
    accountIds: links.filter(([task]) => task === id).map(([, company]) => qualifyId('company', company)),
  }));
}

/** One record of a batch, told by its id or key, or by the caller's own mark where it has neither yet. */
interface Input {
  readonly id?: string;
  readonly objectWriteTraceId?: string;
  readonly properties?: Readonly<Record<string, string>>;
}

function sentValues(request: EmulatedRequest): readonly SentValue[] {
  const object = /\/objects\/[^/]+\/([^/]+)\/batch\/(?:update|upsert|create)$/.exec(request.path)?.[1];
  if (object === undefined) return [];
  const { inputs } = JSON.parse(request.body) as {
    readonly inputs: readonly Input[];
  };
  return inputs.flatMap(({ id, objectWriteTraceId, properties = {} }) =>
    Object.entries(properties).map(([field, value]) => ({
      target: `${object} ${id ?? objectWriteTraceId}`,
      field,
      value,
    })),
  );
}
