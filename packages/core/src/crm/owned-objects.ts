import { CONFIRMATIONS, REFERRAL_CREDITS, REFERRAL_STATES, REWARD_STATES } from '../model/values.ts';
import type { OwnedFieldType } from './owned-fields.ts';

/** What a link of an object of ours may point at; a lead is what some CRMs have before a contact. */
export type OwnedLinkTarget = 'account' | 'contact' | 'lead' | 'opportunity';

/** One field of an object of ours; a `link` becomes a lookup or an association. */
export interface OwnedObjectField {
  readonly field: string;
  readonly stem: string;
  readonly label: string;
  readonly help: string;
  readonly type: OwnedFieldType | { readonly kind: 'link'; readonly to: readonly OwnedLinkTarget[] };
  /** Who writes it: Holdfast, or people only. */
  readonly writer: 'holdfast' | 'people';
}

/** An object that Holdfast creates in a CRM that can have one. Its name carries the prefix, its fields do not. */
export interface OwnedObject {
  readonly entity: 'referral';
  readonly stem: string;
  readonly label: string;
  readonly plural: string;
  readonly help: string;
  /** How records are numbered where the CRM numbers them. */
  readonly numbered: string;
  readonly fields: readonly OwnedObjectField[];
}

const field = (name: string, stem: string, help: string, type: OwnedObjectField['type']): OwnedObjectField => {
  const words = stem.replaceAll('_', ' ');
  return { field: name, stem, label: words.charAt(0).toUpperCase() + words.slice(1), help, type, writer: 'holdfast' };
};
const noted = (name: string, stem: string, help: string): OwnedObjectField => ({
  ...select(name, stem, help, CONFIRMATIONS),
  writer: 'people',
});
const link = (name: string, stem: string, help: string, ...to: readonly OwnedLinkTarget[]): OwnedObjectField =>
  field(name, stem, help, { kind: 'link', to });
const select = (name: string, stem: string, help: string, options: readonly string[]): OwnedObjectField =>
  field(name, stem, help, { kind: 'select', options });

/** The referral, with the key that it is upserted on; nothing outside this list is ever written on it. */
export const REFERRAL_OBJECT: OwnedObject = {
  entity: 'referral',
  stem: 'referral',
  label: 'Holdfast referral',
  plural: 'Holdfast referrals',
  help: 'One introduction: who made it, of whom, and what was decided. Holdfast writes it.',
  numbered: 'HR-{00000}',
  fields: [
    {
      field: 'key',
      stem: 'holdfast_key',
      label: 'Holdfast key',
      help: 'Do not edit',
      type: { kind: 'key', length: 255 },
      writer: 'holdfast',
    },
    select('state', 'state', 'Where the claim stands', REFERRAL_STATES),
    select('credit', 'credit', 'Decided at conversion', REFERRAL_CREDITS),
    field('claimedOn', 'claimed_on', 'Day the claim was made', { kind: 'day' }),
    field('protectedUntilOn', 'protected_until', 'Until this day, claims on no better evidence wait', { kind: 'day' }),
    field('decisionReason', 'decision_reason', 'Rule that decided', { kind: 'text', length: 255 }),
    field('policyVersion', 'policy_version', 'Rules as they stood when it was decided', { kind: 'text', length: 255 }),
    select('rewardState', 'reward_state', 'Where the reward stands', REWARD_STATES),
    field('rewardAmount', 'reward_amount', 'In the currency of the program', { kind: 'money' }),
    noted('advocateConfirmed', 'advocate_confirmed', 'What the advocate said when asked; you fill it in'),
    noted('prospectConfirmed', 'prospect_confirmed', 'What the prospect said when asked; you fill it in'),
    link('advocateId', 'advocate', 'Who made the introduction', 'contact'),
    link('advocateAccountId', 'advocate_account', 'Where they work', 'account'),
    link('prospectId', 'prospect', 'Who was introduced', 'contact', 'lead'),
    link('accountId', 'prospect_account', 'Account of who was introduced', 'account'),
    link('opportunityId', 'opportunity', 'Sale that came of it', 'opportunity'),
  ],
};

/** The fields of a referral that Holdfast writes: all but the key, which the record is upserted on, and what people note. */
export const REFERRAL_FIELDS: readonly string[] = REFERRAL_OBJECT.fields
  .filter(({ field: name, writer }) => name !== 'key' && writer === 'holdfast')
  .map(({ field: name }) => name);
