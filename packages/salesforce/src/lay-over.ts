import type { Codec, EntityName } from '@holdfast/core';
import type { AnyRule, AnySource } from './bind.ts';
import { contactId, required } from './codecs.ts';
import { contactRelation } from './maps/contact-role.ts';
import { maps } from './maps/index.ts';
import { constant, field, stamps, unmapped } from './maps/rules.ts';
import type { SalesforceOptions } from './options.ts';
import { type CustomObject, OBJECT_FIELDS, OVERLAY_FIELDS } from './overlay.ts';

/** The sources of an entity, alternatives in order of preference; `otherwise`: what to do where no object is there. */
export type LaidOver =
  | { readonly alternatives: readonly (readonly AnySource[])[]; readonly otherwise?: string }
  | { readonly unavailable: string };

/** The map of an entity with the org's own names laid over it. */
export function layOver(entity: EntityName, options: SalesforceOptions): LaidOver {
  const custom = entity === 'usage' || entity === 'surveyResponse' ? options.objects?.[entity] : undefined;
  if (custom) return { alternatives: [[customSource(entity as keyof typeof OBJECT_FIELDS, custom)]] };
  const map = maps[entity];
  if ('unavailable' in map) return map;
  const sources = (map.sources as readonly AnySource[]).map((source) => withNames(source, entity, options));
  // side by side: what the org's own lookup and Salesforce's own object say is one claim later
  const lookup = entity === 'referralLink' ? options.fields?.contact?.referredById : undefined;
  if (lookup !== undefined) sources.unshift(referralSource(lookup));
  // where contacts may belong to several accounts, that relation tells all of them, the direct one included
  return {
    alternatives: entity === 'contactRole' ? [contactRelation.sources as readonly AnySource[], sources] : [sources],
    ...('otherwise' in map && { otherwise: map.otherwise }),
  };
}

function withNames(source: AnySource, entity: EntityName, options: SalesforceOptions): AnySource {
  const names = Object.entries(
    (options.fields as Readonly<Record<string, Readonly<Record<string, string>>>> | undefined)?.[entity] ?? {},
  );
  const codecs = (OVERLAY_FIELDS as Readonly<Record<string, Readonly<Record<string, Codec<unknown>>>>>)[entity] ?? {};
  const replaced = names.flatMap(([domainField, name]): [string, AnyRule][] => {
    const codec = codecs[domainField];
    const own = name.startsWith(`${source.object}.`) ? name.slice(source.object.length + 1) : name;
    const others = ['OpportunityLineItem.', 'OrderItem.'].some((object) => own.startsWith(object));
    return codec && !others ? [[domainField, field(own, codec)]] : [];
  });
  return { ...source, fields: { ...source.fields, ...Object.fromEntries(replaced) } };
}

function customSource(entity: keyof typeof OBJECT_FIELDS, custom: CustomObject): AnySource {
  const fields = Object.entries<Codec<unknown>>(OBJECT_FIELDS[entity]).map(
    ([domainField, codec]): [string, AnyRule] => {
      const name = custom.fields[domainField];
      const fixed = custom.constants?.[domainField];
      if (name) return [domainField, field(name, codec)];
      return [
        domainField,
        fixed === undefined
          ? unmapped(`options.objects.${entity}.fields names no field for it`)
          : constant<unknown>(fixed),
      ];
    },
  );
  return { object: custom.object, fields: { ...stamps, ...Object.fromEntries(fields) } };
}

/** A contact's lookup to who referred it: at most one, so the contact alone names the relation. */
function referralSource(name: string): AnySource {
  return {
    object: 'Contact',
    idPrefix: `Contact.${name}`,
    relation: name,
    fields: {
      ...stamps,
      referrerId: field(name, required(contactId)),
      referredId: field('Id', required(contactId)),
      claimedAt: unmapped('Salesforce does not tell when a lookup was filled in'),
    } as Readonly<Record<string, AnyRule>>,
  };
}
