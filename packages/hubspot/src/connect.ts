import {
  type ConnectContext,
  type CrmCapabilities,
  CrmError,
  type EntityCapability,
  type EntityName,
  type Maps,
  OWNED_FIELDS,
  REFERRAL_FIELDS,
  type WritableEntity,
  type WriteCapability,
} from '@holdfast/core';
import { entitySchemas } from '@holdfast/core/model';
import { type CallOptions, createClient, type HubSpotClient } from './client.ts';
import { linkWriting } from './link-writing.ts';
import { hubspotObject, OBJECTS } from './objects.ts';
import type { ConnectOptions } from './options.ts';
import { overlaidMaps } from './overlaid-maps.ts';
import {
  type PipelineInfo,
  readPipelines,
  readPortal,
  readProperties,
  referralLabel,
  showsMailParties,
} from './probe.ts';
import { historyCapability } from './read/history-plan.ts';
import { BATCH_READ } from './read/ids.ts';
import { KEY_PROPERTY } from './read/keys.ts';
import { LINKS_PER_READ } from './read/links.ts';
import { OWNERS_PER_PAGE } from './read/owners.ts';
import { isRelation, RELATIONS } from './read/relations.ts';
import { SEARCH_LIMIT } from './read/search-page.ts';
import { REFERRAL_LINKS, REFERRAL_OBJECT_NAME, REFERRAL_PROPERTIES, readReferralLabels } from './referral-links.ts';
import type { PropertyInfo, Schema, Session } from './session.ts';
import { type SourcePlan, sourcePlans, withLabels } from './source-plan.ts';
import { vocabulary } from './vocabulary.ts';

/** Search shows a change seconds to minutes late (HubSpot's documentation names no bound). */
const INDEX_LAG_MS = 5 * 60_000;
const NO_REFERRALS =
  'The portal has no object holdfast_referral, or the token may not see it: run "holdfast install" where the subscription has custom objects (Enterprise, scopes crm.objects.custom and crm.schemas.custom); elsewhere the deal carries state and credit, and the label between two contacts who referred whom';
const NOTES_OFF = 'Notes on timelines are switched off: say since when with "notes" in the configuration';
const HIDDEN_MAILS =
  'No mail shows who wrote to whom: the token lacks the scope sales-email-read, or all mails were logged by hand; introductions by mail cannot be seen, which does not mean that there were none';
const NO_LABELS =
  'Association labels need Professional: here two contacts are tied plainly, which does not say who referred whom, so nothing is read from it';
/** The tiers without association labels (HubSpot's limits guide: Professional and above have them). */
const BASIC = 'Free or Starter';
const ENTITIES = Object.keys(entitySchemas) as EntityName[];
const WRITABLE = [
  'account',
  'contact',
  'opportunity',
  'task',
  'note',
  'referral',
] as const satisfies readonly WritableEntity[];

/** What was found out about a portal's objects; a refused object carries the reason. */
interface Probed {
  readonly schema: Schema;
  readonly refused: ReadonlyMap<string, string>;
  readonly pipelines: ReadonlyMap<string, readonly PipelineInfo[]>;
  readonly ownersRefused: string | null;
  /** Why nobody is told who took part in mails. */
  readonly mailsRefused: string | null;
  readonly referral: number | string;
  readonly referralLabels: ReadonlyMap<string, number>;
}

/**
 * Connects: asks the portal who it is, what its objects look like and which of them the token may read. A 403 or 404 on
 * an object makes its entities unavailable with the reason; any other failure ends the attempt, so that a bad moment is
 * never taken for a missing feature.
 */
