import { describe, expect, it } from 'vitest';
import { aContact, aLead, anAccount, anOpportunity, aRole, profile } from '../../../test/records.ts';
import { act, at, opened, person, program, sale, stateOf, tick } from '../../../test/referral-journal.ts';
import { readRows } from '../../snapshot/row-reading.ts';
import { NO_RELATION } from '../claims/existing-relation.ts';
import { neutralText } from '../claims/explain-claim.ts';
import type { EvidenceClass } from '../entities/evidence-class.ts';
import type { ClaimSubmission, ReferralEvent } from '../entities/referral-event.ts';
import { readReferralRows } from '../referral-rows.ts';
import { changedEvidence } from './gone-evidence.ts';
import { namedParties } from './named-parties.ts';
import type { ReferralEngine } from './open-engine.ts';
import { signalsAbout } from './screen-reward.ts';

const ID = 'main/contact:1>account:9';
const CONTACTS = [1, 2, 9].map((n) => aContact({ id: `contact:${n}`, createdAt: at(-9).occurredAt }));
const BOOK = {
  account: [1, 2, 9].map((n) => anAccount({ id: `account:${n}` })),
  contactRole: [1, 2, 9].map((n) => aRole(`contact:${n}`, `account:${n}`)),
  contact: CONTACTS,
};
const sold = (by: string | null) =>
  anOpportunity({ id: 'opportunity:9', accountId: 'account:9', contactIds: [], referredById: by });
const named = (by: number | null) =>
  CONTACTS.map((it) => (it.id === 'contact:9' && by !== null ? { ...it, referredById: `contact:${by}` } : it));

/** A claim as a reading of the CRM makes it of what somebody recorded. */
const recorded = (set: Partial<ClaimSubmission> = {}, evidence: EvidenceClass = 'recorded', n = 0): ReferralEvent => {
  const pair = { participantId: 'contact:1', subjectId: set.subjectId ?? 'account:9' };
  const key = `contact:1>${pair.subjectId} ${evidence}`;
  return {
    ...{
      key: `claim main ${key}`,
      ...at(n),
      kind: 'claim',
      known: { relation: NO_RELATION, signals: [], isErased: false },
    },
    claim: {
      ...{ programId: 'main', ...pair, referrerAccountId: 'account:1', referredContactId: 'contact:9' },
      ...{ opportunityId: null, introducedAt: at(n).occurredAt, consent: 'legitimate_interest', code: null },
      touch: { key: `touch ${key}`, ...pair, evidence, ...at(n), sourceId: null },
      ...set,
    },
  };
};
type Given = Parameters<typeof readRows>[1];
const said = (
  engine: ReferralEngine,
  given: Given = {},
  touches: Parameters<typeof changedEvidence>[2]['touches'] = [],
) => {
  const rows = readRows(
    readReferralRows(profile, [...namedParties(engine.state), ...touches.map((it) => it.subjectId)]),
    { ...BOOK, ...given },
  );
  return changedEvidence(engine, rows, { profile, touches });
};
const GONE = {
  recordId: 'recorded contact:1>account:9',
  advocateId: 'contact:1',
  partyIds: ['account:9'],
  saidBy: ['crm'],
};
const { participant: member } = person(1) as Extract<ReferralEvent, { kind: 'participant' }>;
let count = 0;
/** A pull on a day: what it says is taken. */
const pull = (engine: ReferralEngine, n: number, given: Given = {}) => {
  const events = said(engine, { opportunity: [sold(null)], ...given }).map((denial): ReferralEvent => {
    count += 1;
    return { key: `denial ${count}`, ...at(n), kind: 'denial', denial };
  });
  engine.take([...events, tick(n)]);
  return events.length;
};
const reasonOf = ({ state }: ReferralEngine) => state.claims.get(ID)?.history.at(-1)?.reason;
const rewards = ({ state }: ReferralEngine) => [...state.rewards.all()].map((it) => `${it.state} ${it.reason}`);

