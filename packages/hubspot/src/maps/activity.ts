import type { Activity, EntityMap, Source } from '@holdfast/core';
import { held, idOf, instant } from '../codecs.ts';
import { constant, field, fields, linksTo, linkTo } from './rules.ts';

const DIRECTIONS: Readonly<Record<string, Activity['direction']>> = {
  INBOUND: 'inbound',
  INCOMING_EMAIL: 'inbound',
  OUTBOUND: 'outbound',
  EMAIL: 'outbound',
  FORWARDED_EMAIL: 'outbound',
};

const noDirection = constant<Activity['direction']>(null);
/** Which way it went, from a property in HubSpot's words. */
export const directionFrom = (name: string) =>
  fields([name], (raw): Activity['direction'] => DIRECTIONS[held(raw[name]) ?? ''] ?? null);

const common = (kind: Activity['kind'], direction: Source<'activity'>['fields']['direction']) => ({
  object: kind,
  fields: {
    createdAt: field('hs_createdate', instant),
    updatedAt: field('hs_lastmodifieddate', instant),
    accountId: linkTo('account'),
    contactIds: linksTo('contact'),
    ownerId: field('hubspot_owner_id', idOf('owner')),
    kind: constant(kind),
    direction,
    occurredAt: field('hs_timestamp', instant),
    // a record of ours carries our key; the property exists on tasks only, and only once installed
    byUs: fields(['holdfast_key'], (raw) => held(raw['holdfast_key']) !== null),
  },
});

/** An activity is one of five HubSpot objects. */
export const activity = {
  sources: [
    common('call', directionFrom('hs_call_direction')),
    common('email', directionFrom('hs_email_direction')),
    common('meeting', noDirection),
    common('note', noDirection),
    common('task', noDirection),
  ],
} as const satisfies EntityMap<'activity'>;
