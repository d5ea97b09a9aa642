import {
  type CrmEvent,
  type EntityName,
  type Id,
  type Money,
  parseId,
  qualifyId,
  type WritableEntity,
} from '@holdfast/core';
import { hubspot } from '@holdfast/hubspot';
import {
  createHubSpot,
  type Emulator,
  type HubSpotTier,
  inProcess,
  type FaultKind as WireFault,
} from '@holdfast/sandbox';
import { type ConformanceWorld, createTestClock, type EnteredRecord, type FaultKind } from '@holdfast/testkit';
import { installByHand, installReferralsByHand, post } from './installed-fields.ts';

const TOKEN = 'pat-canary-0c0ffee0-secret';

/** Object of the API for each entity, spelled by hand. */
const OBJECTS: { readonly [E in EntityName]?: readonly [path: string, singular: string] } = {
  account: ['companies', 'company'],
  contact: ['contacts', 'contact'],
  opportunity: ['deals', 'deal'],
  order: ['orders', 'order'],
  orderLine: ['line_items', 'line_item'],
  ticket: ['tickets', 'ticket'],
  activity: ['notes', 'note'],
  surveyResponse: ['feedback_submissions', 'feedback_submission'],
  task: ['tasks', 'task'],
  note: ['notes', 'note'],
};

/** What the wire does for each fault that the sandbox knows; the others are acted out below. */
const WIRE: { readonly [F in FaultKind]?: WireFault } = {
  'wrong-token': 'token-expired',
  'rate-limit': 'rate-limit-burst',
  'daily-limit': 'rate-limit-daily',
  'server-error': 'server-error-before',
  'lost-answer': 'drop-after',
  'no-answer': 'hang',
};

/** An empty emulated portal with our fields installed, as far as the tier has room, driven as a person would. */
export async function openWorld(tier: HubSpotTier = 'enterprise'): Promise<ConformanceWorld> {
  const clock = createTestClock();
  const all = { scopes: 'all' } as const;
  const tokens = { [TOKEN]: all, 'sandbox-token': all };
  // several connections of one test share an instant that stands still, so only the burst limit keeps its real size
  const emulator = createHubSpot({
    tier,
    clock,
    tokens,
    customFields: {},
    indexLagMs: 200_000,
    limits: { search: 500 },
  });
  if (tier !== 'free') installByHand(emulator);
  if (tier === 'enterprise') installReferralsByHand(emulator);
  const label = { name: 'referred_by', label: 'Referred by', inverseLabel: 'Referred' };
  if (tier !== 'free') post(emulator, '/crm/associations/2026-03/contacts/contacts/labels', label);
  const events: CrmEvent[] = [];
  const refused = new Set<string>();
  let fault: FaultKind | null = null;
  let left = 0;
  const take = () => {
    left -= 1;
    return left < 0 ? null : fault;
  };
  const acted: Emulator = {
    ...emulator,
    handle(request) {
      const isLink = request.path.endsWith('/associate/default');
      if (fault === 'link-lost') return isLink && take() ? html(503) : emulator.handle(request);
      const isPage = request.method === 'GET' ? request.path.includes('/objects/') : request.path.endsWith('/search');
      if (fault === 'empty-page' && isPage && take()) return json(200, emptyPage(request.query));
      if (fault === 'missing-permission' && take()) return json(403, MISSING_SCOPES);
      if (fault === 'garbage' && take()) return html(200);
      const answer = refusingSome(emulator, request, refused);
      if (request.path.endsWith('/tasks/batch/archive')) freeKeys(emulator);
      return answer;
    },
  };
  const way = inProcess({
    emulator: acted,
    faults: { next: () => (fault !== null && WIRE[fault] !== undefined && take() ? WIRE[fault] : undefined) },
  });
  return {
    clock,
    secrets: [TOKEN],
    events,
    connect: () =>
      hubspot.connect(
        { token: TOKEN, baseUrl: way.origin, httpAgent: way.httpAgent, notes: true },
        { clock, random: () => 0.5, log: (event) => void events.push(event) },
      ),
    advance: async (ms) => clock.advance(ms),
    create: async (entity, record) => {
      if (entity === 'owner') return createOwner(emulator, record as EnteredRecord<'owner'>, clock.now());
      const [path, singular] = OBJECTS[entity] as readonly [string, string];
      const accountId = (record as EnteredRecord<'opportunity'>).accountId;
      const links = accountId ? [{ object: 'companies', id: parseId(accountId).nativeId }] : [];
      return qualifyId(
        singular,
        emulator.create(path, { ...defaultsOf(entity, clock.now()), ...typed(entity, record) }, links),
      );
    },
    edit: async (entity, id, fields) => {
      if (entity === 'owner') return editOwner(emulator, id, fields as EnteredRecord<'owner'>, clock.now());
      const change = entity in TOUCHED ? { [TOUCHED[entity] as string]: String(Math.random()) } : {};
      emulator.edit(pathOf(entity), native(id), { ...change, ...typed(entity, fields) });
    },
    remove: async (entity, id) => {
      if (entity === 'owner') removeOwner(emulator, id);
      else emulator.archive(pathOf(entity), native(id));
    },
    restore: async (entity, id) => emulator.restore(pathOf(entity), native(id)),
    merge: async (entity, winner, loser) =>
      qualifyId(parseId(winner).object, emulator.merge(pathOf(entity), native(winner), native(loser))),
    link: async (relation, from, to) => link(emulator, relation, 'link', from, to),
    unlink: async (relation, from, to) => link(emulator, relation, 'unlink', from, to),
    corrupt: async (entity, id) =>
      emulator.edit(pathOf(entity), native(id), { [SPOILT[entity as WritableEntity]]: 'no such option' }),
    refuse: async (_entity, id) => void refused.add(native(id)),
    count: async (entity) => emulator.ids(pathOf(entity)).length,
    failNext: async (kind, calls = 1) => {
      [fault, left] = [kind, calls];
    },
    heal: async () => {
      fault = null;
    },
    close: async () => way.close(),
  };
}

