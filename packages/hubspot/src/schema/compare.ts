import type { Problem } from '@holdfast/core';
import type { PropertyInfo } from '../session.ts';
import type { Wanted } from './wanted.ts';

/** How a property of the portal differs from ours in what cannot be changed; `null` when it is ours. */
export function differsFrom(wanted: Wanted, found: PropertyInfo): string | null {
  if (found.type !== wanted.type) return `is of type ${found.type}, ours is ${wanted.type}`;
  if (found.hasUniqueValue !== wanted.hasUniqueValue) {
    return wanted.hasUniqueValue ? 'does not demand unique values, ours does' : 'demands unique values, ours does not';
  }
  return null;
}

/** Options that the property in the portal lacks. Options that a person added stay. */
export function missingOptions(wanted: Wanted, found: PropertyInfo): readonly string[] {
  const held = new Set(found.options.map((option) => option.value));
  return wanted.options.map((option) => option.value).filter((value) => !held.has(value));
}

/** The refusal to touch a property of the same name that is not ours. */
export function otherType(wanted: Wanted, difference: string): Problem {
  return {
    severity: 'error',
    code: 'field-type',
    message: `The property ${wanted.name} of ${wanted.object} exists and ${difference}: rename or archive it, then install again.`,
  };
}
