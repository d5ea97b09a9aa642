import type { ApiVersion, Call, Reply } from './call.ts';

/** One endpoint, under its dated and its classic path. `{V}` stands for the dated version. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly dated: string;
  readonly classic: readonly string[];
  /** Dated versions in which the endpoint is missing. */
  readonly absentIn?: readonly ApiVersion[];
  /** Scopes of which the token needs one. `{object}` is the object type's scope name. */
  readonly scopes: readonly string[];
  /** Counted by the search limiter instead of the burst limiter, and answered without limit headers. */
  readonly search?: boolean;
  /** Answered without a token. */
  readonly open?: boolean;
  readonly handle: (call: Call) => Reply;
}

/** A path template cut into segments, ready to match. */
export interface CompiledRoute {
  readonly route: Route;
  readonly segments: readonly string[];
  readonly dated: boolean;
}

/** A route that a path leads to. */
export interface Match {
  readonly route: Route;
  readonly version: ApiVersion;
  readonly params: Readonly<Record<string, string>>;
}

const datedVersions: readonly string[] = ['2025-09', '2026-03', '2026-09'];

/** Prepares a route table: by method and number of segments, literal paths before templates. */
export function compileRoutes(routes: readonly Route[]): Map<string, CompiledRoute[]> {
  const compiled = new Map<string, CompiledRoute[]>();
  for (const route of routes) {
    for (const template of [route.dated, ...route.classic]) {
      const segments = segmentsOf(template);
      const key = `${route.method} ${segments.length}`;
      compiled.set(key, [...(compiled.get(key) ?? []), { route, segments, dated: template === route.dated }]);
    }
  }
  for (const list of compiled.values()) list.sort((a, b) => literals(b) - literals(a));
  return compiled;
}

/** Finds the route for a path, or undefined: HubSpot answers that with an HTML page. */
export function matchRoute(table: Map<string, CompiledRoute[]>, method: string, path: string): Match | undefined {
  const parts = segmentsOf(path);
  for (const one of table.get(`${method} ${parts.length}`) ?? []) {
    const params = paramsOf(one.segments, parts);
    if (params === undefined) continue;
    const version = (one.dated ? params['V'] : 'classic') as ApiVersion;
    if (one.dated && !datedVersions.includes(version)) continue;
    if (one.route.absentIn?.includes(version)) continue;
    return { route: one.route, version, params };
  }
  return undefined;
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '');
}

function literals(one: CompiledRoute): number {
  return one.segments.filter((part) => !part.startsWith('{')).length;
}

function paramsOf(template: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (let i = 0; i < template.length; i += 1) {
    const [wanted, given] = [template[i] as string, parts[i] as string];
    if (wanted.startsWith('{')) params[wanted.slice(1, -1)] = decode(given);
    else if (wanted !== given) return undefined;
  }
  return params;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
