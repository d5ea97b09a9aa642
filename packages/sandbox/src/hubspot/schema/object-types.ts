import { calls, emails, meetings, notes, tasks } from './activities.ts';
import { companies } from './companies.ts';
import { contacts } from './contacts.ts';
import { deals } from './deals.ts';
import type { ObjectType } from './object-type.ts';
import { lineItems, orders } from './order-objects.ts';
import { feedbackSubmissions, tickets } from './service-objects.ts';

/** Every standard object that the emulator serves. */
export const objectTypes: readonly ObjectType[] = [
  contacts,
  companies,
  deals,
  tickets,
  lineItems,
  feedbackSubmissions,
  tasks,
  notes,
  meetings,
  calls,
  emails,
  orders,
];

/** The names under which an object type is reached: `companies`, `company`, `COMPANY`, `0-2`; a custom one as `p_name` too. */
export function namesOf(type: ObjectType): readonly string[] {
  return [type.id, type.name, type.singular, ...(type.id.startsWith('2-') ? [`p_${type.name}`] : [])];
}
