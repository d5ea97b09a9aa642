import { salesforce } from '@holdfast/salesforce';
import { afterEach, describe, expect, it } from 'vitest';
import { installByHand } from './installed-fields.ts';
import { openOrg, type SandboxOrg } from './sandbox-org.ts';

const opened: SandboxOrg[] = [];
function org(settings?: Parameters<typeof openOrg>[0]): SandboxOrg {
  const made = openOrg(settings);
  opened.push(made);
  return made;
}
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

const profileOf = (orgId: string) => ({
  ...salesforce.profile,
  orgId,
  confirmedAt: 1,
  currency: 'USD',
  timeZone: 'UTC',
});

describe('check', () => {
  it('a healthy org with our fields has nothing to mend', async () => {
    const sandbox = org();
    installByHand(sandbox.crm);
    sandbox.crm.create('Account', { Name: 'Ada', Type: 'Customer - Direct' });
    expect(await (await sandbox.connect()).check(profileOf(sandbox.crm.orgId))).toEqual([]);
  });

  it('a stage, type and status in use that the profile does not explain are errors, with their numbers', async () => {
    const sandbox = org();
    installByHand(sandbox.crm);
    for (const Type of ['Reseller', 'Reseller', 'Prospect']) sandbox.crm.create('Account', { Name: 'A', Type });
    sandbox.crm.create('Opportunity', { Name: 'O', StageName: 'Signed', Type: 'Upsell', CloseDate: '2026-06-30' });
    sandbox.crm.create('Case', { Subject: 'C', Status: 'Parked' });
    const problems = await (await sandbox.connect()).check(profileOf(sandbox.crm.orgId));
    expect(problems.map(({ severity, code, message }) => `${severity} ${code} ${message}`)).toEqual([
      'error unmapped-value Account.Type "Reseller" is in use (2 records) and the profile does not say what it means: add it to book.lifecycles.',
      'error unmapped-value Opportunity.StageName "Signed" is in use (1 records) and the profile does not say what it means: add it to opportunities.stages.',
      'error unmapped-value Opportunity.Type "Upsell" is in use (1 records) and the profile does not say what it means: add it to opportunities.types.',
      'error unmapped-value Case.Status "Parked" is in use (1 records) and the profile does not say what it means: add it to tickets.stages.',
    ]);
  });

  it('a profile of another org is refused', async () => {
    const sandbox = org();
    installByHand(sandbox.crm);
    const problems = await (await sandbox.connect()).check(profileOf('00D000000000001AAA'));
    expect(problems.map(({ code }) => code)).toEqual(['wrong-org']);
  });

  it('fields: missing, of another type, hidden, not writable, ours taken by somebody else', async () => {
    const sandbox = org();
    installByHand(sandbox.crm);
    sandbox.crm.removeField('Account', 'Holdfast_Confidence__c');
    sandbox.crm.removeField('Account', 'Holdfast_Reasons__c');
    sandbox.crm.defineField('Account', 'Holdfast_Reasons__c', 'boolean');
    sandbox.crm.defineField('Account', 'Tier__c', 'string', { length: 20 });
    sandbox.crm.setFieldAccess('integration@example.com', 'Contact.Title', 'none');
    sandbox.crm.setFieldAccess('integration@example.com', 'Account.Holdfast_Next_Step__c', 'read');
    const adapter = await sandbox.connect({ fields: { account: { renewalOn: 'Tier__c', recurring: 'Nowhere__c' } } });
    const problems = await adapter.check(null);
    expect(problems.map(({ severity, code }) => `${severity} ${code}`).sort()).toEqual([
      'error field-missing',
      'error field-type',
      'error field-type',
      'warning field-hidden',
      'warning not-installed',
      'warning not-writable',
    ]);
    const messages = problems.map(({ message }) => message).join('\n');
    expect(messages).toContain(
      'options.fields.account.renewalOn names Tier__c, which is of type string, and date is needed: name another field.',
    );
    expect(messages).toContain(
      'options.fields.account.recurring names Nowhere__c, which does not exist or is hidden from this user',
    );
    expect(messages).toContain('Account.Holdfast_Reasons__c is of type boolean, and textarea is needed');
    expect(messages).toContain('Contact: title cannot be read');
    expect(messages).toContain('This user may not edit Account.Holdfast_Next_Step__c');
  });

  it('T14 an object without which there is no book is an error, another a warning', async () => {
    const sandbox = org();
    installByHand(sandbox.crm);
    sandbox.crm.setObjectAccess('integration@example.com', 'Contact', 'none');
    sandbox.crm.setObjectAccess('integration@example.com', 'Contract', 'none');
    const problems = await (await sandbox.connect()).check(null);
    const missing = problems
      .filter(({ code }) => code === 'object-missing')
      .map(({ severity, message }) => `${severity}: ${message.slice(0, 22)}`);
    expect(missing).toEqual([
      'error: No contact can be read',
      'warning: No contactRole can be ',
      'warning: No contract can be rea',
    ]);
  });

  it('T37 a user who sees only a part of the accounts is told', async () => {
    const sandbox = org({
      users: [
        {
          username: 'integration@example.com',
          clientId: 'sandbox-client',
          clientSecret: 'sandbox-secret',
          viewAllData: false,
        },
      ],
    });
    installByHand(sandbox.crm);
    const ids = Array.from({ length: 200 }, (_, number) => sandbox.crm.create('Account', { Name: `A${number}` }));
    sandbox.crm.hide(...ids.slice(0, 50));
    const problems = await (await sandbox.connect()).check(null);
    expect(problems).toEqual([
      { severity: 'warning', code: 'partial-view', message: expect.stringContaining('sees 150 of about 200 accounts') },
    ]);
  });
});
