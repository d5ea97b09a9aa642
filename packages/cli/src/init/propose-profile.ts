import type { CrmCapabilities, CrmModule, OrgProfile } from '@holdfast/core';
import { MEANING_LISTS, type MeaningList, type Meanings } from './meaning-lists.ts';

/** A value whose meaning could not be proposed; a person must say, or `check` reports it. */
export interface OpenValue {
  readonly list: MeaningList['answer'];
  readonly value: string;
  readonly label: string;
}

export interface ProfileProposal {
  readonly profile: OrgProfile;
  readonly open: readonly OpenValue[];
}

/** Lays the org's own vocabulary beside the CRM's defaults. Nothing is guessed from a label. */
export function proposeProfile(
  { profile: defaults }: Pick<CrmModule, 'profile'>,
  { vocabulary, org }: Pick<CrmCapabilities, 'vocabulary' | 'org'>,
): ProfileProposal {
  const open: OpenValue[] = [];
  let profile: OrgProfile = {
    ...defaults,
    orgId: org.id,
    confirmedAt: null,
    currency: org.currency,
    timeZone: org.timeZone,
    referralSources: defaults.referralSources.filter((source) =>
      vocabulary.opportunitySources.some(({ value }) => value === source),
    ),
  };
  for (const list of MEANING_LISTS) {
    const known = list.get(defaults);
    const meanings: Record<string, string> = {};
    for (const word of list.words(vocabulary)) {
      const key = list.key(word);
      const meaning = known[key] ?? list.told(word);
      if (meaning === undefined) open.push({ list: list.answer, value: key, label: word.label });
      else meanings[key] = meaning;
    }
    profile = list.set(profile, meanings);
  }
  return { profile, open };
}

/** Lays what a person says over a proposal, list by list; a value with a meaning is no longer open. */
export function layMeanings(
  { profile, open }: ProfileProposal,
  said: (list: MeaningList) => Meanings | undefined,
): ProfileProposal {
  const laid = MEANING_LISTS.reduce((at, list) => list.set(at, { ...list.get(at), ...said(list) }), profile);
  const known = new Map(MEANING_LISTS.map((list) => [list.answer, list.get(laid)]));
  return { profile: laid, open: open.filter(({ list, value }) => known.get(list)?.[value] === undefined) };
}
