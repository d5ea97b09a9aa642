import { type Call, ok, type Reply, tierRefusal } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import { reaches } from '../schema/object-type.ts';
import { pipelineLimits } from '../schema/pipeline.ts';
import { isoInstant } from '../state/values.ts';
import { propertyLimits } from '../write/define-property.ts';
import { labelLimit } from './labels.ts';

const limit = (rest: string) => ({
  method: 'GET' as const,
  dated: `/crm/limits/{V}/${rest}`,
  classic: [`/crm/v3/limits/${rest}`],
});

/** The limits endpoints refuse a token that may only see schemas. */
const limitScopes = ['crm.objects.companies.read', 'crm.objects.contacts.read', 'crm.objects.deals.read'];

/** The account itself and how much of it is left: what a caller probes its capabilities with. */
export const accountRoutes: readonly Route[] = [
  {
    method: 'GET',
    dated: '/account-info/{V}/details',
    classic: ['/account-info/v3/details'],
    scopes: [],
    handle: details,
  },
  {
    method: 'GET',
    dated: '/account-info/{V}/api-usage/daily/private-apps',
    classic: ['/account-info/v3/api-usage/daily/private-apps'],
    scopes: [],
    handle: usage,
  },
  { ...limit('custom-properties'), scopes: limitScopes, handle: customProperties },
  { ...limit('calculated-properties'), scopes: limitScopes, handle: calculatedProperties },
  { ...limit('custom-object-types'), scopes: limitScopes, handle: customObjectTypes },
  { ...limit('pipelines'), scopes: limitScopes, handle: pipelines },
  { ...limit('records'), scopes: limitScopes, handle: records },
  { ...limit('associations/labels'), scopes: limitScopes, handle: labels },
];

function details(call: Call): Reply {
  const { portal } = call;
  return ok({
    portalId: portal.portalId,
    accountType: portal.accountType,
    timeZone: portal.timeZone,
    companyCurrency: portal.currency,
    additionalCurrencies: Object.keys(portal.exchangeRates),
    utcOffset: utcOffset(portal.timeZone, call.at),
    utcOffsetMilliseconds: offsetMs(portal.timeZone, call.at),
    uiDomain: 'app-eu1.hubspot.com',
    dataHostingLocation: 'eu1',
  });
}

function offsetMs(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const [, sign, hours, minutes] =
    /GMT([+-])(\d+):(\d+)/.exec(parts.find((part) => part.type === 'timeZoneName')?.value ?? '') ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function utcOffset(timeZone: string, at: number): string {
  const minutes = Math.abs(offsetMs(timeZone, at)) / 60_000;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${offsetMs(timeZone, at) < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function usage(call: Call): Reply {
  const { limiter, limits } = call.rules;
  const day = 86_400_000;
  const offset = offsetMs(call.portal.timeZone, call.at);
  const resetsAt = (Math.floor((call.at + offset) / day) + 1) * day - offset;
  return ok({
    results: [
      {
        name: 'private-apps-api-calls-daily',
        usageLimit: limits.daily,
        currentUsage: limiter.usedToday,
        collectedAt: isoInstant(call.at),
        fetchStatus: 'SUCCESS',
        resetsAt: isoInstant(resetsAt),
      },
    ],
  });
}

function customProperties(call: Call): Reply {
  const { portal } = call;
  const most = portal.propertyLimit ?? propertyLimits[portal.tier];
  const byObjectType = [...portal.tables.values()].map((table) => ({
    objectTypeId: table.type.id,
    limit: most,
    usage: [...table.properties.values()].filter((one) => !one.hubspotDefined && one.archivedAt === undefined).length,
  }));
  const overallUsage = byObjectType.reduce((sum, one) => sum + one.usage, 0);
  return ok({ overallLimit: most * byObjectType.length, overallUsage, byObjectType });
}

function calculatedProperties(call: Call): Reply {
  if (!reaches(call.portal.tier, 'professional')) return ok({ limit: 0, usage: 0, byObjectType: [] });
  const all = [...call.portal.tables.values()].flatMap((table) => [...table.properties.values()]);
  return ok({
    limit: 25,
    usage: all.filter((one) => one.calculated && one.archivedAt === undefined).length,
    byObjectType: [],
  });
}

function customObjectTypes(call: Call): Reply {
  if (!reaches(call.portal.tier, 'enterprise')) throw tierRefusal('enterprise');
  return ok({ limit: 10, usage: [...call.portal.tables.keys()].filter((id) => id.startsWith('2-')).length });
}

function pipelines(call: Call): Reply {
  const most = pipelineLimits[call.portal.tier];
  const hubspotDefinedObjectTypes = [...call.portal.pipelines].map(([objectTypeId, list]) => ({
    objectTypeId,
    limit: most,
    usage: list.filter((one) => !one.archived).length,
  }));
  return ok({ hubspotDefinedObjectTypes, customObjectTypes: { limit: most, usage: 0 } });
}

function records(call: Call): Reply {
  const most = reaches(call.portal.tier, 'starter') ? 15_000_000 : 1_000_000;
  const rows = [...call.portal.tables.values()].map((table) => ({
    objectTypeId: table.type.id,
    limit: most,
    usage: table.ids.length,
  }));
  return ok({ hubspotDefinedObjectTypes: rows.filter((row) => row.objectTypeId.startsWith('0-')) });
}

/** Below Professional the answer is an empty allowance, not a refusal. */
function labels(call: Call): Reply {
  const has = reaches(call.portal.tier, 'professional');
  const counts = new Map<string, number>();
  for (const type of call.portal.associationTypes.values()) {
    const key = `${type.from} ${type.to}`;
    if (type.category === 'USER_DEFINED') counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const results = [...counts].map(([key, used]) => {
    const [fromObjectTypeId, toObjectTypeId] = key.split(' ');
    return { fromObjectTypeId, toObjectTypeId, limit: labelLimit, usage: used };
  });
  return ok({ limit: has ? labelLimit : 0, results });
}
