import type { HubSpotEmulator, SalesforceEmulator } from '@holdfast/sandbox';
import { type CasePerson, type CaseSale, dayOf } from './a-case.ts';

/** Ids as a vendor has them, by the names of a case. */
type IdOf = (name: string) => string;

/** What people do in the app while a case goes on, in no vendor's words. Days are those of the case. */
export interface Hands {
  addPerson(person: CasePerson & { readonly id: string }): string;
  openSale(sale: CaseSale & { readonly id: string }): string;
  closeSale(name: string, as: 'won' | 'lost' | 'open', day: number): void;
  setAmount(name: string, amount: number): void;
  note(name: string, referrer: string): void;
  /** Takes the note away again. */
  unnote(name: string, referrer: string): void;
  /** Somebody works at an account from now on, and at no other. */
  join(name: string, account: string): void;
  /** Answers the id of the record that is left. */
  merge(kind: 'accounts' | 'contacts', left: string, gone: string): string;
}

const LABEL = { label: 'Referred by', inverseLabel: 'Referred', name: 'referred_by' };

/** People of a HubSpot portal: referrers are noted by the label between two contacts. */
export function hubspotHands(emulator: HubSpotEmulator, id: IdOf, token: string): Hands {
  const objects = { accounts: 'companies', contacts: 'contacts' } as const;
  const stages = { won: 'closedwon', lost: 'closedlost', open: 'presentationscheduled' };
  const path = '/crm/v4/associations/contacts/contacts/labels';
  const ask = (method: string, body: string) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = emulator.handle({ method, path, query: new URLSearchParams(), headers, body });
    return JSON.parse(String(answer.body)) as { readonly results: readonly { typeId: number; label: string | null }[] };
  };
  const labelId = () => {
    const find = () => ask('GET', '').results.find(({ label }) => label === LABEL.label)?.typeId;
    if (find() === undefined) ask('POST', JSON.stringify(LABEL));
    return find();
  };
  const note = (name: string, referrer: string) =>
    emulator.link('contacts', id(name), 'contacts', id(referrer), labelId());
  return {
    note,
    unnote: (name, referrer) => emulator.unlink('contacts', id(name), 'contacts', id(referrer), labelId()),
    addPerson({ id: name, of, email, name: full = `Person ${name}` }) {
      const [firstname = '', lastname = ''] = full.split(' ');
      const properties = { firstname, lastname, email: email ?? `${name}@${of ?? name}.example` };
      const links = of === undefined ? [] : [{ object: 'companies', id: id(of) }];
      return emulator.create('contacts', properties, links);
    },
    openSale({ id: name, of, amount = 10_000, currency = 'USD', opened, source = '', with: people = [] }) {
      const properties = {
        ...{ dealname: `Sale ${name}`, pipeline: 'default', dealstage: stages.open, dealtype: 'newbusiness' },
        ...{ deal_motion: 'new', amount: String(amount), deal_currency_code: currency, lead_source: source },
        closedate: `${dayOf(opened + 90)}T10:00:00.000Z`,
      };
      const contacts = people.map((it) => ({ object: 'contacts', id: id(it) }));
      return emulator.create('deals', properties, [{ object: 'companies', id: id(of) }, ...contacts]);
    },
    closeSale: (name, as, day) =>
      emulator.edit('deals', id(name), { dealstage: stages[as], closedate: `${dayOf(day)}T10:00:00.000Z` }),
    setAmount: (name, amount) => emulator.edit('deals', id(name), { amount: String(amount) }),
    join(name, account) {
      for (const it of emulator.ids('companies')) emulator.unlink('contacts', id(name), 'companies', it);
      emulator.link('contacts', id(name), 'companies', id(account));
    },
    merge: (kind, left, gone) => emulator.merge(objects[kind], id(left), id(gone)),
  };
}

/** People of a Salesforce org: referrers are noted in the org's own lookup on the contact. */
export function salesforceHands(emulator: SalesforceEmulator, id: IdOf): Hands {
  const objects = { accounts: 'Account', contacts: 'Contact' } as const;
  const [some = ''] = emulator.ids('Opportunity');
  const manyCurrencies = 'CurrencyIsoCode' in (emulator.get('Opportunity', some)?.fields ?? {});
  const stages = { won: 'Closed Won', lost: 'Closed Lost', open: 'Proposal/Price Quote' };
  return {
    note: (name, referrer) => emulator.edit('Contact', id(name), { Referred_By__c: id(referrer) }),
    unnote: (name) => emulator.edit('Contact', id(name), { Referred_By__c: null }),
    join: (name, account) => emulator.edit('Contact', id(name), { AccountId: id(account) }),
    addPerson({ id: name, of, email, name: full = `Person ${name}` }) {
      const [FirstName = '', LastName = ''] = full.split(' ');
      const Email = email ?? `${name}@${of ?? name}.example`;
      return emulator.create('Contact', { FirstName, LastName, Email, ...(of && { AccountId: id(of) }) });
    },
    openSale({ id: name, of, amount = 10_000, currency = 'USD', opened, source, with: people = [] }) {
      const made = emulator.create('Opportunity', {
        ...{ Name: `Sale ${name}`, AccountId: id(of), StageName: stages.open, Type: 'New Customer', Amount: amount },
        ...{ CloseDate: dayOf(opened + 90), ...(source && { LeadSource: source }) },
        ...(manyCurrencies && { CurrencyIsoCode: currency }),
      });
      for (const person of people)
        emulator.create('OpportunityContactRole', { OpportunityId: made, ContactId: id(person), IsPrimary: true });
      return made;
    },
    closeSale: (name, as, day) =>
      emulator.edit('Opportunity', id(name), { StageName: stages[as], CloseDate: dayOf(day) }),
    setAmount: (name, amount) => emulator.edit('Opportunity', id(name), { Amount: amount }),
    merge(kind, left, gone) {
      emulator.merge(objects[kind], id(left), id(gone));
      return id(left);
    },
  };
}