describe('what the CRM shows no longer of a recorded claim', () => {
  it('the field is empty, or names somebody else: gone; it names them still: nothing', () => {
    expect(said(opened([recorded()]), { contact: named(null) })).toEqual([GONE]);
    expect(said(opened([recorded()]), { contact: named(2) })).toEqual([GONE]);
    expect(said(opened([recorded()]), { contact: named(1) })).toEqual([]);
  });

  it.each<[string, Given]>([
    [
      'a link in place of the field',
      {
        referralLink: [
          {
            id: 'l',
            createdAt: null,
            updatedAt: null,
            claimedAt: null,
            referredId: 'contact:9',
            referrerId: 'contact:1',
          },
        ],
      },
    ],
    [
      'a link to the account',
      {
        referralLink: [
          {
            id: 'l',
            createdAt: null,
            updatedAt: null,
            claimedAt: null,
            referredId: 'account:9',
            referrerId: 'contact:1',
          },
        ],
      },
    ],
    ['the field of a sale to the account', { opportunity: [sold('contact:1')] }],
    [
      'a lead that became the contact',
      { lead: [aLead({ referredById: 'contact:1', convertedContactId: 'contact:9' })] },
    ],
    ['the same person under another account', { contact: named(1), contactRole: [aRole('contact:9', 'account:2')] }],
    [
      'what was linked again after the instant of the pull',
      {
        referralLink: [
          {
            id: 'l',
            createdAt: at(99).occurredAt,
            updatedAt: null,
            claimedAt: null,
            referredId: 'contact:9',
            referrerId: 'contact:1',
          },
        ],
      },
    ],
  ])('shown elsewhere: %s', (_case, given) => {
    expect(said(opened([recorded()]), given)).toEqual([]);
  });

  it.each<[string, Given]>([
    ['the referrer', { contact: CONTACTS.filter((it) => it.id !== 'contact:1') }],
    ['who was referred', { contact: CONTACTS.filter((it) => it.id !== 'contact:9') }],
    ['the account', { account: BOOK.account.filter((it) => it.id !== 'account:9') }],
  ])('its record is not in the book, %s: nothing is said', (_case, given) => {
    expect(said(opened([recorded()]), given)).toEqual([]);
  });

  it('the sale that it came with is not in the book: nothing is said; it is there and names nobody: gone', () => {
    const engine = () => opened([recorded({ opportunityId: 'opportunity:9' })]);
    expect(said(engine())).toEqual([]);
    expect(said(engine(), { opportunity: [sold(null)] })).toEqual([GONE]);
  });

  it('one of its records came out of a merge, or of a lead that is not shown: nothing is said', () => {
    const merged: ReferralEvent = { key: 'm', ...at(5), kind: 'merge', loserId: 'contact:8', survivorId: 'contact:9' };
    expect(said(opened([recorded()], [merged]))).toEqual([]);
    const rolled = { ...at(5), kind: 'roll_up', fromId: 'lead:1', toId: 'account:9' } as const;
    const onLead = recorded({ subjectId: 'lead:1', referredContactId: 'lead:1' });
    expect(said(opened([onLead], [{ key: 'r', ...rolled, contactId: 'contact:9' }]))).toEqual([]);
  });

  it('somebody was erased since, and the claim names nobody: nothing is said', () => {
    const erase = { ...at(5), kind: 'erase', partyId: 'contact:7', withdrawn: [], tombstones: [] } as const;
    expect(said(opened([recorded({ referredContactId: null })]))).toEqual([GONE]);
    expect(said(opened([recorded({ referredContactId: null })], [{ key: 'e', ...erase }]))).toEqual([]);
  });

  const byHand = recorded();
  it.each<[string, ReferralEvent[]]>([
    ['a mail', [recorded(), recorded({}, 'activity', 1)]],
    ['a code, before', [recorded({}, 'code'), recorded({}, 'recorded', 1)]],
    ['somebody who submitted it by hand', [recorded(), { ...recorded({}, 'free_text', 1), key: 'submitted main' }]],
    ['somebody who submitted it first', [{ ...byHand, key: 'submitted main contact:1>account:9' }]],
  ])('it rests on something else too, %s: nothing is said', (_case, batch) => {
    expect(said(opened(batch))).toEqual([]);
  });

  it('a mail of the same pull proves it: nothing is said', () => {
    const touch = {
      key: 't',
      participantId: 'contact:1',
      subjectId: 'contact:9',
      evidence: 'activity',
      ...at(3),
    } as const;
    expect(said(opened([recorded()]), {}, [{ ...touch, sourceId: null }])).toEqual([]);
  });

  it('a mail with somebody else of the account proves it: nothing is said', () => {
    const touch = {
      key: 't',
      participantId: 'contact:1',
      subjectId: 'contact:3',
      evidence: 'activity',
      ...at(3),
    } as const;
    const contact = [...CONTACTS, aContact({ id: 'contact:3' })];
    const contactRole = [...BOOK.contactRole, aRole('contact:3', 'account:9')];
    expect(said(opened([recorded()]), { contact, contactRole }, [{ ...touch, sourceId: null }])).toEqual([]);
  });

  it('the claim has ended: nothing is said', () => {
    const ended = act(3, { act: 'withdraw', referralId: ID, why: 'so' });
    expect(said(opened([recorded()], [ended]))).toEqual([]);
  });
});

