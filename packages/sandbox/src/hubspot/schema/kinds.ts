import type { PropertyInput } from './property.ts';

type Extra = Partial<Omit<PropertyInput, 'name' | 'label' | 'type' | 'fieldType'>>;
type Kind = (name: string, label: string, extra?: Extra) => PropertyInput;

const kind =
  (type: PropertyInput['type'], fieldType: string, always: Extra = {}): Kind =>
  (name, label, extra = {}) => ({ name, label, type, fieldType, ...always, ...extra });

/** Short ways to declare a property, one per kind that HubSpot's form builder offers. */
export const text = kind('string', 'text');
export const textarea = kind('string', 'textarea');
export const html = kind('string', 'html');
export const phone = kind('string', 'phonenumber');
export const number = kind('number', 'number');
export const date = kind('date', 'date');
export const datetime = kind('datetime', 'date');
export const bool = kind('bool', 'booleancheckbox', {
  options: [
    { label: 'True', value: 'true' },
    { label: 'False', value: 'false' },
  ],
});
export const owner = kind('enumeration', 'select', { externalOptions: true, referencedObjectType: 'OWNER' });

/** An enumeration of internal values; labels are the values themselves unless given as `value: label`. */
export function select(
  name: string,
  label: string,
  options: readonly string[] | Readonly<Record<string, string>>,
  extra: Extra & { readonly many?: true } = {},
): PropertyInput {
  const pairs = Array.isArray(options) ? options.map((value: string) => [value, value]) : Object.entries(options);
  const { many, ...rest } = extra;
  return {
    name,
    label,
    type: 'enumeration',
    fieldType: many ? 'checkbox' : 'select',
    options: pairs.map(([value, shown]) => ({ value: value as string, label: shown as string })),
    ...rest,
  };
}

/** The vendor's own, set by the system only. */
export function readOnly(input: PropertyInput): PropertyInput {
  return { ...input, readOnlyValue: true };
}
