/**
 * Holds everything that the whole test run wrote into any sandbox over HTTP against what Holdfast may write at all:
 * its own fields on accounts, contacts, opportunities and leads, tasks, notes and referrals that it created, ties between two
 * contacts, and its own schema.
 */
import { existsSync, readFileSync } from 'node:fs';
import { OWNED_FIELDS, REFERRAL_OBJECT } from '@holdfast/core';

interface Effect {
  readonly crm: 'hubspot' | 'salesforce';
  readonly action: string;
  readonly object: string;
  readonly field?: string;
}

const OBJECTS = {
  hubspot: { companies: 'account', contacts: 'contact', deals: 'opportunity', tasks: 'task', notes: 'note' },
  salesforce: { Account: 'account', Contact: 'contact', Opportunity: 'opportunity', Lead: 'lead', Task: 'task' },
} as const;

const TASK_FIELDS = new Set([
  'holdfast_key',
  'hs_task_subject',
  'hs_task_body',
  'hs_timestamp',
  'hubspot_owner_id',
  'Holdfast_Key__c',
  'Subject',
  'Description',
  'ActivityDate',
  'OwnerId',
  'WhatId',
  'IsDeleted',
]);

/** Of a note on HubSpot; on Salesforce one is a completed task. */
const NOTE_FIELDS = new Set(['holdfast_key', 'hs_note_body', 'hs_timestamp']);

/** Who referred and who was referred, below Enterprise. */
const TIE = /^contacts:\d+$/;

/** What deploying and assigning our permission set moves; the deploy itself is checked by the install tests. */
const PERMISSION_OBJECTS = new Set([
  'PermissionSet',
  'PermissionSetAssignment',
  'FieldPermissions',
  'ObjectPermissions',
]);

function isAllowed({ crm, action, object, field }: Effect): boolean {
  if (crm === 'salesforce' && (PERMISSION_OBJECTS.has(object) || (action === 'schema' && object === 'Event')))
    return true;
  const entity = (OBJECTS[crm] as Readonly<Record<string, string>>)[object];
  if (object === REFERRALS[crm]) return isReferralEffect(crm, action, field);
  if (entity === undefined) return false;
  if (action === 'schema') return true;
  if (entity === 'note') return field === undefined || action === 'link' || NOTE_FIELDS.has(field);
  if (entity === 'contact' && (action === 'link' || action === 'unlink')) return TIE.test(field ?? '');
  if (entity === 'task') return field === undefined || action === 'link' || TASK_FIELDS.has(field);
  if (action !== 'update' || field === undefined) return false;
  return OWNED_FIELDS.some(
    (owned) => owned.entity === entity && owned.writer === 'holdfast' && vendorName(crm, owned.stem) === field,
  );
}

const REFERRALS = { hubspot: 'holdfast_referral', salesforce: 'Holdfast_Referral__c' } as const;

/** Referrals are ours whole: made, changed in the fields of core's list, linked, archived; and their object with them. */
function isReferralEffect(crm: Effect['crm'], action: string, field: string | undefined): boolean {
  if (action === 'schema' || field === undefined || field === 'IsDeleted') return true;
  if (action === 'link' || action === 'unlink') return /^(contacts|companies|deals):\d+$/.test(field);
  if (crm === 'hubspot') return REFERRAL_OBJECT.fields.some(({ stem }) => stem === field);
  // the owner and currency of a record that we make; a prospect before there is a contact
  if (field === 'OwnerId' || field === 'CurrencyIsoCode' || field === 'Lead__c') return true;
  return REFERRAL_OBJECT.fields.some(({ stem }) => `${titled(stem)}__c` === field);
}

function vendorName(crm: Effect['crm'], stem: string): string {
  if (crm === 'hubspot') return `holdfast_${stem}`;
  return `Holdfast_${titled(stem)}__c`;
}

function titled(stem: string): string {
  const words = stem.split('_').map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`);
  return words.join('_');
}

const file = process.argv[2] ?? '';
const effects = existsSync(file)
  ? readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Effect)
  : [];
const strange = new Set(
  effects.filter((effect) => !isAllowed(effect)).map((effect) => JSON.stringify({ ...effect, id: undefined })),
);
for (const effect of strange) process.stdout.write(`not ours to write: ${effect}\n`);
process.stdout.write(
  `${effects.length} effects of requests on the sandboxes, ${strange.size} kinds that are not ours\n`,
);
process.exit(effects.length > 0 && strange.size === 0 ? 0 : 1);
