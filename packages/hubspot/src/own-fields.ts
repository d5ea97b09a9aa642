import { OWNED_FIELDS, type OwnedField } from '@holdfast/core';

/** An owned field of a record that HubSpot keeps. */
export type OwnField = OwnedField & { readonly entity: Exclude<OwnedField['entity'], 'lead'> };

/** The fields that Holdfast owns in HubSpot: all but those of leads, whom HubSpot keeps as contacts. */
export const OWN_FIELDS: readonly OwnField[] = OWNED_FIELDS.filter((it): it is OwnField => it.entity !== 'lead');
