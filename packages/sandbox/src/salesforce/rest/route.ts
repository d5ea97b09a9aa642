import type { EmulatedRequest } from '../../server/emulator.ts';
import type { Call, Reply } from '../org.ts';

/** A request inside the API: its path below `/services/data/vXX.X`, decoded segment by segment. */
export interface Inner {
  readonly method: string;
  readonly path: string;
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  /** Parsed JSON of the body; undefined when there is none. */
  readonly json: unknown;
  /** The body as it came. */
  readonly raw: string;
}

/** Answers a request that matched a route; `match` are the path's variable segments. */
export type Handler = (call: Call, request: Inner, match: readonly string[]) => Reply;

/** A route: `GET /sobjects/{object}/describe`. */
export interface Route {
  readonly method: string;
  readonly template: string;
  readonly handler: Handler;
}

/** Declares a route. */
export const route = (method: string, template: string, handler: Handler): Route => ({ method, template, handler });

/** The variable segments when the path fits the template; undefined otherwise. A last `{+rest}` takes all remaining segments. */
export function matchRoute(template: string, segments: readonly string[]): readonly string[] | undefined {
  const parts = template.split('/').filter((part) => part !== '');
  const open = parts.at(-1)?.startsWith('{+') === true;
  if (open ? segments.length < parts.length : segments.length !== parts.length) return undefined;
  const found: string[] = [];
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] as string;
    if (part.startsWith('{+')) found.push(segments.slice(index).join('/'));
    else if (part.startsWith('{')) found.push(segment);
    else if (part.toLowerCase() !== segment.toLowerCase()) return undefined;
  }
  return found;
}

/** Splits a path into decoded segments; a broken escape stays as it is. */
export const segmentsOf = (path: string): readonly string[] =>
  path
    .split('/')
    .filter((part) => part !== '')
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    });

/** Form fields of an `application/x-www-form-urlencoded` body. */
export const formOf = (request: EmulatedRequest): URLSearchParams => new URLSearchParams(request.body);
