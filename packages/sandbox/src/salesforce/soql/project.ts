import type { FieldType as SelectedField } from '@jetstreamapp/soql-parser-js';
import { visibleFields } from '../access/access.ts';
import { badRequest } from '../errors.ts';
import { objectOfId } from '../org.ts';
import type { Compound, Field } from '../schema/field.ts';
import { getter } from '../store/read.ts';
import { type Cell, idOf, type Row } from '../store/row.ts';
import type { SObject } from '../store/sobject.ts';
import { toJson } from '../store/values.ts';
import { relationship, resolveColumn, type Scope } from './resolve.ts';
import { malformed } from './soql-error.ts';

/** Turns a row into the record that the API answers. */
export type Project = (row: Row) => Record<string, unknown>;

/** Writes one member of a record. */
type Member = readonly [key: string, read: (row: Row) => unknown];

/** Runs a child subquery for a parent row. */
type ChildRunner = (selected: Extract<SelectedField, { type: 'FieldSubquery' }>) => Member;

/** `{type, url}` of a record. */
export const attributesOf = (base: string, object: SObject, id: string): { type: string; url: string } => ({
  type: object.def.name,
  url: `${base}/sobjects/${object.def.name}/${id}`,
});

/** Compiles the SELECT list into a projection; nested records for parent paths, in the order of the list. */
export function compileProjection(scope: Scope, selected: readonly SelectedField[], child: ChildRunner): Project {
  return record(scope, scope.object, membersOf(scope, selected, child));
}

function record(scope: Scope, object: SObject, members: readonly Member[]): Project {
  return (row) => {
    const result: Record<string, unknown> = { attributes: attributesOf(scope.call.base, object, idOf(row)) };
    for (const [key, read] of members) result[key] = read(row);
    return result;
  };
}

function membersOf(scope: Scope, selected: readonly SelectedField[], child: ChildRunner): readonly Member[] {
  const members: Member[] = [];
  const parents = new Map<string, string[][]>();
  for (const item of selected) {
    if (item.type === 'FieldSubquery') members.push(child(item));
    else if (item.type === 'FieldTypeof') members.push(typeOf(scope, item));
    else if (item.type === 'FieldFunctionExpression') members.push(...functionMembers(scope, item));
    else addPath(scope, pathOf(item), members, parents);
  }
  return members;
}

/** Path as written: the parser splits an alias or object prefix off. */
const pathOf = (
  item: Exclude<SelectedField, { type: 'FieldSubquery' | 'FieldTypeof' | 'FieldFunctionExpression' }>,
): string[] => (item.type === 'FieldRelationship' ? [...item.relationships, item.field] : [item.field]);

function addPath(scope: Scope, path: string[], members: Member[], parents: Map<string, string[][]>): void {
  const own = stripSelf(scope, path);
  const first = own[0] as string;
  if (own.length === 1) {
    members.push(fieldMember(scope, first));
    return;
  }
  const key = first.toLowerCase();
  const known = parents.get(key);
  if (known !== undefined) {
    known.push(own.slice(1));
    return;
  }
  const paths = [own.slice(1)];
  parents.set(key, paths);
  members.push(parentMember(scope, first, paths, path.join('.')));
}

const stripSelf = (scope: Scope, path: string[]): string[] =>
  path.length > 1 && [scope.alias?.toLowerCase(), scope.object.def.name.toLowerCase()].includes(path[0]?.toLowerCase())
    ? path.slice(1)
    : path;

function fieldMember(scope: Scope, name: string): Member {
  const column = resolveColumn(scope, name);
  return [column.field.name, (row) => json(column.field, column.get(row))];
}

const json = (field: Field, value: Cell | Compound): unknown =>
  field.type === 'datetime' ? toJson(field, value as Cell) : value;

/** The parent's record, compiled on first use because further paths may still join it. */
function parentMember(scope: Scope, name: string, paths: readonly string[][], path: string): Member {
  const link = relationship(scope, scope.object, name, path);
  for (const inner of paths) resolveColumn(scope, [name, ...inner].join('.'));
  const foreignKey = getter(scope.call.org, scope.object, link);
  const compiled = new Map<SObject, Project>();
  return [
    link.relationshipName ?? name,
    (row) => {
      const id = foreignKey(row);
      if (typeof id !== 'string') return null;
      const target = objectOfId(scope.call.org, id);
      const found = target?.rows.get(id);
      if (target === undefined || found === undefined) return null;
      let project = compiled.get(target);
      if (project === undefined) {
        project =
          link.referenceTo.length > 1 ? nameRecord(scope, link, target, paths) : parentRecord(scope, target, paths);
        compiled.set(target, project);
      }
      return project(found);
    },
  ];
}

