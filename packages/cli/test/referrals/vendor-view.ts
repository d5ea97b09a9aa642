import { type HubSpotEmulator, type SalesforceEmulator, sandboxToken } from '@holdfast/sandbox';
import { hubspotView, type OrgView, salesforceView } from '../org-view.ts';
import type { World } from '../world.ts';
import { type Hands, hubspotHands, salesforceHands } from './vendor-hands.ts';

/** The look past Holdfast into either sandbox, with the vendor's names. */
export interface View extends OrgView {
  readonly entity: Readonly<Record<'account' | 'contact' | 'opportunity' | 'owner', string>>;
  readonly seeded: (table: 'accounts' | 'contacts' | 'opportunities' | 'owners', name: string) => string | undefined;
  readonly hands: (id: (name: string) => string) => Hands;
  readonly field: (stem: string) => string;
  /** Our own referral object: its name, and its fields by stem. */
  readonly record: { readonly object: string; readonly field: (stem: string) => string };
}

/** The view that fits a sandbox. */
export function viewOf({ emulator }: World): View {
  const seeded: View['seeded'] = (table, name) => (emulator as HubSpotEmulator | SalesforceEmulator).idOf(table, name);
  if (emulator.crm === 'hubspot') {
    const org = emulator as HubSpotEmulator;
    return {
      ...hubspotView(org),
      entity: { account: 'company', contact: 'contact', opportunity: 'deal', owner: 'owner' },
      seeded,
      hands: (id) => hubspotHands(org, id, sandboxToken),
      field: (stem) => `holdfast_${stem}`,
      record: { object: 'holdfast_referral', field: (stem) => stem },
    };
  }
  const org = emulator as SalesforceEmulator;
  const titled = (stem: string) => stem.replaceAll(/(^|_)([a-z])/g, (_all, gap, it) => `${gap}${it.toUpperCase()}`);
  return {
    ...salesforceView(org),
    entity: { account: 'Account', contact: 'Contact', opportunity: 'Opportunity', owner: 'User' },
    seeded,
    hands: (id) => salesforceHands(org, id),
    field: (stem) => `Holdfast_${titled(stem)}__c`,
    record: {
      object: 'Holdfast_Referral__c',
      field: (stem) => (stem === 'holdfast_key' ? 'Holdfast_Key__c' : `${titled(stem)}__c`),
    },
  };
}
