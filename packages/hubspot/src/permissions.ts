import type { EntityName, Permission } from '@holdfast/core';
import { maps } from './maps/index.ts';
import { hubspotObject } from './objects.ts';
import { OWN_FIELDS } from './own-fields.ts';

type Entry = readonly [name: string, purpose: Permission['purpose'], entity: EntityName];

/** The object that carries our fields, by the entity that we write. */
const WRITTEN = {
  account: 'companies',
  contact: 'contacts',
  opportunity: 'deals',
  task: 'contacts',
  note: 'contacts',
} as const;

/** The scopes of HubSpot, derived from the maps (reading) and from the fields that we own (writing, installing). */
export const permissions: readonly Permission[] = collect([...readScopes(), ...ownScopes(), ...referralScopes()]);

function* readScopes(): Iterable<Entry> {
  for (const [entity, map] of Object.entries(maps) as [EntityName, (typeof maps)[EntityName]][]) {
    if ('unavailable' in map) continue;
    for (const { object } of map.sources) {
      // a relation is read from the objects at its two ends: `contact-company`
      for (const end of object.split('-')) yield [readScope(end), 'read', entity];
    }
  }
  // subject, author and recipients of mails are hidden without it
  yield ['sales-email-read', 'read', 'mailParties'];
}

function readScope(object: string): string {
  return object === 'owner' ? 'crm.objects.owners.read' : hubspotObject(object).readScope;
}

function* ownScopes(): Iterable<Entry> {
  // notes, where they are switched on, ask for nothing more than tasks do
  for (const entity of [...OWN_FIELDS.map((it) => it.entity), 'note'] as const) {
    yield [`crm.objects.${WRITTEN[entity]}.write`, 'write', entity];
    yield [`crm.schemas.${WRITTEN[entity]}.read`, 'read', entity];
    yield [`crm.schemas.${WRITTEN[entity]}.write`, 'install', entity];
  }
}

/** Where the subscription has custom objects; without them referrals stay on deals. */
function* referralScopes(): Iterable<Entry> {
  yield ['crm.objects.custom.write', 'write', 'referral'];
  yield ['crm.schemas.custom.read', 'read', 'referral'];
  yield ['crm.schemas.custom.write', 'install', 'referral'];
  // elsewhere the tie between two contacts, and its label
  yield ['crm.objects.contacts.write', 'write', 'referralLink'];
  yield ['crm.schemas.contacts.write', 'install', 'referralLink'];
}

function collect(entries: readonly Entry[]): readonly Permission[] {
  const found = new Map<string, { name: string; purpose: Permission['purpose']; entities: EntityName[] }>();
  for (const [name, purpose, entity] of entries) {
    const held = found.get(`${purpose} ${name}`);
    if (!held) found.set(`${purpose} ${name}`, { name, purpose, entities: [entity] });
    else if (!held.entities.includes(entity)) held.entities.push(entity);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
