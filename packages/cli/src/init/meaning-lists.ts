import type { Vocabulary } from '@holdfast/core';
import { OPPORTUNITY_KINDS, type OrgProfile, RECORD_ROLES, STAGE_MEANINGS, type VocabularyValue } from '@holdfast/core';

/** Values of the org's own words beside what each means. */
export type Meanings = Readonly<Record<string, string>>;

/** One list of the org's own words that a profile must give a meaning to. */
export interface MeaningList {
  /** Key in an answers file. */
  readonly answer:
    | 'lifecycles'
    | 'pipelines'
    | 'stages'
    | 'types'
    | 'ticketStages'
    | 'contractStatuses'
    | 'orderStatuses';
  /** What one value is, for people. */
  readonly title: string;
  readonly choices: readonly string[];
  readonly words: (vocabulary: Vocabulary) => readonly VocabularyValue[];
  /** The name of a value in the profile: stages carry their pipeline. */
  readonly key: (value: VocabularyValue) => string;
  /** What the CRM itself says of a value. */
  readonly told: (value: VocabularyValue) => string | undefined;
  readonly get: (profile: Omit<OrgProfile, 'orgId' | 'confirmedAt' | 'currency' | 'timeZone'>) => Meanings;
  readonly set: (profile: OrgProfile, meanings: Meanings) => OrgProfile;
}

const alone = ({ value }: VocabularyValue) => value;
const untold = () => undefined;
// what the meanings may be is checked by the profile's schema when the config is saved
const as = <T>(meanings: Meanings) => meanings as T;

/** In the order in which a person is asked. */
export const MEANING_LISTS: readonly MeaningList[] = [
  {
    answer: 'lifecycles',
    title: 'account lifecycle or type',
    choices: RECORD_ROLES,
    words: ({ lifecycles }) => lifecycles,
    key: alone,
    told: untold,
    get: ({ book }) => book.lifecycles,
    set: (profile, meanings) => ({ ...profile, book: { ...profile.book, lifecycles: as(meanings) } }),
  },
  {
    answer: 'pipelines',
    title: 'opportunity pipeline',
    choices: OPPORTUNITY_KINDS,
    words: ({ pipelines }) => pipelines,
    key: alone,
    told: untold,
    get: ({ opportunities }) => opportunities.pipelines,
    set: (profile, meanings) => ({ ...profile, opportunities: { ...profile.opportunities, pipelines: as(meanings) } }),
  },
  {
    answer: 'stages',
    title: 'opportunity stage',
    choices: STAGE_MEANINGS,
    words: ({ stages }) => stages,
    key: ({ pipeline, value }) => (pipeline === undefined ? value : `${pipeline}/${value}`),
    told: ({ meaning }) => (meaning === 'closed' ? undefined : meaning),
    get: ({ opportunities }) => opportunities.stages,
    set: (profile, meanings) => ({ ...profile, opportunities: { ...profile.opportunities, stages: as(meanings) } }),
  },
  {
    answer: 'types',
    title: 'opportunity type',
    choices: OPPORTUNITY_KINDS,
    words: ({ opportunityTypes }) => opportunityTypes,
    key: alone,
    told: untold,
    get: ({ opportunities }) => opportunities.types,
    set: (profile, meanings) => ({ ...profile, opportunities: { ...profile.opportunities, types: as(meanings) } }),
  },
  {
    answer: 'ticketStages',
    title: 'ticket stage',
    choices: ['open', 'closed'],
    words: ({ ticketStages }) => ticketStages,
    key: alone,
    told: ({ meaning }) => (meaning === 'open' || meaning === 'closed' ? meaning : undefined),
    get: ({ tickets }) => tickets.stages,
    set: (profile, meanings) => ({ ...profile, tickets: { ...profile.tickets, stages: as(meanings) } }),
  },
  {
    answer: 'contractStatuses',
    title: 'contract status',
    choices: ['draft', 'active', 'ended', 'terminated'],
    words: ({ contractStatuses }) => contractStatuses,
    key: alone,
    told: untold,
    get: ({ contracts }) => contracts.statuses,
    set: (profile, meanings) => ({ ...profile, contracts: { statuses: as(meanings) } }),
  },
  {
    answer: 'orderStatuses',
    title: 'order status',
    choices: ['open', 'shipped', 'delivered', 'cancelled'],
    words: ({ orderStatuses }) => orderStatuses,
    key: alone,
    told: untold,
    get: ({ orders }) => orders.statuses,
    set: (profile, meanings) => ({ ...profile, orders: { statuses: as(meanings) } }),
  },
];
