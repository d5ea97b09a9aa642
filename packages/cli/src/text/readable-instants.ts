import { formatInstant } from '@holdfast/core';

/** How instants are named in the house, and by the few words that stand alone. */
const INSTANT = /^(at|asOf|until|since)$|(At|Since|Until)$/;

/**
 * A value as `--json` prints it, with every instant as an ISO text in UTC: those that the code keeps as milliseconds are
 * known by their names. Days (`On`) are texts already.
 */
export function readableInstants(value: unknown): unknown {
  const text = JSON.stringify(value, (name, it: unknown) =>
    typeof it === 'number' && INSTANT.test(name) ? formatInstant(it) : it,
  );
  return JSON.parse(text);
}
