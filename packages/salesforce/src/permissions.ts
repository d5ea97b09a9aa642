import { type EntityName, OWNED_FIELDS, type Permission } from '@holdfast/core';
import { maps } from './maps/index.ts';
import { REFERRAL } from './referral-object.ts';

/** The object that carries our fields, by the entity that we write. */
const WRITTEN = {
  account: 'Account',
  contact: 'Contact',
  opportunity: 'Opportunity',
  lead: 'Lead',
  task: 'Task',
} as const;

/** What the integration user needs, derived from the maps (reading) and from the fields that we own (writing, installing). */
export const permissions: readonly Permission[] = [
  { name: 'API Enabled', purpose: 'read', entities: [] },
  ...objectPermissions(),
  ...[...new Set(OWNED_FIELDS.map(({ entity }) => entity))].map(
    (entity): Permission => ({
      // tasks are edited by a user permission, not by one on the object
      name: entity === 'task' ? 'Edit Tasks' : `Edit on ${WRITTEN[entity]}`,
      purpose: 'write',
      // a note, where they are switched on, is a task that is done
      entities: entity === 'task' ? ['task', 'note'] : [entity],
    }),
  ),
  { name: `Create, Edit and Delete on ${REFERRAL}`, purpose: 'write', entities: ['referral'] },
  {
    name: 'Modify Metadata Through Metadata API Functions',
    purpose: 'install',
    entities: [...new Set(OWNED_FIELDS.map(({ entity }) => entity)), 'referral'],
  },
  { name: 'Manage Users (to assign the permission set)', purpose: 'install', entities: [] },
];

function objectPermissions(): readonly Permission[] {
  const found = new Map<string, EntityName[]>();
  for (const [entity, map] of Object.entries(maps) as [EntityName, (typeof maps)[EntityName]][]) {
    if ('unavailable' in map) continue;
    const objects = map.sources.flatMap((source) => {
      if ('bought' in source) return [];
      return [source.object, ...('parents' in source ? Object.values(source.parents) : [])];
    });
    for (const read of objects) {
      // history is seen by whoever sees the record and the field
      const object = entity === 'fieldChange' ? read.replace(/(Field)?History$/, '') : read;
      const held = found.get(object);
      if (!held) found.set(object, [entity]);
      else if (!held.includes(entity)) held.push(entity);
    }
  }
  return [...found].map(([object, entities]) => ({
    name: `Read and View All on ${object}`,
    purpose: 'read',
    entities,
  }));
}
