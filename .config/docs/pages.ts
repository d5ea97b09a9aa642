import type { CrmModule, Rule } from '@holdfast/core';
import { OWNED_FIELDS, REFERRAL_OBJECT } from '@holdfast/core';
import { referralPages } from './referral-pages.ts';

/** Every generated page by its path in docs/. */
export async function generatedPages(): Promise<Record<string, string>> {
  const { hubspot } = await import('@holdfast/hubspot');
  const { salesforce } = await import('@holdfast/salesforce');
  const modules = [hubspot, salesforce] as readonly CrmModule[];
  return {
    'fields.md': fieldsPage(),
    'permissions.md': permissionsPage(modules),
    'security-review.md': securityPage(modules),
    ...referralPages(),
    ...Object.fromEntries(modules.map((module) => [`maps/${module.crm}.md`, mapPage(module)])),
  };
}

const generated = (source: string) => `<!-- Generated from ${source}; do not edit by hand: run \`pnpm docs\`. -->\n`;

function fieldsPage(): string {
  const rows = OWNED_FIELDS.map(({ entity, stem, label, help, type, minimal, writer }) => {
    const hubspotName = entity === 'lead' ? 'no leads' : `\`holdfast_${stem}\``;
    const salesforceName = `Holdfast_${stem
      .split('_')
      .map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`)
      .join('_')}__c`;
    const options = type.kind === 'select' ? `select: ${type.options.join(', ')}` : type.kind;
    return `| ${entity} | ${hubspotName} | \`${salesforceName}\` | ${label} | ${options} | ${writer === 'people' ? 'people' : 'Holdfast'} | ${minimal ? 'yes' : ''} | ${help} |`;
  });
  return `${generated('packages/core/src/crm/owned-fields.ts')}# The fields that Holdfast owns

This is the whole list: nothing outside it is ever written. "Minimal" is the set that fits a free portal.

| record | HubSpot | Salesforce | label | type | written by | minimal | help |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}

## The object for referrals

Where the CRM has objects of one's own: \`holdfast_referral\` on HubSpot (Enterprise), \`Holdfast_Referral__c\` on Salesforce, numbered ${REFERRAL_OBJECT.numbered}. Holdfast makes its records and nobody else's. A link is a
labelled association on HubSpot and a lookup on Salesforce, where a prospect may also be a lead (\`Lead__c\`). Without the object the opportunity carries state and credit, and on HubSpot two contacts are tied: by the
pair of labels "Referred by" / "Referred" that \`install\` makes where the subscription has labels, else plainly.

Notes, where somebody switched them on, carry \`holdfast_key\` on HubSpot; on Salesforce a note is a completed task with \`Holdfast_Key__c\`.

| HubSpot | Salesforce | label | type | written by | help |
|---|---|---|---|---|---|
${referralRows().join('\n')}
`;
}

function referralRows(): readonly string[] {
  return REFERRAL_OBJECT.fields.map(({ stem, label, help, type, writer }) => {
    const salesforceName = `${stem
      .split('_')
      .map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`)
      .join('_')}__c`;
    const kind = type.kind === 'select' ? `select: ${type.options.join(', ')}` : type.kind;
    const told = type.kind === 'link' ? `link to ${type.to.join(' or ')}` : kind;
    const labelled = stem === 'opportunity' ? 'association' : `association "${label}"`;
    return `| ${type.kind === 'link' ? labelled : `\`${stem}\``} | \`${salesforceName}\` | ${label} | ${told} | ${writer === 'people' ? 'people' : 'Holdfast'} | ${help} |`;
  });
}

function mapPage(module: CrmModule): string {
  const parts = Object.entries(module.maps).map(([entity, map]) => {
    if ('unavailable' in map) return `## ${entity}\n\nNot available: ${map.unavailable}.\n`;
    const tables = map.sources.map((source) => {
      const rows = Object.entries(source.fields).map(
        ([field, rule]) => `| ${field} | ${ruleText(rule as Rule<unknown>)} |`,
      );
      const where = source.where ? ` where ${JSON.stringify(source.where)}` : '';
      const only = 'anyOf' in source ? `, only where one of these holds: ${JSON.stringify(source.anyOf)}` : '';
      return `From \`${source.object}\`${where}${only}:\n\n| field | read from |\n|---|---|\n${rows.join('\n')}\n`;
    });
    return `## ${entity}\n\n${tables.join('\n')}`;
  });
  return `${generated(`packages/${module.crm}/src/maps`)}# What is read from ${module.title}\n\n${parts.join('\n')}`;
}

