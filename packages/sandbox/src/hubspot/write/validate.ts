import { ApiError, type ApiErrorDetail } from '../http/api-error.ts';
import type { Property } from '../schema/property.ts';
import type { Changes } from '../state/commit.ts';
import type { Portal } from '../state/portal.ts';
import type { HubRecord } from '../state/record.ts';
import { liveProperty, type Table } from '../state/table.ts';

interface Flaw {
  readonly isValid: false;
  readonly message: string;
  readonly error: string;
  readonly name: string;
}

const longestString = 65_536;
const dayMs = 86_400_000;

/**
 * Values as they will be stored: strings in HubSpot's notation, `""` for a cleared one. Throws the 400 or 409 that
 * HubSpot gives for an unknown, read-only, ill-typed or already taken value; all flaws are in one error.
 */
export function checkedValues(portal: Portal, table: Table, given: unknown, record: HubRecord | undefined): Changes {
  const changes: Record<string, string | null> = {};
  const flaws: Flaw[] = [];
  for (const [name, value] of Object.entries((given ?? {}) as Record<string, unknown>)) {
    const property = liveProperty(table, name);
    const outcome = property === undefined ? unknownProperty(name) : checkedValue(portal, table, property, value);
    if (typeof outcome === 'object' && outcome !== null) flaws.push(outcome);
    else changes[name] = outcome;
  }
  if (flaws.length > 0) throw valuesRefused(flaws);
  refuseTaken(table, changes, record);
  return changes;
}

function valuesRefused(flaws: readonly Flaw[]): ApiError {
  const errors: ApiErrorDetail[] = flaws.map((flaw) => ({
    message: flaw.message,
    code: flaw.error,
    context: { propertyName: [flaw.name] },
  }));
  return new ApiError(400, `Property values were not valid: ${JSON.stringify(flaws)}`, {
    category: 'VALIDATION_ERROR',
    errors,
  });
}

function unknownProperty(name: string): Flaw {
  return { isValid: false, message: `Property "${name}" does not exist`, error: 'PROPERTY_DOESNT_EXIST', name };
}

function checkedValue(portal: Portal, table: Table, property: Property, value: unknown): string | null | Flaw {
  const { name } = property;
  const flaw = (error: string, message: string): Flaw => ({ isValid: false, message, error, name });
  if (property.readOnlyValue)
    return flaw('READ_ONLY_VALUE', `"${name}" is a read only property; its value cannot be set.`);
  if (value === null) return null;
  const text = String(value);
  if (text === '') return '';
  switch (property.type) {
    case 'number':
      return Number.isFinite(Number(text)) ? text : flaw('INVALID_INTEGER', `${text} was not a valid number.`);
    case 'bool':
      return text === 'true' || text === 'false'
        ? text
        : flaw('INVALID_OPTION', `${text} was not one of the allowed options: [true, false]`);
    case 'date':
      return checkedDate(text) ?? flaw('INVALID_DATE', `${text} is at ${text}, not midnight! (UTC)`);
    case 'datetime':
      return checkedInstant(text) ?? flaw('INVALID_LONG', `${text} was not a valid long.`);
    case 'enumeration':
      return (
        allowedOption(portal, table, property, text) ??
        flaw('INVALID_OPTION', `${text} was not one of the allowed options`)
      );
    default:
      if (text.length > longestString)
        return flaw('PROPERTY_VALUE_TOO_LONG', `Values of ${name} may have at most ${longestString} characters`);
      return name === 'email' && !text.includes('@') ? flaw('INVALID_EMAIL', `Email address ${text} is invalid`) : text;
  }
}

/** A calendar day, given as one or as the milliseconds of its midnight in UTC. */
function checkedDate(text: string): string | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Number.isNaN(Date.parse(text)) ? undefined : text;
  const at = instantOf(text);
  return at === undefined || at % dayMs !== 0 ? undefined : new Date(at).toISOString().slice(0, 10);
}

function checkedInstant(text: string): string | undefined {
  const at = instantOf(text);
  return at === undefined ? undefined : new Date(at).toISOString();
}

/** Milliseconds since the epoch, from digits or ISO 8601. */
export function instantOf(text: string): number | undefined {
  const at = /^-?\d+(\.\d+)?$/.test(text) ? Math.floor(Number(text)) : Date.parse(text);
  return Number.isNaN(at) || Math.abs(at) > 8.64e15 ? undefined : at;
}

function allowedOption(portal: Portal, table: Table, property: Property, text: string): string | undefined {
  const options = optionValues(portal, table, property);
  if (options === undefined) return text;
  const many = property.fieldType === 'checkbox';
  const parts = many ? text.split(';').filter((part) => part !== '') : [text];
  return parts.every((part) => options.has(part)) ? text : undefined;
}

/** The internal values that an enumeration takes; undefined when they lie outside of the emulator. */
function optionValues(portal: Portal, table: Table, property: Property): ReadonlySet<string> | undefined {
  if (!property.externalOptions) return new Set(property.options.map((option) => option.value));
  if (property.referencedObjectType === 'OWNER')
    return new Set(portal.owners.filter((one) => !one.archived).map((one) => one.id));
  const pipelines = portal.pipelines.get(table.type.id);
  if (pipelines === undefined) return undefined;
  if (property.name === 'pipeline' || property.name === 'hs_pipeline') return new Set(pipelines.map((one) => one.id));
  if (property.name.endsWith('stage')) return new Set(pipelines.flatMap((one) => one.stages.map((stage) => stage.id)));
  return undefined;
}

function refuseTaken(table: Table, changes: Changes, record: HubRecord | undefined): void {
  for (const [name, owners] of table.unique) {
    const value = changes[name];
    if (!value) continue;
    const holder = owners.get(value.toLowerCase());
    if (holder === undefined || holder === record?.id) continue;
    if (name === 'email') {
      throw new ApiError(409, `Contact already exists. Existing ID: ${holder}`, {
        category: 'CONFLICT',
        context: { existingId: [String(holder)] },
      });
    }
    throw valuesRefused([
      {
        isValid: false,
        message: `${value} is already the value of ${name} on record ${holder}`,
        error: 'CONFLICTING_UNIQUE_VALUE',
        name,
      },
    ]);
  }
}
