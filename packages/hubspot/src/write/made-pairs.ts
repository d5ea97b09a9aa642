import { asArray, asId, asObject } from '../json.ts';

/** The pairs, `from to` by HubSpot's ids, that an answer confirms: an error names no pair that can be relied on. */
export function madePairs(reply: { readonly body: Readonly<Record<string, unknown>> }): ReadonlySet<string> {
  return new Set(
    asArray(reply.body['results']).map((raw) => {
      const { from, to, fromObjectId, toObjectId } = asObject(raw);
      return `${asId(asObject(from)['id'] ?? fromObjectId)} ${asId(asObject(to)['id'] ?? toObjectId)}`;
    }),
  );
}
