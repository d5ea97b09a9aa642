import { bool, datetime, number, owner, readOnly, select, text } from './kinds.ts';
import type { PropertyInput } from './property.ts';

/** Properties that every object has; the emulator computes most of them. */
export const commonProperties: readonly PropertyInput[] = [
  readOnly(number('hs_object_id', 'Record ID')),
  readOnly(datetime('hs_createdate', 'Object create date/time')),
  readOnly(datetime('hs_lastmodifieddate', 'Object last modified date/time')),
  readOnly(select('hs_merged_object_ids', 'Merged record IDs', [], { many: true, hidden: true })),
  readOnly(text('hs_object_source', 'Record creation source', { hidden: true })),
  readOnly(text('hs_object_source_id', 'Record creation source ID', { hidden: true })),
  readOnly(number('hs_created_by_user_id', 'Created by user ID')),
  readOnly(number('hs_updated_by_user_id', 'Updated by user ID')),
  readOnly(bool('hs_was_imported', 'Performed in an import', { hidden: true })),
  text('hs_unique_creation_key', 'Unique creation key', { hidden: true, readOnlyValue: true }),
  owner('hubspot_owner_id', 'Owner'),
  readOnly(datetime('hubspot_owner_assigneddate', 'Owner assigned date')),
  owner('hubspot_team_id', 'HubSpot team', { readOnlyValue: true }),
];

/** Roll-ups of activity, on companies, contacts, deals and tickets: they move when anybody, we too, logs something. */
export const activityRollups: readonly PropertyInput[] = [
  readOnly(datetime('notes_last_updated', 'Last activity date')),
  readOnly(datetime('notes_last_contacted', 'Last contacted')),
  readOnly(datetime('notes_next_activity_date', 'Next activity date')),
  readOnly(number('num_notes', 'Number of sales activities')),
  readOnly(number('num_contacted_notes', 'Number of times contacted')),
  readOnly(datetime('hs_last_sales_activity_timestamp', 'Last engagement date')),
];
