import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * A judge of answers that no recording covers: the client's own model declarations. `shapeErrors('crm/companies',
 * 'SimplePublicObject', answer)` says how an answer breaks the declared names, types and obligations.
 */
const codegen = new URL('codegen/', `file://${createRequire(import.meta.url).resolve('@hubspot/api-client')}`);

interface Field {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
}

interface Model {
  readonly fields: readonly Field[];
}

const models = new Map<string, Model | undefined>();

/** Where the real API is known to differ from the client's declarations (recorded, or stated by the vendor). */
const known: readonly RegExp[] = [
  /\.toObjectId: number for string$/,
  /\.label: null for string$/,
  /\.properties\.\w+: null for string$/,
  /\.url: undeclared$/,
  // recorded schema answers carry these
  /\.(metaType|restorable|cardinality|inverseCardinality): undeclared$/,
  /\.(createdAt|updatedAt): null for Date$/,
];

/** How an answer differs from a model of the client; empty when it does not. */
export function shapeErrors(area: string, model: string, answer: unknown): string[] {
  return check(area, model, answer, '$').filter((error) => !known.some((pattern) => pattern.test(error)));
}

function check(area: string, type: string, value: unknown, path: string): string[] {
  const trimmed = type.trim();
  const union = trimmed.includes(' | ') && !trimmed.startsWith('{') ? trimmed.split(' | ') : [];
  if (union.length > 0) {
    const tries = union.map((one) => check(area, one, value, path));
    return tries.some((errors) => errors.length === 0) ? [] : (tries[0] ?? []);
  }
  const list = /^Array<(.*)>$/s.exec(trimmed)?.[1];
  if (list !== undefined) {
    if (!Array.isArray(value)) return [`${path}: ${typeName(value)} for list`];
    return value.flatMap((one, index) => check(area, list, one, `${path}[${index}]`));
  }
  const map = /^\{\s*\[key: string\]: (.*?);?\s*\}$/s.exec(trimmed)?.[1];
  if (map !== undefined) {
    if (typeName(value) !== 'object') return [`${path}: ${typeName(value)} for map`];
    return Object.entries(value as object).flatMap(([key, one]) => check(area, map, one, `${path}.${key}`));
  }
  return checkPlain(area, trimmed, value, path);
}

function checkPlain(area: string, type: string, value: unknown, path: string): string[] {
  if (type === 'any' || type === 'object') return [];
  if (type === 'Date')
    return typeof value === 'string' && !Number.isNaN(Date.parse(value))
      ? []
      : [`${path}: ${typeName(value)} for Date`];
  if (['string', 'number', 'boolean', 'null'].includes(type))
    return typeName(value) === type ? [] : [`${path}: ${typeName(value)} for ${type}`];
  if (/^["']/.test(type))
    return `"${String(value)}"` === type.replaceAll("'", '"') ? [] : [`${path}: ${String(value)} for ${type}`];
  const model = modelOf(area, type);
  if (model === undefined)
    return typeof value === 'string' ? [] : [`${path}: ${typeName(value)} for the enumeration ${type}`];
  if (typeName(value) !== 'object') return [`${path}: ${typeName(value)} for ${type}`];
  return checkModel(area, model, value as Readonly<Record<string, unknown>>, path);
}

function checkModel(area: string, model: Model, value: Readonly<Record<string, unknown>>, path: string): string[] {
  const names = new Set(model.fields.map((field) => field.name));
  const undeclared = Object.keys(value)
    .filter((name) => !names.has(name))
    .map((name) => `${path}.${name}: undeclared`);
  const declared = model.fields.flatMap((field) => {
    if (field.name in value) return check(area, field.type, value[field.name], `${path}.${field.name}`);
    return field.optional ? [] : [`${path}.${field.name}: missing`];
  });
  return [...undeclared, ...declared];
}

/** Reads names and obligations from the declaration, and the names on the wire from the model's own table. */
function modelOf(area: string, name: string): Model | undefined {
  const key = `${area}/${name}`;
  if (!models.has(key)) models.set(key, readModel(area, name));
  return models.get(key);
}

function readModel(area: string, name: string): Model | undefined {
  const declaration = new URL(`${area}/models/${name}.d.ts`, codegen);
  if (!existsSync(declaration)) return undefined;
  const text = readFileSync(declaration, 'utf8');
  const body = text.slice(text.indexOf('export declare class'), text.indexOf('static readonly discriminator'));
  const wire = wireNames(readFileSync(new URL(`${area}/models/${name}.js`, codegen), 'utf8'));
  const fields = [...body.matchAll(/'(\w+)'(\?)?: ((?:\{[^}]*\}|[^;])+);/g)].map(
    ([, field = '', optional, type = '']) => ({
      name: wire.get(field) ?? field,
      type,
      optional: optional === '?',
    }),
  );
  return { fields };
}

function wireNames(code: string): ReadonlyMap<string, string> {
  return new Map(
    [...code.matchAll(/"name": "(\w+)",\s*"baseName": "(\w+)"/g)].map(([, name = '', wire = '']) => [name, wire]),
  );
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}
