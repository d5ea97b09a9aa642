import type { EnvVar } from '@holdfast/core';
import { entitySchemas } from '@holdfast/core/model';
import type { buildConnector } from 'undici';
import * as z from 'zod';
import { isUsableAddress } from './host.ts';
import { objectsSchema, overlaySchema } from './overlay.ts';

const address = z.string().refine(isUsableAddress, 'must be an https address');
// a token goes into a header as it is: a line break in it would be another header
const secret = z.string().regex(/^[\x21-\x7e]+$/, 'must be one line without spaces');
/**
 * How to reach an org: either a My Domain address with an app's client id and secret (or a refresh token), or an
 * instance address with an access token. `fields` names the org's own fields where the standard ones do not hold
 * what is meant; `objects` names the objects that hold usage, surveys or referrals.
 */
export const salesforceOptions = z
  .strictObject({
    loginUrl: address.optional(),
    clientId: secret.optional(),
    clientSecret: secret.optional(),
    refreshToken: secret.optional(),
    instanceUrl: address.optional(),
    accessToken: secret.optional(),
    /** ISO 4217 code of the org's currency, where the org does not tell. */
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
    /** Entities to probe and read; all when left out. Fewer need fewer permissions. */
    entities: z.array(z.enum(Object.keys(entitySchemas) as (keyof typeof entitySchemas)[])).optional(),
    /** Whether notes are written on timelines; without it nothing of them is read or asked for. */
    notes: z.boolean().optional(),
    /** By entity: domain field to the org's field, `{ account: { renewalOn: 'Renewal_Date__c' } }`. */
    fields: overlaySchema.optional(),
    /** Objects of the org's own: `{ usage: { object: 'Usage__c', fields: { accountId: 'Account__c', ... } } }`. */
    objects: objectsSchema.optional(),
    /** Milliseconds without an answer before a call is given up; 180,000 unless said. Salesforce ends a query at 120,000. */
    timeoutMs: z.number().int().positive().optional(),
    /** A refresh token that Salesforce has replaced: keep it, the old one no longer works. */
    onRefreshToken: z.custom<(refreshToken: string) => void>((value) => typeof value === 'function').optional(),
    /** How to open a connection (undici's `connect`), for a server in the same process. */
    connector: z.custom<buildConnector.connector>((value) => typeof value === 'function').optional(),
  })
  .refine((options) => hasLogin(options) || hasToken(options), {
    message: 'needs loginUrl, clientId and clientSecret, or instanceUrl and accessToken',
  });

/** See `salesforceOptions`. */
export type SalesforceOptions = z.infer<typeof salesforceOptions>;

/** Where the options come from when they are not in the config. */
export const env: readonly EnvVar[] = [
  {
    variable: 'SALESFORCE_LOGIN_URL',
    option: 'loginUrl',
    secret: false,
    required: true,
    help: 'the My Domain address, https://NAME.my.salesforce.com',
  },
  {
    variable: 'SALESFORCE_CLIENT_ID',
    option: 'clientId',
    secret: false,
    required: true,
    help: "the External Client App's consumer key",
  },
  {
    variable: 'SALESFORCE_CLIENT_SECRET',
    option: 'clientSecret',
    secret: true,
    required: true,
    help: "the External Client App's consumer secret",
  },
  {
    variable: 'SALESFORCE_REFRESH_TOKEN',
    option: 'refreshToken',
    secret: true,
    required: false,
    help: 'a refresh token, instead of client credentials',
  },
  {
    variable: 'SALESFORCE_INSTANCE_URL',
    option: 'instanceUrl',
    secret: false,
    required: false,
    help: 'the instance address, with an access token instead of an app',
  },
  {
    variable: 'SALESFORCE_ACCESS_TOKEN',
    option: 'accessToken',
    secret: true,
    required: false,
    help: 'an access token; it is not renewed when it expires',
  },
];

interface Credentials {
  readonly loginUrl?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  readonly refreshToken?: string | undefined;
  readonly instanceUrl?: string | undefined;
  readonly accessToken?: string | undefined;
}

/** Whether a session can be opened, and renewed when it is refused. */
export function hasLogin(options: Credentials): boolean {
  return Boolean(options.loginUrl && options.clientId && (options.clientSecret || options.refreshToken));
}

function hasToken(options: Credentials): boolean {
  return Boolean(options.instanceUrl && options.accessToken);
}
