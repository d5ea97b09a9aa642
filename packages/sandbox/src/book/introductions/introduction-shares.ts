import type { Random } from '../random.ts';
import type { Channel, DecoyKind } from './introduction-book.ts';

/**
 * How often each thing happens. Assumptions, not measurements: nobody counted them in a portal, and recall and the share of
 * questions move with them (`wrongDateOfLate`, `notMarked`, `neutralWords` and the suppliers above all).
 */
export const SHARES = {
  channel: { mail: 0.7, forward: 0.08, named: 0.03, meeting: 0.015, spoken: 0.175 } satisfies Record<Channel, number>,
  /** Somebody links the two in the CRM; after a word of mouth that is usual. */
  linked: 0.2,
  linkedAfterWord: 0.75,
  wrongLink: 0.004,
  confirmed: 0.12,
  confirmedByOne: 0.25,
  neutralWords: 0.26,
  unusualWords: 0.08,
  engaged: 0.92,
  opportunity: 0.6,
  won: 0.3,
  staleContact: 0.06,
  coldMail: 0.1,
  secondIntroducer: 0.01,
  notMarked: 0.02,
  /** Of any record. */
  lateLogging: 0.08,
  wrongDateOfLate: 0.05,
  redacted: 0.03,
  notLogged: 0.03,
  /** Of any address written. */
  plusTag: 0.03,
  capitals: 0.03,
  aliasOnRecord: 0.04,
  aliasNotOnRecord: 0.03,
  privateNotOnRecord: 0.012,
  linkedByHand: 0.5,
  noDisplayName: 0.03,
  /** Of any person or firm. */
  privateMain: 0.04,
  noContactRecord: 0.06,
  advocateWithoutRecord: 0.007,
  noDomainOnRecord: 0.04,
  secondDomain: 0.08,
  wrongCompany: 0.03,
  peopleInCopy: 0.2,
  /** A stranger whom the CRM turned into a record, and of those the ones marked as a prospect. */
  strangerOnRecord: 0.3,
  strangerAsProspect: 0.05,
  misleadingWords: 0.06,
  thirdDecoy: 0.3,
} as const;

/** What the decoys are, out of one. */
export const DECOY_SHARES: Readonly<Record<DecoyKind, number>> = {
  webinar: 0.21,
  'people in copy': 0.2,
  'copy of a known prospect': 0.13,
  'answer in the thread': 0.12,
  colleague: 0.12,
  'earlier contact': 0.1,
  'reference call': 0.05,
  mailing: 0.025,
  'small meeting': 0.02,
  supplier: 0.015,
  namesake: 0.01,
  'wrong link': 0,
};

/** Draws a key by its share. */
export function drawByShare<Key extends string>(shares: Readonly<Record<Key, number>>, random: Random): Key {
  const entries = Object.entries(shares) as [Key, number][];
  let left = random.next() * entries.reduce((sum, [, share]) => sum + share, 0);
  for (const [key, share] of entries) {
    left -= share;
    if (left < 0) return key;
  }
  return entries[0]![0];
}