export async function openSession(options: ConnectOptions, context: ConnectContext): Promise<Session> {
  const client = await createClient(options, context);
  try {
    const call: CallOptions = { purpose: 'connect', signal: context.signal };
    const portal = await readPortal(client, call);
    const maps = overlaidMaps(options.fields);
    const wanted = wantedEntities(options);
    const probed = await probe(client, maps, wanted, options.referralLabel, call);
    const codec = { currency: portal.currency, timeZone: portal.timeZone };
    const plans = Object.fromEntries(
      [...wanted].map((entity) => {
        const labels = new Set(probed.referralLabels.keys());
        return [entity, sourcePlans(entity, maps, probed.schema, codec).map((plan) => withLabels(plan, labels))];
      }),
    ) as { readonly [E in EntityName]?: readonly SourcePlan[] };
    const capabilities: CrmCapabilities = {
      crm: 'hubspot',
      org: { ...portal, name: `HubSpot portal ${portal.id}`, edition: edition(client.budget().limit) },
      ...readable(wanted, maps, plans, probed),
      write: writable(wanted, probed, hasLabels(client)),
      vocabulary: vocabulary(maps, probed.schema, probed.pipelines),
      budget: client.budget(),
    };
    const referralTypeId = typeof probed.referral === 'number' ? probed.referral : null;
    const { schema, referralLabels } = probed;
    const { clock } = context;
    const { notes, referralLabel } = options;
    return {
      ...{ client, clock, codec, maps, schema, plans, notes, capabilities },
      ...{ referralLabel, hasLabels: hasLabels(client), referralTypeId, referralLabels },
    };
  } catch (error) {
    client.close();
    throw error;
  }
}

/** Notes have a switch of their own. */
function wantedEntities({ entities = ENTITIES, notes }: ConnectOptions): ReadonlySet<EntityName> {
  return new Set([...entities.filter((it) => it !== 'note'), ...(notes ? (['note'] as const) : [])]);
}

async function probe(
  client: HubSpotClient,
  maps: Maps,
  wanted: ReadonlySet<EntityName>,
  label: string,
  call: CallOptions,
): Promise<Probed> {
  const schema = new Map<string, ReadonlyMap<string, PropertyInfo>>();
  const refused = new Map<string, string>();
  for (const object of objectsOf(maps, wanted)) {
    const found = await orReason(() => readProperties(client, object, call));
    if (typeof found === 'string') refused.set(object, `${found} (scope ${hubspotObject(object).readScope})`);
    else schema.set(object, found);
  }
  const pipelines = new Map<string, readonly PipelineInfo[]>();
  for (const object of ['deal', 'ticket']) {
    const found = schema.has(object) ? await orReason(() => readPipelines(client, object, call)) : '';
    if (typeof found !== 'string') pipelines.set(object, found);
  }
  const owners = wanted.has('owner') ? await orReason(() => ownersPage(client, call)) : null;
  const referral =
    wanted.has('referralLink') && schema.has('contact')
      ? await labelOrReason(client, label, hasLabels(client), call)
      : '';
  const ownersRefused = typeof owners === 'string' ? owners : null;
  const shows = !wanted.has('mailParties') || !schema.has('email') || (await showsMailParties(client, call));
  const mailsRefused = shows ? null : HIDDEN_MAILS;
  const referralLabels = schema.has(REFERRAL_OBJECT_NAME) ? await readReferralLabels(client, call) : new Map();
  return { schema, refused, pipelines, ownersRefused, mailsRefused, referral, referralLabels };
}

function objectsOf(maps: Maps, wanted: ReadonlySet<EntityName>): readonly string[] {
  const objects = [...wanted].flatMap((entity) => {
    const map = maps[entity];
    if (isRelation(entity)) return [RELATIONS[entity].from, RELATIONS[entity].to];
    return 'unavailable' in map ? [] : map.sources.map((source) => source.object);
  });
  return [...new Set(objects)].filter((object) => object in OBJECTS);
}

function ownersPage(client: HubSpotClient, call: CallOptions): Promise<unknown> {
  return client.call(call, {}, ({ crm }) => crm.owners.ownersApi.getPage(undefined, undefined, 1, false));
}

