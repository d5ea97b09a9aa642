import type { Rule, WritableEntity, Write } from '@holdfast/core';
import type { Session } from '../session.ts';

/** The properties to send: only the fields that are set, as HubSpot's texts; `null` clears and is sent as "". */
export function writtenProperties(session: Session, entity: WritableEntity, write: Write): Record<string, string> {
  const map = session.maps[entity];
  const source = 'unavailable' in map ? undefined : map.sources[0];
  const rules = (source?.fields ?? {}) as Readonly<Record<string, Rule<unknown>>>;
  const properties: Record<string, string> = {};
  for (const [field, value] of Object.entries(write.set)) {
    const rule = rules[field];
    if (value === undefined || rule?.rule !== 'field') continue;
    properties[rule.name] = String(rule.codec.encode(value, session.codec));
  }
  return properties;
}
