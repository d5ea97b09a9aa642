import { describeBadInputs } from './bad-input.ts';
import { salesforceWorld } from './world.ts';

describeBadInputs('salesforce', {
  open: () => salesforceWorld(),
  wrongToken: { SALESFORCE_CLIENT_SECRET: 'wrong-secret-0000' },
  malformedToken: { SALESFORCE_CLIENT_SECRET: 'two words\nand a line' },
  noToken: {},
  refusal: /client id and secret/,
  malformed: /SALESFORCE_CLIENT_SECRET/,
  absent: /SALESFORCE_LOGIN_URL/,
  withoutPermission: () => salesforceWorld({ objectAccess: { Account: 'none' } }),
  permission: /Account/,
  missingField: 'No_Such_Field__c',
  withOtherType: async () => {
    const world = await salesforceWorld();
    world.emulator.defineField('Account', 'Holdfast_Health_Score__c', 'string', { length: 40 });
    return world;
  },
  scoreField: /Holdfast_Health_Score__c/,
  stage: 'Closed Won',
  secretOption: 'clientSecret',
});
