import { type OwnedLinkTarget, type OwnedObjectField, REFERRAL_OBJECT } from '@holdfast/core';

/** Our own object; `Referral` alone is a standard name of paid clouds. These names are public and do not change. */
export const REFERRAL = 'Holdfast_Referral__c';

/** One field of the object as Salesforce has it; `referenceTo` makes it a lookup. */
export interface ReferralField {
  readonly owned: OwnedObjectField;
  readonly name: string;
  readonly label: string;
  readonly referenceTo: string | null;
}

const TARGETS: Readonly<Record<OwnedLinkTarget, string>> = {
  account: 'Account',
  contact: 'Contact',
  lead: 'Lead',
  opportunity: 'Opportunity',
};

/** Every field; a link that may point at several objects becomes a lookup to each, named after the further ones. */
export const REFERRAL_COLUMNS: readonly ReferralField[] = REFERRAL_OBJECT.fields.flatMap(
  (owned): readonly ReferralField[] => {
    const { type, stem } = owned;
    if (type.kind !== 'link') return [{ owned, name: apiName(stem), label: titled(owned.label), referenceTo: null }];
    return type.to.map((target, index) => ({
      owned,
      name: apiName(index === 0 ? stem : target),
      label: titled(index === 0 ? owned.label : target),
      referenceTo: TARGETS[target],
    }));
  },
);

/** The lookup or field that holds a domain field; of a prospect the contact. */
export function referralName(field: string): string {
  const found = REFERRAL_COLUMNS.find(({ owned }) => owned.field === field);
  if (!found) throw new TypeError(`Holdfast owns no field referral.${field}`);
  return found.name;
}

export const PROSPECT_LOOKUP = referralName('prospectId');
export const LEAD_LOOKUP = 'Lead__c';

/** Whether an object is one that Holdfast makes. */
export const isOwnObject = (object: string): boolean => object.startsWith('Holdfast_');

function apiName(stem: string): string {
  return `${titled(stem.replaceAll('_', ' ')).replaceAll(' ', '_')}__c`;
}

function titled(words: string): string {
  return words.replace(/(^|\s)([a-z])/g, (_, space: string, letter: string) => space + letter.toUpperCase());
}