describe('a claim whose evidence is gone', () => {
  it('waits for a person, stays so in later pulls, and stands where it stood when it is shown again', () => {
    const engine = opened([recorded(), sale('opportunity_opened', 9, 2)]);
    expect(pull(engine, 5)).toBe(1);
    expect([stateOf(engine, 1, 9), reasonOf(engine)]).toEqual(['under_review', 'evidence_gone']);
    expect(pull(engine, 6)).toBe(0);
    expect(signalsAbout(engine.state, ID)).toMatchObject([
      { check: 'evidence_gone', reason: 'evidence_gone', raisedAt: at(5).occurredAt },
    ]);
    expect(neutralText(engine.state.claims.get(ID)!).text).toBe('Your introduction is being looked at.');
    expect(pull(engine, 7, { contact: named(1) })).toBe(1);
    expect([stateOf(engine, 1, 9), signalsAbout(engine.state, ID)]).toEqual(['opportunity', []]);
    expect(pull(engine, 8, { contact: named(1) })).toBe(0);
  });

  it('blocks nobody meanwhile: another claim on the party is accepted', () => {
    const rival = (n: number): ReferralEvent => {
      const { claim, ...event } = recorded() as Extract<ReferralEvent, { kind: 'claim' }>;
      const touch = { ...claim.touch, key: `rival ${n}`, participantId: 'contact:2' };
      const of = { participantId: 'contact:2', referrerAccountId: 'account:2', introducedAt: at(n).occurredAt, touch };
      return { ...event, key: `rival ${n}`, ...at(n), claim: { ...claim, ...of } };
    };
    const engine = opened([recorded()], [rival(2)]);
    expect(stateOf(engine, 2, 9)).toBe('duplicate');
    const other = opened([recorded()]);
    pull(other, 5);
    other.take([rival(6)]);
    expect(stateOf(other, 2, 9)).toBe('accepted');
    pull(other, 8, { contact: named(1) });
    expect(stateOf(other, 1, 9)).toBe('accepted');
    expect(other.state.claims.get(ID)?.protectedUntil).toBeNull();
  });

  it('lifted by a person it stands, in later pulls too; shown and gone once more it waits again', () => {
    const engine = opened([recorded()]);
    pull(engine, 5);
    engine.take([act(6, { act: 'clear', referralId: ID, check: 'evidence_gone', why: 'ada said so on the phone' })]);
    expect([pull(engine, 7), stateOf(engine, 1, 9)]).toEqual([0, 'accepted']);
    pull(engine, 8, { contact: named(1) });
    pull(engine, 9);
    expect([stateOf(engine, 1, 9), engine.state.refused]).toEqual(['under_review', []]);
  });

  it('a mail proves it later: it goes on by itself', () => {
    const engine = opened([recorded()]);
    pull(engine, 5);
    engine.take([recorded({}, 'activity', 6)]);
    expect([pull(engine, 7), stateOf(engine, 1, 9)]).toEqual([1, 'accepted']);
  });

  it('a code for the same pair under another program is not concerned', () => {
    const others = [
      { key: 'other', ...at(-1), kind: 'program', program: { ...program, id: 'other', priority: 2 } },
      { ...person(1), key: 'in other', participant: { ...member, programId: 'other' } },
    ] as const;
    const engine = opened([...others, recorded()]);
    pull(engine, 5);
    engine.take([{ ...recorded({ programId: 'other' }, 'code', 6), key: 'claim other' }, tick(7)]);
    expect(engine.state.claims.get('other/contact:1>account:9')?.state).toBe('accepted');
    expect(stateOf(engine, 1, 9)).toBe('under_review');
  });

  it('won: what nobody approved waits, what was approved stays (rule 4)', () => {
    const won = [recorded(), sale('opportunity_opened', 9, 2), sale('won', 9, 3, 200_000)];
    const engine = opened(won);
    pull(engine, 5);
    expect([stateOf(engine, 1, 9), rewards(engine)]).toEqual(['won', ['review_required evidence_gone']]);
    pull(engine, 6, { contact: named(1) });
    expect(rewards(engine)).not.toContainEqual(expect.stringMatching(/payable|review/));
    engine.take([tick(40)]);
    expect(rewards(engine)).toEqual(['payable accepted']);
    const late = opened(won, [tick(60)]);
    pull(late, 61);
    expect(rewards(late)).toEqual(['payable accepted']);
  });

  it('denied too: it stands again when neither is said any longer', () => {
    const engine = opened([recorded()]);
    pull(engine, 5);
    const denied = { recordId: 'referral:1', advocateId: 'contact:1', partyIds: ['account:9'] } as const;
    const says = (n: number, ...saidBy: readonly 'prospect'[]): ReferralEvent => {
      return { key: `says ${n}`, ...at(n), kind: 'denial', denial: { ...denied, saidBy } };
    };
    engine.take([says(6, 'prospect')]);
    pull(engine, 7, { contact: named(1) });
    expect(stateOf(engine, 1, 9)).toBe('under_review');
    engine.take([says(8)]);
    expect(stateOf(engine, 1, 9)).toBe('accepted');
  });

  it('replayed, as one batch or many, it stands the same', () => {
    const journal: ReferralEvent[] = [
      recorded(),
      { key: 'd', ...at(5), kind: 'denial', denial: { ...GONE, saidBy: ['crm'] } },
    ];
    const once = opened(journal);
    const twice = opened(...journal.map((it) => [it]), journal);
    expect(twice.state.claims.get(ID)).toEqual(once.state.claims.get(ID));
  });
});
