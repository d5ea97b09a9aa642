import type { Codec, OwnedField, Problem } from '@holdfast/core';
import { whyNotOurs, whyUnreadable } from '../field-type.ts';
import { layOver } from '../lay-over.ts';
import type { maps } from '../maps/index.ts';
import { OBJECT_FIELDS, OVERLAY_FIELDS } from '../overlay.ts';
import { ownedFields, ownedName } from '../owned-name.ts';
import type { Session } from '../session.ts';
import { OBJECTS } from '../write/fields.ts';
import { error, warning } from './problem.ts';

/** The fields that the maps and the options speak of, against the org as described. No calls. */
export function checkFields(session: Session): readonly Problem[] {
  return [...namedFields(session), ...hiddenFields(session), ...ownFields(session)];
}

/** Fields that the user named: each must be there and of a type that can hold what is meant. */
function namedFields(session: Session): readonly Problem[] {
  const overlaid = Object.entries(session.options.fields ?? {}).flatMap(([entity, names]) =>
    Object.entries(names ?? {}).map(([field, name]) => ({
      entity,
      field,
      name: String(name),
      codec: codecOf(OVERLAY_FIELDS, entity, field),
      where: 'fields',
    })),
  );
  const custom = Object.entries(session.options.objects ?? {}).flatMap(([entity, object]) =>
    Object.entries(object?.fields ?? {}).map(([field, name]) => ({
      entity,
      field,
      name: String(name),
      codec: codecOf(OBJECT_FIELDS, entity, field),
      where: 'objects',
    })),
  );
  return [...overlaid, ...custom].flatMap(({ entity, field, name, codec, where }) => {
    const option = `options.${where}.${entity}.${where === 'objects' ? 'fields.' : ''}${field}`;
    const found = describedFields(session, entity as keyof typeof maps, name);
    if (found === null) return [];
    if (found.length === 0)
      return [
        error(
          'field-missing',
          `${option} names ${name}, which does not exist or is hidden from this user: mend the name, or give read access to the field.`,
        ),
      ];
    const why = codec ? whyUnreadable(codec, found[0] as (typeof found)[number]) : null;
    return why === null ? [] : [error('field-type', `${option} names ${name}, which ${why}: name another field.`)];
  });
}

function codecOf(table: object, entity: string, field: string): Codec<unknown> | undefined {
  return (table as Readonly<Record<string, Readonly<Record<string, Codec<unknown>>>>>)[entity]?.[field];
}

/** Fields of that name in the objects of an entity; `null` when the name is a path, or no object is there to look in. */
function describedFields(session: Session, entity: keyof typeof maps, name: string) {
  const laid = layOver(entity, session.options);
  if ('unavailable' in laid) return null;
  const shapes = laid.alternatives.flat().flatMap(({ object }) => session.shapes.get(object) ?? []);
  const [head = '', ...rest] = name.split('.');
  const targeted = shapes.filter((shape) => shape.name === head);
  if (shapes.length === 0 || (rest.length > 0 && targeted.length === 0)) return null;
  const own = targeted.length > 0 ? rest.join('.') : name;
  return (targeted.length > 0 ? targeted : shapes).flatMap((shape) => shape.fields.get(own) ?? []);
}

/** Standard fields that field-level security hides: their values would read as nothing. */
function hiddenFields(session: Session): readonly Problem[] {
  return Object.values(session.bound).flatMap((bound) => {
    if ('unavailable' in bound) return [];
    return bound.sources.flatMap(({ entity, object, rules, missing }) => {
      const named = (session.options.fields as Readonly<Record<string, object>> | undefined)?.[entity] ?? {};
      const hidden = Object.keys(missing).filter(
        (field) => rules[field]?.rule !== 'unmapped' && !(field in named) && !missing[field]?.includes('Holdfast_'),
      );
      if (hidden.length === 0) return [];
      return [
        warning(
          'field-hidden',
          `${object}: ${hidden.join(', ')} cannot be read and will count as missing: give the user read access to ${hidden.length === 1 ? 'the field' : 'these fields'}.`,
        ),
      ];
    });
  });
}

/** Our own fields: installed, of our type, and writable. */
function ownFields(session: Session): readonly Problem[] {
  const states = ownedFields((object) => session.shapes.has(object)).map((owned) => ({
    owned,
    name: `${OBJECTS[owned.entity]}.${ownedName(owned)}`,
    field: session.shapes.get(OBJECTS[owned.entity])?.fields.get(ownedName(owned)),
  }));
  const absent = states.filter(({ field }) => !field);
  const foreign = states.flatMap(({ owned, name, field }) => {
    const why = field ? whyNotOurs(owned, field) : null;
    return why === null
      ? []
      : [error('field-type', `${name} ${why}: rename or remove that field, then run \`holdfast install\`.`)];
  });
  const locked = states.filter(({ owned, field }) => isOurs(owned) && field && !field.updateable);
  return [
    ...foreign,
    ...(absent.length === 0
      ? []
      : [
          warning(
            'not-installed',
            `${absent.length} of ${states.length} Holdfast fields are not there or hidden from this user: run \`holdfast install\` before writing.`,
          ),
        ]),
    ...(locked.length === 0
      ? []
      : [
          warning(
            'not-writable',
            `This user may not edit ${locked.map(({ name }) => name).join(', ')}: assign it the permission set Holdfast.`,
          ),
        ]),
  ];
}

const isOurs = (owned: OwnedField): boolean => owned.writer === 'holdfast';