function ruleText(rule: Rule<unknown>): string {
  switch (rule.rule) {
    case 'field':
      return `\`${rule.name}\``;
    case 'fields':
      return rule.names.map((name) => `\`${name}\``).join(', ');
    case 'link':
      return `link to ${rule.to}${rule.label ? ` labelled "${rule.label}"` : ''}${rule.many ? ' (many)' : ''}`;
    case 'constant':
      return `always ${JSON.stringify(rule.value)}`;
    case 'unmapped':
      return `nothing: ${rule.reason}`;
  }
}

const PURPOSES = {
  read: 'To read the book',
  write: 'To write scores (stage of trust `write`)',
  install: 'To install the fields, once',
} as const;

function permissionsPage(modules: readonly CrmModule[]): string {
  const parts = modules.map((module) => {
    const lists = Object.entries(PURPOSES).map(([purpose, title]) => {
      const rows = module.permissions
        .filter((permission) => permission.purpose === purpose)
        .map(({ name, entities }) => `| \`${name}\` | ${entities.join(', ') || 'everything'} |`);
      return `### ${title}\n\n| permission | without it there is no |\n|---|---|\n${rows.join('\n')}\n`;
    });
    return `## ${module.title}\n\n${lists.join('\n')}`;
  });
  return `${generated('the maps and the owned fields')}# Permissions\n\nThe least that each purpose needs. What is not granted is reported by \`holdfast check\` as unavailable; it is never read as empty.\n\n${parts.join('\n')}`;
}

function securityPage(modules: readonly CrmModule[]): string {
  const variables = modules
    .flatMap(({ env }) => env)
    .map(({ variable, secret, help }) => `| \`${variable}\` | ${secret ? 'secret' : 'plain'} | ${help} |`);
  const written = [
    ...new Set(
      OWNED_FIELDS.filter(({ writer, entity }) => writer === 'holdfast' && entity !== 'task').map(
        ({ entity }) => entity,
      ),
    ),
  ];
  return `${generated('the maps, the owned fields and the environment variables')}# Security review

For the person who has to say yes.

## What is read

Only what the maps list: ${modules.map(({ crm, title }) => `[${title}](maps/${crm}.md)`).join(', ')}. Bodies of mails, notes and tickets are not read.
Of leads only those that have to do with a referral are read. Of a mail it is read who wrote it to whom, and its subject: evidence of introductions. Before anything is stored, addresses (a contact’s further ones too), names and conversations become digests with a key of the workspace, and the subject
becomes four answers of yes or no (does it introduce, is it a reply, a forward, a mailing); leave \`mailParties\` and \`meetingParties\` out of \`entities\` and none of it is read. The permissions are in [permissions.md](permissions.md).

## What is written

Only the fields in [fields.md](fields.md), on ${written.join(', ')} records inside the confirmed book, and only from the stage of trust \`write\` on. Amount, stage, probability, close date, forecast category, owner and
lifecycle stage are never written. On HubSpot below Enterprise who was referred is tied to who referred.
At the stage \`act\` tasks of our own for owners as well: subject, text, due day, owner, account and person; and, only where they are switched on, notes in fixed words on the account and its sale. Nobody is mailed. On Salesforce every write carries \`Sforce-Auto-Assign: FALSE\`.

## What is called

The CRM's own hosts (\`*.hubapi.com\`, \`*.salesforce.com\`, \`*.force.com\`) and the address that you configure; redirects to another host are refused. No telemetry, no other service. At most 25 % of the
CRM's daily budget in one run, and nothing more once 80 % of it is used by anyone.

## What is stored

A SQLite file and one folder per run under \`.holdfast\` in the workspace: mode 0700, files 0600, ignored by git. It holds the fields in the maps, among them names and e-mail addresses of contacts, which
referral matching needs. The report and the plans name accounts, not people. \`holdfast forget CONTACT\` erases a person from store, referral journal, runs and their reports (the store's file is written anew, so that nothing is left in free pages) and keeps the person out, for which it keeps the id and keyed digests of mail and number that expire.
Who was paid stays in \`vault.json\`, restricted, until bookkeeping needs it no longer; \`key\` is the key of the digests. Texts of other records that name the person are scrubbed here, and come back with a pull that reads them again: erase the CRM's own records too. A report written elsewhere (\`report --out\`) is not reached.
Events and runs older than \`keepDays\` (1,095 unless set) are erased with every pull.

## Secrets

Taken from the environment only; a config that holds one is refused. They appear in no log, error, report or file: a canary test looks for them.

| variable | kind | what |
|---|---|---|
${variables.join('\n')}

## The limits of undo

\`undo RUN\` puts values back where nobody has changed them since. What a write has set off in the CRM (a workflow, a flow, a mail that one of them sends) cannot be undone; every plan says so.

## What remains

Between the re-read of a record and its write lies the time of one call in which a person's edit would be overwritten: neither CRM offers a conditional batch write.
`;
}
