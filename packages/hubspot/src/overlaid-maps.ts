import type { Codec, EntityName, Maps } from '@holdfast/core';
import { maps } from './maps/index.ts';
import { OVERLAY_FIELDS, type Overlay } from './overlay.ts';

/** The maps with the portal's own property names in place; the other rules stay as they are. */
export function overlaidMaps(overlay: Overlay): Maps {
  const changed = Object.entries(overlay).map(([entity, names]) => {
    const map = maps[entity as EntityName];
    if (names === undefined || 'unavailable' in map) return [entity, map];
    return [entity, { sources: map.sources.map((source) => overlaid(entity, source, names)) }];
  });
  return { ...maps, ...Object.fromEntries(changed) } as Maps;
}

function overlaid(
  entity: string,
  source: { readonly fields: object },
  names: Readonly<Record<string, string | undefined>>,
): object {
  const codecs = (OVERLAY_FIELDS as Readonly<Record<string, Readonly<Record<string, Codec<unknown>>>>>)[entity];
  const rules = Object.entries(names).flatMap(([domainField, name]) => {
    const codec = codecs?.[domainField];
    return name === undefined || codec === undefined ? [] : [[domainField, { rule: 'field', name, codec }]];
  });
  return { ...source, fields: { ...source.fields, ...Object.fromEntries(rules) } };
}
