import type { EntityName } from '@holdfast/core';

/** Every entity in reading order: what others point at, and what relations are read for, comes first. */
export const READING_ORDER = [
  'owner',
  'account',
  'accountParent',
  'contact',
  'contactRole',
  'opportunity',
  'lead',
  'contract',
  'order',
  'orderLine',
  'ticket',
  'activity',
  'mailParties',
  'meetingParties',
  'surveyResponse',
  'usage',
  'referralLink',
  'task',
  'note',
  'referral',
  'fieldChange',
] as const satisfies readonly EntityName[];
