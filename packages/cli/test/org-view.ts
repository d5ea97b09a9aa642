import { OWNED_FIELDS, type OwnedField } from '@holdfast/core';
import type { Book, HubSpotEmulator, SalesforceEmulator } from '@holdfast/sandbox';

/** The same look into both sandboxes, past Holdfast: records and fields by the vendor's own names. */
export interface OrgView {
  readonly objects: Readonly<Record<'account' | 'contact' | 'opportunity', string>>;
  /** Vendor names of the fields that fields.md gives Holdfast to write, by object. */
  readonly owned: Readonly<Record<string, readonly string[]>>;
  /** The object of our own, whose records Holdfast makes, changes and takes away. */
  readonly ownObject: string;
  readonly scoreField: string;
  readonly nameField: string;
  readonly ownerField: string;
  readonly ids: (object: string) => readonly string[];
  readonly values: (object: string, id: string) => Readonly<Record<string, unknown>>;
  /** What a person does in the app. */
  readonly edit: (object: string, id: string, values: Readonly<Record<string, string | number>>) => void;
  /** Vendor ids of the accounts of a book that answer a question. */
  readonly accounts: (book: Book, wanted: (account: Book['accounts'][number]) => boolean) => readonly string[];
  /** The id as Holdfast says it. */
  readonly qualified: (entity: 'account' | 'contact', id: string) => string;
}

function ownedBy(objects: OrgView['objects'], name: (field: OwnedField) => string): OrgView['owned'] {
  const entries = (['account', 'contact', 'opportunity'] as const).map((entity) => [
    objects[entity],
    OWNED_FIELDS.filter((field) => field.entity === entity && field.writer === 'holdfast').map(name),
  ]);
  return Object.fromEntries(entries);
}

function mapValues<A, B>(values: Readonly<Record<string, A>>, change: (value: A) => B): Readonly<Record<string, B>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

export function hubspotView(emulator: HubSpotEmulator): OrgView {
  const objects = { account: 'companies', contact: 'contacts', opportunity: 'deals' };
  return {
    objects,
    owned: ownedBy(objects, ({ stem }) => `holdfast_${stem}`),
    ownObject: 'holdfast_referral',
    scoreField: 'holdfast_health_score',
    nameField: 'name',
    ownerField: 'hubspot_owner_id',
    ids: (object) => emulator.ids(object),
    // an empty text is how HubSpot holds nothing
    values: (object, id) =>
      mapValues(emulator.get(object, id)?.properties ?? {}, (value) => (value === '' ? null : value)),
    edit: (object, id, values) => emulator.edit(object, id, mapValues(values, String)),
    accounts: (book, wanted) => book.accounts.filter(wanted).map(({ id }) => String(emulator.idOf('accounts', id))),
    qualified: (entity, id) => `${entity === 'account' ? 'company' : 'contact'}:${id}`,
  };
}

export function salesforceView(emulator: SalesforceEmulator): OrgView {
  const objects = { account: 'Account', contact: 'Contact', opportunity: 'Opportunity' };
  const titled = (stem: string) =>
    stem.replaceAll(/(^|_)([a-z])/g, (_all, before, letter) => `${before}${letter.toUpperCase()}`);
  return {
    objects,
    owned: ownedBy(objects, ({ stem }) => `Holdfast_${titled(stem)}__c`),
    ownObject: 'Holdfast_Referral__c',
    scoreField: 'Holdfast_Health_Score__c',
    nameField: 'Name',
    ownerField: 'OwnerId',
    ids: (object) => emulator.ids(object),
    values: (object, id) => emulator.get(object, id)?.fields ?? {},
    edit: (object, id, values) => emulator.edit(object, id, values),
    accounts: (book, wanted) => book.accounts.filter(wanted).map(({ id }) => String(emulator.idOf('accounts', id))),
    qualified: (entity, id) => `${entity === 'account' ? 'Account' : 'Contact'}:${id}`,
  };
}