function parentRecord(scope: Scope, target: SObject, paths: readonly string[][]): Project {
  const inner: Scope = { ...scope, object: target, alias: undefined };
  const members: Member[] = [];
  const parents = new Map<string, string[][]>();
  for (const path of paths) addPath(inner, [...path], members, parents);
  return record(inner, target, members);
}

/** A polymorphic parent shows what the Name object has. */
function nameRecord(scope: Scope, link: Field, target: SObject, paths: readonly string[][]): Project {
  const columns = paths.map((path) => resolveColumn(scope, `${link.relationshipName}.${path.join('.')}`));
  const foreign = link.name.toLowerCase();
  const at = scope.object.slots.get(foreign) ?? 0;
  return (found) => {
    const probe: Row = [];
    probe[at] = idOf(found);
    const result: Record<string, unknown> = { attributes: attributesOf(scope.call.base, target, idOf(found)) };
    for (const column of columns) result[column.name] = json(column.field, column.get(probe));
    return result;
  };
}

function typeOf(scope: Scope, item: Extract<SelectedField, { type: 'FieldTypeof' }>): Member {
  const link = relationship(scope, scope.object, item.field);
  const foreignKey = getter(scope.call.org, scope.object, link);
  const otherwise = item.conditions.find((condition) => condition.type === 'ELSE')?.fieldList ?? [];
  const compiled = new Map<SObject, Project>();
  return [
    link.relationshipName ?? item.field,
    (row) => {
      const id = foreignKey(row);
      const target = typeof id === 'string' ? objectOfId(scope.call.org, id) : undefined;
      const found = target?.rows.get(id as string);
      if (target === undefined || found === undefined) return null;
      const name = target.def.name.toLowerCase();
      const fields =
        item.conditions.find((condition) => condition.objectType?.toLowerCase() === name)?.fieldList ?? otherwise;
      const project =
        compiled.get(target) ??
        parentRecord(
          scope,
          target,
          fields.map((field) => field.split('.')),
        );
      compiled.set(target, project);
      return project(found);
    },
  ];
}

/** FIELDS(), toLabel(), FORMAT() and convertCurrency(). */
function functionMembers(
  scope: Scope,
  item: Extract<SelectedField, { type: 'FieldFunctionExpression' }>,
): readonly Member[] {
  const name = item.functionName.toUpperCase();
  const argument = item.parameters[0];
  if (name === 'FIELDS')
    return fieldsOf(scope, String(argument).toUpperCase()).map((field) => fieldMember(scope, field.name));
  if (typeof argument !== 'string') {
    return functionMembers(scope, { ...(argument as typeof item), alias: item.alias ?? '' });
  }
  const column = resolveColumn(scope, argument);
  const key = item.alias !== undefined && item.alias !== '' ? item.alias : column.field.name;
  if (name === 'TOLABEL')
    return [
      [key, (row) => column.field.values.find((value) => value.value === column.get(row))?.label ?? column.get(row)],
    ];
  if (name === 'CONVERTCURRENCY') return [[key, convertCurrency(scope, argument)]];
  if (name === 'FORMAT') return [[key, (row) => formatted(column.get(row))]];
  throw malformed(`unexpected token: '${item.rawValue ?? name}'`);
}

const formatted = (value: Cell | Compound): string | null =>
  value === null ? null : typeof value === 'number' ? value.toLocaleString('en-US') : String(value);

function fieldsOf(scope: Scope, group: string): readonly Field[] {
  const fields = visibleFields(scope.call.org, scope.call.user, scope.object);
  if (group === 'ALL') return fields;
  return fields.filter((field) => field.custom === (group === 'CUSTOM'));
}

/** An amount in the running user's currency: through the corporate currency, by the org's rates. */
function convertCurrency(scope: Scope, path: string): (row: Row) => unknown {
  const { org, user } = scope.call;
  if (org.options.multiCurrency !== true)
    throw badRequest('INVALID_FIELD', 'convertCurrency() is only available in an org with multiple currencies');
  const column = resolveColumn(scope, path);
  const code = resolveColumn(scope, [...path.split('.').slice(0, -1), 'CurrencyIsoCode'].join('.'));
  const rates = org.settings.currencyRates ?? {};
  const corporate = org.settings.corporateCurrency ?? 'USD';
  const rate = (currency: unknown): number => rates[String(currency ?? corporate)] ?? 1;
  const own = user.currency ?? corporate;
  return (row) => {
    const amount = column.get(row);
    return typeof amount === 'number' ? Math.round((amount / rate(code.get(row))) * rate(own) * 100) / 100 : null;
  };
}
