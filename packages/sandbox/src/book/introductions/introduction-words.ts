import type { Random } from '../random.ts';

/** First names and firm that fill a subject line. */
export interface SubjectNames {
  readonly party: string;
  readonly user: string;
  readonly firm: string;
}

const TELLING = [
  'Introduction: {party} <> {user}',
  'Intro {party} / {user}',
  'Introducing {party} from {firm}',
  '{user}, meet {party}',
  'Connecting you with {party}',
  '{party} <> {user}',
  'Referral: {firm}',
  'Someone you should meet',
  'Putting you two in touch',
  'e-intro {firm}',
  'Quick introduction',
  'Recommendation: {firm}',
  'I recommended you to {party}',
  'Vorstellung {party}',
  'Darf ich vorstellen: {party}, {firm}',
  'Mise en relation avec {party}',
  'Te presento a {party}',
  'Kennismaking {party}',
  'Przedstawiam: {party}',
  'Introduktion: {party} och {user}',
];
const UNUSUAL = [
  'A friend of mine at {firm}',
  'You two should talk',
  '{party} / {user}',
  'As promised at dinner',
  'Possible fit for you: {firm}',
  'Kontakt zu {firm}',
  'Esittely: {party}',
  'They have the same problem that we had',
];
const NEUTRAL = [
  'Quick hello',
  'Our call last week',
  'Re: Review of the quarter',
  'Your demo',
  'Next steps',
  'Re: Renewal',
  'Thursday',
];
const PROJECT = [
  'Re: Integration timeline',
  'Delivery 4471',
  'Rollout plan',
  'Re: Meeting notes',
  'Connect your scanner',
  'Recommended settings for the gateway',
  'Re: Introduction to the new release',
  'Access for our contractor',
  'WG: Rechnung 2210',
  'Hello again',
];
const MISLEADING = [
  'Intro call rollout',
  'Kick-off and introductions',
  'Who should we meet on site?',
  'Recommendation of the auditors',
];
const COLLEAGUE = [
  'Introducing my colleague {party}',
  'Meet {party}, our new planner',
  '{party} takes over from me',
  'Out next week',
  'New colleague in copy',
];
const EVENT = [
  'Webinar: planning for 2026',
  'User group meeting',
  'Invitation: open day',
  'Introduction to the new planner',
  'Autumn forum',
];
const SUPPLIER = [
  'Introduction: {party} from our agency',
  'You should meet {firm}',
  'Our agency {firm}',
  'Referral: {firm} for your website',
];

export const subjectLists = { TELLING, UNUSUAL, NEUTRAL, PROJECT, MISLEADING, COLLEAGUE, EVENT, SUPPLIER } as const;

/** A subject line of a kind, filled in. */
export function subjectOf(kind: keyof typeof subjectLists, names: SubjectNames, random: Random): string {
  return random
    .pick(subjectLists[kind])
    .replaceAll('{party}', names.party)
    .replaceAll('{user}', names.user)
    .replaceAll('{firm}', names.firm);
}
