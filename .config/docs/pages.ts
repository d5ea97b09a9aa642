import type { CrmModule, Rule } from '@holdfast/core';
import { OWNED_FIELDS } from '@holdfast/core';

/** Every generated page by its path in docs/. */
export async function generatedPages(): Promise<Record<string, string>> {
  const { hubspot } = await import('@holdfast/hubspot');
  const { salesforce } = await import('@holdfast/salesforce');
  const modules = [hubspot, salesforce] as readonly CrmModule[];
  return {
    'fields.md': fieldsPage(),
    ...Object.fromEntries(modules.map((module) => [`maps/${module.crm}.md`, mapPage(module)])),
  };
}

const generated = (source: string) => `<!-- Generated from ${source}; do not edit by hand: run \`pnpm docs\`. -->\n`;

function fieldsPage(): string {
  const rows = OWNED_FIELDS.map(({ entity, stem, label, help, type, minimal, writer }) => {
    const hubspotName = `holdfast_${stem}`;
    const salesforceName = `Holdfast_${stem
      .split('_')
      .map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`)
      .join('_')}__c`;
    const options = type.kind === 'select' ? `select: ${type.options.join(', ')}` : type.kind;
    return `| ${entity} | \`${hubspotName}\` | \`${salesforceName}\` | ${label} | ${options} | ${writer === 'people' ? 'people' : 'Holdfast'} | ${minimal ? 'yes' : ''} | ${help} |`;
  });
  return `${generated('packages/core/src/crm/owned-fields.ts')}# The fields that Holdfast owns

This is the whole list: nothing outside it is ever written. "Minimal" is the set that fits a free portal.

| record | HubSpot | Salesforce | label | type | written by | minimal | help |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}

function mapPage(module: CrmModule): string {
  const parts = Object.entries(module.maps).map(([entity, map]) => {
    if ('unavailable' in map) return `## ${entity}\n\nNot available: ${map.unavailable}.\n`;
    const tables = map.sources.map((source) => {
      const rows = Object.entries(source.fields).map(
        ([field, rule]) => `| ${field} | ${ruleText(rule as Rule<unknown>)} |`,
      );
      const where = source.where ? ` where ${JSON.stringify(source.where)}` : '';
      return `From \`${source.object}\`${where}:\n\n| field | read from |\n|---|---|\n${rows.join('\n')}\n`;
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