const SPOILT: Readonly<Record<WritableEntity, string>> = {
  account: 'holdfast_health_band',
  contact: 'holdfast_advocate_status',
  opportunity: 'holdfast_referral_state',
  lead: 'holdfast_referral_state',
  task: 'hs_timestamp',
  note: 'hs_timestamp',
  referral: 'state',
  referralLink: '',
};
/** A property to touch where an edit names no field. */
const TOUCHED: { readonly [E in EntityName]?: string } = {
  order: 'hs_external_order_id',
  orderLine: 'hs_sku',
  activity: 'hs_note_body',
  surveyResponse: 'hs_content',
};

const FIELDS: Readonly<Record<string, string>> = {
  'account.name': 'name',
  'account.domain': 'domain',
  'account.healthScore': 'holdfast_health_score',
  'account.healthBand': 'holdfast_health_band',
  'account.bandSince': 'holdfast_band_since',
  'account.mainReason': 'holdfast_main_reason',
  'account.reasons': 'holdfast_reasons',
  'account.nextStep': 'holdfast_next_step',
  'account.revenueAtRisk': 'holdfast_revenue_at_risk',
  'account.churnProbability': 'holdfast_churn_probability',
  'account.confidence': 'holdfast_confidence',
  'contact.email': 'email',
  'contact.advocateStatus': 'holdfast_advocate_status',
  'contact.lastAskedOn': 'holdfast_last_asked_on',
  'contact.referralsWon': 'holdfast_referrals_won',
  'opportunity.name': 'dealname',
  'opportunity.referralState': 'holdfast_referral_state',
  'opportunity.referralCredit': 'holdfast_referral_credit',
  'ticket.subject': 'subject',
};

/** Values as a person leaves them in HubSpot: everything is text; 0.12 is 12 %, money is in major units. */
function typed(entity: EntityName, record: object): Record<string, string | null> {
  const properties: Record<string, string | null> = {};
  for (const [field, value] of Object.entries(record)) {
    if (entity === 'contact' && field === 'name') {
      const [first = '', ...rest] = String(value).split(' ');
      Object.assign(properties, { firstname: first, lastname: rest.join(' ') });
    }
    const name = FIELDS[`${entity}.${field}`];
    if (name !== undefined) properties[name] = value === null ? '' : textOf(value);
  }
  return properties;
}

