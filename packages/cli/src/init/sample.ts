import {
  type Account,
  type CrmAdapter,
  type CrmCapabilities,
  displayName,
  type OrgProfile,
  type RecordRole,
  roleByLifecycle,
  type Vocabulary,
} from '@holdfast/core';
import { listOf } from './ask.ts';
import { MEANING_LISTS, type MeaningList, type Meanings } from './meaning-lists.ts';
import type { OpenValue, ProfileProposal } from './propose-profile.ts';

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

function note(roles: Record<string, { count: number; examples: string[] }>, role: string, account: Account): void {
  roles[role] ??= { count: 0, examples: [] };
  const entry = roles[role];
  entry.count += 1;
  if (entry.examples.length < EXAMPLES) entry.examples.push(displayName(account));
}

/** The proposal in words. */
export function describeSample(
  { org, vocabulary }: Pick<CrmCapabilities, 'org' | 'vocabulary'>,
  { profile, open }: ProfileProposal,
  sample: BookSample,
): string {
  const roles = Object.entries(sample.roles).map(
    ([role, { count, examples }]) => `  ${role}: ${count}, such as ${examples.join('; ')}`,
  );
  return [
    `${org.name} (${[org.edition, org.kind].filter((word) => word !== '' && word !== 'unknown').join(', ')}), amounts in ${org.currency}, days in ${org.timeZone}.`,
    `What the words mean (an account without a lifecycle or type: ${profile.book.blank}):`,
    ...MEANING_LISTS.map((list) => `  ${list.title}: ${meaningsText(list.get(profile), labelsOf(list, vocabulary))}`),
    `Of the first ${sample.looked} accounts:`,
    ...roles,
    ...(open.length === 0
      ? []
      : [
          'Not known yet, so reported by `holdfast check` until you say:',
          ...open.map(openText),
          'To say it, put this into a file with one of the words left in each place, and add `--answers FILE`:',
          answersToFillIn(open),
        ]),
  ].join('\n');
}

/** By value as the profile names it; a stage's label comes with its pipeline's. */
function labelsOf(list: MeaningList, vocabulary: Vocabulary): ReadonlyMap<string, string> {
  const pipelines = new Map(vocabulary.pipelines.map(({ value, label }) => [value, label]));
  return new Map(
    list.words(vocabulary).map((word) => {
      const pipeline = list.answer === 'stages' ? pipelines.get(word.pipeline ?? '') : undefined;
      return [list.key(word), pipeline === undefined ? word.label : `${pipeline}: ${word.label}`];
    }),
  );
}

function meaningsText(meanings: Meanings, labels: ReadonlyMap<string, string>): string {
  const byMeaning = new Map<string, string[]>();
  for (const [value, meaning] of Object.entries(meanings)) {
    byMeaning.set(meaning, [...(byMeaning.get(meaning) ?? []), labels.get(value) ?? value]);
  }
  return [...byMeaning].map(([meaning, values]) => `${meaning} = ${values.join(', ')}`).join('; ') || '(none in use)';
}

function openText(one: OpenValue): string {
  const { title, choices } = listOf(one);
  return `  ${title} "${one.label}"${one.label === one.value ? '' : ` (${one.value})`}: ${choices.join(', ')}?`;
}

/** An answers file with every choice still in it. */
function answersToFillIn(open: readonly OpenValue[]): string {
  const file: Record<string, Record<string, string>> = {};
  for (const one of open) file[one.list] = { ...file[one.list], [one.value]: listOf(one).choices.join('|') };
  return JSON.stringify(file, null, 2);
}
