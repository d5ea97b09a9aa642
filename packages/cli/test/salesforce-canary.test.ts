import type { SalesforceEmulator } from '@holdfast/sandbox';
import { address, describeCanary, PERSONAL, SECRET } from './canary.ts';
import { salesforceWorld } from './world.ts';

const OBJECTS = [
  'Account',
  'Contact',
  'Opportunity',
  'Contract',
  'Order',
  'OrderItem',
  'Case',
  'Task',
  'Event',
  'User',
];

/** Texts by which the made-up company runs: other words there would be another company. */
const MEANINGFUL =
  /Id$|__c$|^(Type|StageName|LeadSource|Status|StatusCode|Priority|Origin|Reason|CurrencyIsoCode|Alias|Username|ForecastCategory(Name)?|FiscalQuarter|Kind|CaseNumber|OrderNumber|ContractNumber|TaskSubtype|EventSubtype|CallType|TimeZoneSidKey|LocaleSidKey|LanguageLocaleKey|EmailEncodingKey|UserType|BillingCountry|Industry)$/;

/** Puts the canary into every text of every record that a person could have typed. */
function fill(emulator: SalesforceEmulator): void {
  for (const object of OBJECTS) {
    for (const id of emulator.ids(object)) {
      const texts = Object.entries(emulator.get(object, id)?.fields ?? {}).filter(
        ([name, value]) => typeof value === 'string' && !MEANINGFUL.test(name) && !/^\d{4}-\d\d-\d\d/.test(value),
      );
      const values = texts.map(([name]) => [
        name,
        object === 'Account' && name === 'Name' ? `Canary ${address(PERSONAL)}` : address(PERSONAL),
      ]);
      if (values.length > 0) emulator.edit(object, id, Object.fromEntries(values));
    }
  }
  const [opportunity = ''] = emulator.ids('Opportunity');
  emulator.edit('Opportunity', opportunity, { Amount: address(PERSONAL), CloseDate: address(PERSONAL) });
}

describeCanary(
  'salesforce',
  async () => {
    const clientSecret = `${SECRET}-0001`;
    const world = await salesforceWorld({ clientSecret, clientId: `${SECRET}-0002` });
    fill(world.emulator);
    const env = { SALESFORCE_CLIENT_SECRET: clientSecret, SALESFORCE_CLIENT_ID: `${SECRET}-0002` };
    return { ...world, env: { ...world.env, ...env } };
  },
  (world) => {
    const emulator = world.emulator as SalesforceEmulator;
    const customer = emulator
      .ids('Account')
      .find((id) => /^Customer/.test(String(emulator.get('Account', id)?.fields['Type'])));
    return { account: `Account:${customer}`, contact: `Contact:${emulator.ids('Contact')[0]}` };
  },
);