function textOf(value: unknown): string {
  if (typeof value !== 'object') return String(value);
  const { minor } = value as Money;
  return `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
}

function defaultsOf(entity: EntityName, now: number): Record<string, string> {
  const at = new Date(now).toISOString();
  const defaults: { readonly [E in EntityName]?: Record<string, string> } = {
    opportunity: { pipeline: 'default', dealstage: 'qualifiedtobuy' },
    order: { hs_order_name: 'Order' },
    orderLine: { name: 'Line', quantity: '1', price: '10' },
    ticket: { hs_pipeline: '0', hs_pipeline_stage: '1' },
    activity: { hs_timestamp: at },
    surveyResponse: { hs_survey_type: 'NPS', hs_value: '9', hs_submission_timestamp: at },
  };
  return defaults[entity] ?? {};
}

type Portal = ReturnType<typeof createHubSpot>;

function createOwner(emulator: Portal, record: EnteredRecord<'owner'>, now: number): Id {
  const number = 70_000 + emulator.state.owners.length;
  const [firstName = '', lastName = ''] = (record.name ?? '').split(' ');
  const owner = { id: String(number), userId: number + 1, email: record.email ?? '', firstName, lastName };
  (emulator.state.owners as object[]).push({ ...owner, createdAt: now, updatedAt: now, archived: false });
  return `owner:${number}`;
}

function editOwner(emulator: Portal, id: Id, record: EnteredRecord<'owner'>, now: number): void {
  const owners = emulator.state.owners as { id: string }[];
  const place = owners.findIndex((owner) => owner.id === native(id));
  const [firstName = '', lastName = ''] = (record.name ?? '').split(' ');
  owners[place] = { ...owners[place], firstName, lastName, updatedAt: now } as { id: string };
}

function removeOwner(emulator: Portal, id: Id): void {
  const owners = emulator.state.owners as { id: string }[];
  owners.splice(
    owners.findIndex((owner) => owner.id === native(id)),
    1,
  );
}

function link(emulator: Portal, relation: string, act: 'link' | 'unlink', from: Id, to: Id): void {
  const [a, b] = [native(from), native(to)];
  if (relation === 'contactRole') emulator[act]('contacts', b, 'companies', a, act === 'link' ? 279 : undefined);
  else if (relation === 'accountParent') emulator[act]('companies', a, 'companies', b, 14);
  else emulator[act]('contacts', b, 'contacts', a, referredBy(emulator));
}

/** Type id of the label, seen from the one who was referred; without labels of the plain link. */
function referredBy(emulator: Portal): number {
  const types = [...emulator.state.associationTypes.values()];
  return types.find((type) => type.label === 'Referred by')?.typeId ?? 449;
}

/** A rule of the portal that refuses every change to some records, told per item as HubSpot tells it. */
function refusingSome(
  emulator: Portal,
  request: Parameters<Emulator['handle']>[0],
  refused: ReadonlySet<string>,
): ReturnType<Emulator['handle']> {
  if (refused.size === 0 || !request.path.endsWith('/batch/update')) return emulator.handle(request);
  const body = JSON.parse(request.body) as { inputs: { id: string }[] };
  const inputs = body.inputs.filter(({ id }) => !refused.has(id));
  const held = body.inputs.filter(({ id }) => refused.has(id));
  const answer = emulator.handle({ ...request, body: JSON.stringify({ ...body, inputs }) });
  const errors = held.map(({ id }) => ({
    ...{ status: 'error', category: 'VALIDATION_ERROR', message: 'A rule refuses it', context: { id: [id] } },
    errors: [
      { code: 'MISSING_REQUIRED_PROPERTY', message: 'A rule refuses it', context: { propertyName: ['industry'] } },
    ],
  }));
  const whole = JSON.parse(String(answer.body)) as { errors?: object[] };
  return json(207, { ...whole, numErrors: errors.length, errors: [...(whole.errors ?? []), ...errors] });
}

/** A deleted record gives its unique values free; the emulator keeps them taken. */
function freeKeys(emulator: Portal): void {
  const tasks = emulator.state.tables.get('0-27');
  const held = tasks?.unique.get('holdfast_key') ?? new Map<string, number>();
  for (const [key, id] of held) if (tasks?.records.get(id)?.current.archivedAt !== undefined) held.delete(key);
}

const MISSING_SCOPES = {
  ...{ status: 'error', category: 'MISSING_SCOPES', message: 'Scopes are missing' },
  errors: [{ message: 'Needed', context: { requiredGranularScopes: ['crm.objects.companies.read'] } }],
};

function emptyPage(query: URLSearchParams): object {
  return { results: [], paging: { next: { after: query.get('after') ?? '0' } } };
}

function json(status: number, body: object): ReturnType<Emulator['handle']> {
  return { status, headers: { 'content-type': 'application/json;charset=utf-8' }, body: JSON.stringify(body) };
}

function html(status: number): ReturnType<Emulator['handle']> {
  return { status, headers: { 'content-type': 'text/html' }, body: '<html><body>Something else</body></html>' };
}

function pathOf(entity: EntityName): string {
  return OBJECTS[entity]?.[0] ?? '';
}

function native(id: Id): string {
  return parseId(id).nativeId;
}