async function labelOrReason(
  client: HubSpotClient,
  label: string,
  tierHasLabels: boolean,
  call: CallOptions,
): Promise<number | string> {
  const found = await orReason(() => referralLabel(client, label, call));
  if (found !== null) return found;
  return tierHasLabels
    ? `The portal has no association label "${label}" between contacts: run "holdfast install"`
    : NO_LABELS;
}

/** The reason in place of the answer, where HubSpot says that the feature or the permission is not there. */
async function orReason<T>(ask: () => Promise<T>): Promise<T | string> {
  try {
    return await ask();
  } catch (error) {
    const isAbsent = error instanceof CrmError && (error.code === 'permission' || error.code === 'not-found');
    // "Unable to infer object type": the portal does not know the object at all
    const isUnknown = error instanceof CrmError && error.code === 'invalid';
    if (isAbsent || isUnknown) return error.message.replace(/\.$/, '');
    throw error;
  }
}

function readable(
  wanted: ReadonlySet<EntityName>,
  maps: Maps,
  plans: Session['plans'],
  probed: Probed,
): Pick<CrmCapabilities, 'read' | 'unavailable'> {
  const read: { [E in EntityName]?: EntityCapability } = {};
  const unavailable: { [E in EntityName]?: string } = {};
  for (const entity of ENTITIES) {
    const reason = wanted.has(entity)
      ? reasonAgainst(entity, maps, plans, probed)
      : entity === 'note'
        ? NOTES_OFF
        : 'Left out by the option "entities" of the configuration';
    if (reason !== null) unavailable[entity] = reason;
    else read[entity] = entity === 'fieldChange' ? historyCapability(plans) : capability(entity, plans[entity] ?? []);
  }
  return { read, unavailable };
}

function reasonAgainst(entity: EntityName, maps: Maps, plans: Session['plans'], probed: Probed): string | null {
  const map = maps[entity];
  if ('unavailable' in map) return map.unavailable;
  if (entity === 'owner') return probed.ownersRefused;
  if (entity === 'mailParties' && probed.mailsRefused !== null) return probed.mailsRefused;
  if (entity === 'fieldChange') {
    return plans.account === undefined ? 'It is read with accounts, which are not read here' : null;
  }
  if (isRelation(entity)) {
    const { from, to } = RELATIONS[entity];
    const blocked = probed.refused.get(from) ?? probed.refused.get(to);
    if (blocked !== undefined) return blocked;
    return entity === 'referralLink' && typeof probed.referral === 'string' ? probed.referral : null;
  }
  const plan = plans[entity]?.[0];
  if (plan === undefined && entity === 'referral') return NO_REFERRALS;
  if (plan === undefined) return probed.refused.get(map.sources[0]?.object ?? '') ?? 'HubSpot does not offer it here';
  if (plan.onlyWith !== null && !plan.properties.includes(plan.onlyWith)) {
    return `The property ${plan.onlyWith} is not installed: run "holdfast install"`;
  }
  return null;
}

function capability(entity: EntityName, plans: readonly SourcePlan[]): EntityCapability {
  const common = { indexLagMs: 0, clockResolutionMs: 1, changes: 'sweep', deletions: 'sweep' } as const;
  if (isRelation(entity)) {
    const pageSize = { all: LINKS_PER_READ, changed: LINKS_PER_READ, ids: LINKS_PER_READ };
    return { ...common, of: RELATIONS[entity].of, pageSize, missing: undated(entity) };
  }
  if (entity === 'owner') {
    const pageSize = { all: OWNERS_PER_PAGE, changed: OWNERS_PER_PAGE, ids: OWNERS_PER_PAGE };
    return { ...common, pageSize, missing: {} };
  }
  const all = plans[0]?.onlyWith == null ? 100 : SEARCH_LIMIT;
  return {
    changes: 'modified',
    pageSize: { all, changed: SEARCH_LIMIT, ids: BATCH_READ },
    indexLagMs: INDEX_LAG_MS,
    clockResolutionMs: 1,
    // a mail or meeting that goes is told of as a touch
    deletions: entity === 'mailParties' || entity === 'meetingParties' ? 'sweep' : 'list',
    missing: missingEverywhere(plans),
  };
}

