/** The API version that every call names. A dated version is supported for 18 months; this one until September 2027. */
export const API_VERSION = '2026-03';

/**
 * The client speaks the v3 and v4 paths only; the dated path of each, first match wins.
 * Source: HubSpot's list of date-versioned APIs.
 */
const DATED: readonly (readonly [RegExp, string])[] = [
  [/^\/crm\/v[34]\/objects\//, '/crm/objects/{version}/'],
  [/^\/crm\/v4\/associations\//, '/crm/associations/{version}/'],
  [/^\/crm\/associations\/v4\//, '/crm/associations/{version}/'],
  [/^\/crm\/v3\/properties\//, '/crm/properties/{version}/'],
  [/^\/crm\/v3\/pipelines\//, '/crm/pipelines/{version}/'],
  [/^\/crm-object-schemas\/v3\/schemas(?=\/|$)/, '/crm-object-schemas/{version}/schemas'],
  [/^\/crm\/v3\/owners(?=\/|$)/, '/crm/owners/{version}'],
  [/^\/oauth\/v[13]\/token$/, '/oauth/{version}/token'],
];

/**
 * Addresses for which the client has no typed method. They are reached by a typed GET whose path is replaced here, so
 * that every request passes the same transport.
 */
export const BARE_PATHS = {
  account: '/account-info/{version}/details',
  propertyLimits: '/crm/limits/{version}/custom-properties',
} as const;
export type BarePath = keyof typeof BARE_PATHS;

/** The dated path, with `{version}` still in it; throws on a path that is not in the table. */
export function datedPath(path: string): string {
  const bare = path.replace(/\/$/, '');
  for (const [pattern, replacement] of DATED) {
    if (pattern.test(bare)) return bare.replace(pattern, replacement);
  }
  throw new TypeError(`No dated path is known for ${path}`);
}

/** The path as call events name it: ids and property names replaced, `{version}` kept. */
export function routeOf(path: string): string {
  return path
    .replace(/\/\d+(?=\/|$)/g, '/{id}')
    .replace(/^(\/crm\/properties\/\{version\}\/[^/]+\/groups)\/.+$/, '$1/{name}')
    .replace(/^(\/crm\/properties\/\{version\}\/[^/]+)\/(?!groups(\/|$)|batch\/).+$/, '$1/{name}');
}
