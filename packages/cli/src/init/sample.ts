import {
  type Account,
  type CrmAdapter,
  type CrmCapabilities,
  type OrgProfile,
  type RecordRole,
  roleByLifecycle,
} from '@holdfast/core';
import type { ProfileProposal } from './propose-profile.ts';

/** What a first page of accounts looks like under a profile: counts by role, some names for each. */
export interface BookSample {
  readonly looked: number;
  readonly roles: Readonly<Record<string, { readonly count: number; readonly examples: readonly string[] }>>;
}

const EXAMPLES = 4;

/** Reads one page of accounts and sorts them by the profile; won opportunities and contracts are counted by `check` later. */
export async function sampleBook(adapter: CrmAdapter, profile: OrgProfile, signal: AbortSignal): Promise<BookSample> {
  const page = await adapter.read('account', { kind: 'all', cursor: null }, signal);
  const roles: Record<string, { count: number; examples: string[] }> = {};
  for (const account of page.records) note(roles, roleOf(account, profile), account);
  return { looked: page.records.length, roles };
}

function roleOf(account: Account, profile: OrgProfile): RecordRole | 'not said' {
  return roleByLifecycle(account.lifecycle, profile) ?? 'not said';
}

function note(roles: Record<string, { count: number; examples: string[] }>, role: string, { name, id }: Account): void {
  roles[role] ??= { count: 0, examples: [] };
  const entry = roles[role];
  entry.count += 1;
  if (entry.examples.length < EXAMPLES) entry.examples.push(name ?? id);
}

/** The proposal in words. */
export function describeSample(
  { org }: CrmCapabilities,
  { profile, open }: ProfileProposal,
  sample: BookSample,
): string {
  const meanings = (table: Readonly<Record<string, string>>) =>
    Object.entries(table)
      .map(([value, meaning]) => `${value} = ${meaning}`)
      .join(', ') || '(none)';
  const roles = Object.entries(sample.roles).map(
    ([role, { count, examples }]) => `  ${role}: ${count}, such as ${examples.join('; ')}`,
  );
  return [
    `${org.name} (${org.edition}, ${org.kind}), amounts in ${org.currency}, days in ${org.timeZone}.`,
    `Accounts are taken by their lifecycle or type: ${meanings(profile.book.lifecycles)}; without one: ${profile.book.blank}.`,
    `Of the first ${sample.looked} accounts:`,
    ...roles,
    `Opportunity stages: ${meanings(profile.opportunities.stages)}.`,
    `Kinds: by pipeline ${meanings(profile.opportunities.pipelines)}; by type ${meanings(profile.opportunities.types)}.`,
    ...(open.length === 0
      ? []
      : [
          `Not known yet, so they will be reported until you say: ${open.map(({ list, label, value }) => `${list} "${label}" (${value})`).join(', ')}.`,
        ]),
  ].join('\n');
}