function undated(entity: EntityName): Readonly<Record<string, string>> {
  const reason = 'Associations have no dates in HubSpot';
  const dates = { createdAt: reason, updatedAt: reason };
  return entity === 'referralLink' ? { ...dates, claimedAt: reason } : dates;
}

function missingEverywhere(plans: readonly SourcePlan[]): Readonly<Record<string, string>> {
  const [first, ...others] = plans;
  const entries = Object.entries(first?.missing ?? {});
  return Object.fromEntries(entries.filter(([field]) => others.every((plan) => field in plan.missing)));
}

function writable(
  wanted: ReadonlySet<EntityName>,
  { schema, referral, referralLabels }: Probed,
  tierHasLabels: boolean,
): CrmCapabilities['write'] {
  const write: { [E in WritableEntity]?: WriteCapability } = {};
  const objects = {
    ...({ account: 'company', contact: 'contact', opportunity: 'deal', task: 'task', note: 'note' } as const),
    referral: REFERRAL_OBJECT_NAME,
  };
  for (const entity of WRITABLE) {
    const present = schema.get(objects[entity]);
    if (!wanted.has(entity) || present === undefined) continue;
    if (entity === 'referral') {
      write[entity] = referralWriting(present, referralLabels);
      continue;
    }
    const owned = OWNED_FIELDS.filter((field) => field.entity === entity && field.writer === 'holdfast');
    const fields =
      entity === 'task' || entity === 'note'
        ? OWN_ACTIVITY_FIELDS[entity]
        : owned.filter((field) => present.has(`holdfast_${field.stem}`)).map((field) => field.field);
    const create =
      entity === 'task' || entity === 'note' ? creation(entity, present) : 'Holdfast creates no such records';
    write[entity] = { batchSize: 100, fields, create };
  }
  if (wanted.has('referralLink') && schema.has('contact'))
    write.referralLink = linkWriting(write.referral, tierHasLabels, referral);
  return write;
}

function referralWriting(
  present: ReadonlyMap<string, PropertyInfo>,
  labels: ReadonlyMap<string, number>,
): WriteCapability {
  const properties = REFERRAL_PROPERTIES.filter(
    ({ field, stem }) => REFERRAL_FIELDS.includes(field) && present.has(stem),
  );
  const links = REFERRAL_LINKS.filter(({ label }) => label === null || labels.has(label));
  const isUnique = present.get(KEY_PROPERTY)?.hasUniqueValue === true;
  return {
    batchSize: 100,
    fields: [...properties, ...links].map(({ field }) => field),
    create: isUnique || `The object holdfast_referral has no unique property ${KEY_PROPERTY}: run "holdfast install"`,
  };
}

const OWN_ACTIVITY_FIELDS = { task: ['subject', 'body', 'dueOn', 'ownerId'], note: ['body', 'occurredOn'] } as const;

function creation(entity: 'task' | 'note', present: ReadonlyMap<string, PropertyInfo>): true | string {
  const key = present.get(KEY_PROPERTY);
  if (key === undefined)
    return `The unique property ${KEY_PROPERTY} of ${entity}s is not installed: run "holdfast install"`;
  return (
    key.hasUniqueValue || `The property ${KEY_PROPERTY} of ${entity}s is not unique, so ${entity}s could be made twice`
  );
}

/** Known once HubSpot has answered for the first time. */
function hasLabels(client: HubSpotClient): boolean {
  return edition(client.budget().limit) !== BASIC;
}

/** The daily limit tells the tier: 250,000 up to Starter, 625,000 or 650,000 on Professional, 1,000,000 on Enterprise. */
function edition(dailyLimit: number | null): string {
  if (dailyLimit === null) return 'unknown';
  if (dailyLimit <= 250_000) return BASIC;
  return dailyLimit < 1_000_000 ? 'Professional' : 'Enterprise';
}
