import type http from 'node:http';
import type { EnvVar } from '@holdfast/core';
import { entitySchemas } from '@holdfast/core/model';
import * as z from 'zod';
import { type Overlay, overlaySchema } from './overlay.ts';

/** The name that `install` gives the label between two contacts. */
export const REFERRAL_LABEL = 'Referred by';

const secret = z.string().trim().min(1);
const entityNames = Object.keys(entitySchemas) as (keyof typeof entitySchemas)[];

/** Everything that a connection may be told. */
export const hubspotOptions = z
  .strictObject({
    /** A service key or the token of an app with static authentication. */
    token: secret.optional(),
    /** Instead of a token: an OAuth app that serves many portals. */
    oauth: z.strictObject({ clientId: secret, clientSecret: secret, refreshToken: secret }).optional(),
    /** Where the API is; HubSpot's own address, or a sandbox. */
    baseUrl: z.string().default('https://api.hubapi.com'),
    /** Longest silence on a connection, in milliseconds. */
    timeoutMs: z.number().int().positive().default(60_000),
    /** Name of the association label between two contacts that says who referred whom. */
    referralLabel: z.string().trim().min(1).default(REFERRAL_LABEL),
    /** Entities to probe and read; all when left out. Fewer need fewer permissions. */
    entities: z.array(z.enum(entityNames)).optional(),
    /** Whether notes are written on timelines; without it nothing of them is read, asked for or installed. */
    notes: z.boolean().default(false),
    /** The portal's own properties for fields that HubSpot has no standard place for. */
    fields: overlaySchema.default({}),
    /** An agent to use instead of an own one; the caller closes it. */
    httpAgent: z
      .custom<http.Agent>((value) => typeof (value as { addRequest?: unknown } | null)?.addRequest === 'function')
      .optional(),
  })
  .refine((options) => (options.token === undefined) !== (options.oauth === undefined), {
    error: 'give HUBSPOT_TOKEN (a service key or app token), or the three OAuth values, not both',
    path: ['token'],
  });

/** Options with every default filled in. */
export type ConnectOptions = z.output<typeof hubspotOptions>;

/** What a configuration gives: the token (or OAuth client) is all that a usual portal needs. */
export interface HubSpotOptions {
  readonly token?: string | undefined;
  readonly oauth?:
    | { readonly clientId: string; readonly clientSecret: string; readonly refreshToken: string }
    | undefined;
  readonly baseUrl?: string | undefined;
  readonly timeoutMs?: number | undefined;
  readonly referralLabel?: string | undefined;
  readonly entities?: readonly (keyof typeof entitySchemas)[] | undefined;
  readonly notes?: boolean | undefined;
  readonly fields?: Overlay | undefined;
  readonly httpAgent?: http.Agent | undefined;
}

const variable = (name: string, option: string, isSecret: boolean, help: string, required = false): EnvVar => ({
  variable: name,
  option,
  secret: isSecret,
  required,
  help,
});

/** Where each option comes from in the environment. */
export const hubspotEnv: readonly EnvVar[] = [
  variable(
    'HUBSPOT_TOKEN',
    'token',
    true,
    'Service key (Development > Keys > Service keys), or the token of a private app with static authentication',
    true,
  ),
  variable('HUBSPOT_CLIENT_ID', 'oauth.clientId', false, 'OAuth instead of a token: the client id of your app'),
  variable('HUBSPOT_CLIENT_SECRET', 'oauth.clientSecret', true, 'OAuth: the client secret of your app'),
  variable('HUBSPOT_REFRESH_TOKEN', 'oauth.refreshToken', true, 'OAuth: the refresh token of the portal'),
  variable('HUBSPOT_BASE_URL', 'baseUrl', false, 'Another address of the API, for the sandbox'),
];
