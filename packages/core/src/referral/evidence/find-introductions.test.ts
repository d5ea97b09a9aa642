import { describe, expect, test } from 'vitest';
import { DAY_MS } from '../../model/dates.ts';
import { addressKeys, nameKey } from './address-keys.ts';
import { findIntroductions } from './find-introductions.ts';
import type { EvidenceActivity, EvidenceParty, IntroductionSource } from './introduction-source.ts';
import { readSubject } from './read-subject.ts';
import { touchesOf } from './touches-of.ts';

const DAY_0 = 20_000 * DAY_MS;
const AS_OF = DAY_0 + 365 * DAY_MS;
const day = (days: number) => DAY_0 + days * DAY_MS;
const mailbox = (email: string) => addressKeys(email)!;

/** Ada and Al of Acme, a customer; Pia of Beta, a prospect; Sue of Stranger Ltd, on record but not marked; Ulf is ours. */
const PEOPLE = {
  Ada: 'ada.adler@acme.example',
  Al: 'al.abel@acme.example',
  Pia: 'pia.park@beta.example',
  Sue: 'sue.stone@stranger.example',
  Ulf: 'ulf@seller.example',
} as const;
type Name = keyof typeof PEOPLE;
const LAST = { Ada: 'Adler', Al: 'Abel', Pia: 'Park', Sue: 'Stone', Ulf: 'Ours' } as const;

const contact = (name: Name, accountId: string) => ({
  ...{ id: `contact:${name}`, name: nameKey(`${name} ${LAST[name]}`), accountIds: [accountId] },
  addresses: [mailbox(PEOPLE[name])],
});

const BOOK: IntroductionSource = {
  accounts: [
    { id: 'account:acme', domains: ['acme.example'], relation: 'customer', since: day(-900) },
    { id: 'account:beta', domains: ['beta.example'], relation: 'prospect', since: null },
    { id: 'account:stranger', domains: ['stranger.example'], relation: 'other', since: null },
  ],
  contacts: [
    contact('Ada', 'account:acme'),
    contact('Al', 'account:acme'),
    contact('Pia', 'account:beta'),
    contact('Sue', 'account:stranger'),
  ],
  opportunities: [],
  links: [],
  confirmations: [],
  activities: () => [],
  capabilities: { mailParticipants: true, meetingParticipants: true, links: true, confirmations: true },
};

function party(role: EvidenceParty['role'], name: Name, email: string = PEOPLE[name]): EvidenceParty {
  return {
    role,
    contactId: null,
    address: mailbox(email),
    name: nameKey(`${name} ${LAST[name]}`),
    own: name === 'Ulf',
  };
}

let count = 0;
function mail(
  days: number,
  subject: string,
  parties: readonly EvidenceParty[],
  more: Partial<EvidenceActivity> = {},
): EvidenceActivity {
  count += 1;
  return {
    ...{ id: `email:${count}`, kind: 'email', direction: parties[0]?.own ? 'outbound' : 'inbound' },
    ...{
      occurredAt: day(days),
      recordedAt: day(days),
      thread: null,
      hints: readSubject(subject),
      contactIds: [],
      parties,
    },
    ...more,
  };
}
const introduction = (days = 0, more: Partial<EvidenceActivity> = {}) =>
  mail(days, 'Introduction: Pia <> Ulf', [party('from', 'Ada'), party('to', 'Pia'), party('to', 'Ulf')], more);
const fromPia = (days: number, more: Partial<EvidenceActivity> = {}) =>
  mail(days, 'Hello', [party('from', 'Pia'), party('to', 'Ulf')], more);
const quiet = (days = 0) => mail(days, 'Quick hello', [party('from', 'Ada'), party('to', 'Pia'), party('to', 'Ulf')]);

const find = (activities: readonly EvidenceActivity[], more: Partial<IntroductionSource> = {}) =>
  findIntroductions({ ...BOOK, ...more, activities: () => activities }, AS_OF);
const outcome = (activities: readonly EvidenceActivity[], more: Partial<IntroductionSource> = {}) =>
  find(activities, more).introductions.map((it) => [it.advocateId, it.subjectId, it.standing, ...it.reasons]);
const ADA_BETA = ['contact:Ada', 'account:beta'];

describe('credited without a question', () => {
  test('a customer writes to a new party and to us, and says that it is an introduction', () => {
    const found = find([introduction(3)]).introductions;
    expect(found).toMatchObject([
      {
        evidence: 'activity',
        introducedAt: day(3),
        prospectContactId: 'contact:Pia',
        standing: 'credited_automatically',
      },
    ]);
  });

  test('no such words, but the party takes it up without the advocate', () => {
    expect(outcome([quiet(), fromPia(4)])).toEqual([[...ADA_BETA, 'credited_automatically', 'mail_then_engaged']]);
  });

  test('the party writes to us first, the advocate in copy, and both sides go on alone; in a reply it stays a question', () => {
    const first = (subject: string) =>
      mail(0, subject, [party('from', 'Pia'), party('to', 'Ulf'), party('cc', 'Ada')], { thread: 'first' });
    const toPia = mail(2, 'Re: A talk', [party('from', 'Ulf'), party('to', 'Pia')]);
    const goesOn = [toPia, fromPia(4)];
    expect(outcome([first('A talk'), ...goesOn])[0]?.slice(2)).toEqual([
      'credited_automatically',
      'copied_then_engaged',
    ]);
    expect(outcome([first('Re: A talk'), ...goesOn])[0]?.slice(2)).toEqual([
      'needs_confirmation',
      'copied_without_words',
    ]);
  });

  test('the party has no contact record: its domain tells the account', () => {
    const contacts = [contact('Ada', 'account:acme')];
    expect(find([introduction()], { contacts }).introductions).toMatchObject([
      { subjectId: 'account:beta', prospectContactId: null },
    ]);
  });

  test('the party is entered at the advocate’s account: its domain tells better', () => {
    const contacts = [contact('Ada', 'account:acme'), contact('Pia', 'account:acme')];
    expect(outcome([introduction()], { contacts })).toEqual([
      [...ADA_BETA, 'credited_automatically', 'mail_introduces'],
    ]);
  });

  test('an alias that is not on record: domain and name tell the advocate', () => {
    const alias = mail(0, 'Meet Pia', [
      party('from', 'Ada', 'adler@acme.example'),
      party('to', 'Pia'),
      party('to', 'Ulf'),
    ]);
    expect(outcome([alias])).toEqual([[...ADA_BETA, 'credited_automatically', 'mail_introduces']]);
  });

  test('logged under a later day than the answer in its thread: it came before the answer', () => {
    const late = introduction(20, { thread: 't', recordedAt: day(20) });
    const found = find([late, fromPia(2, { thread: 't' })]).introductions;
    expect(found).toMatchObject([{ standing: 'credited_automatically', introducedAt: day(2) }]);
  });

  test('a link that somebody set, dated by the mail if there is one', () => {
    const links = [
      { id: 'link:1', referrerId: 'contact:Ada', referredId: 'contact:Pia', introducedAt: null, setAt: day(9) },
    ];
    expect(find([], { links }).introductions).toMatchObject([{ evidence: 'recorded', introducedAt: day(9) }]);
    expect(find([quiet(1)], { links }).introductions).toMatchObject([
      { evidence: 'recorded', introducedAt: day(1), standing: 'credited_automatically' },
    ]);
  });

  test('both confirmed is the strongest class; one alone counts as recorded; a denial ends it', () => {
    const said = (byAdvocate: boolean | null, byProspect: boolean | null) => ({
      confirmations: [
        {
          id: 'c:1',
          advocateId: 'contact:Ada',
          prospectId: 'contact:Pia',
          byAdvocate,
          byProspect,
          introducedAt: null,
          setAt: day(5),
        },
      ],
    });
    expect(find([introduction()], said(true, true)).introductions).toMatchObject([
      { evidence: 'confirmed', introducedAt: day(0) },
    ]);
    expect(find([], said(true, null)).introductions).toMatchObject([{ evidence: 'recorded' }]);
    expect(outcome([introduction()], said(true, false))).toEqual([[...ADA_BETA, 'not_an_introduction', 'denied']]);
    expect(find([], said(true, false)).denied).toEqual([
      {
        ...{ recordId: 'c:1', advocateId: 'contact:Ada', saidBy: ['prospect'] },
        partyIds: ['account:beta', 'contact:Pia'],
      },
    ]);
    expect(find([], said(true, true)).denied).toEqual([]);
  });

  test('a record that names only the account denies what anybody there is said to have been introduced to', () => {
    const confirmations = [
      {
        ...{ id: 'c:1', advocateId: 'contact:Ada', prospectId: null, accountId: 'account:beta' },
        ...{ byAdvocate: false, byProspect: null, introducedAt: null, setAt: day(5) },
      },
    ];
    expect(outcome([introduction()], { confirmations })).toEqual([[...ADA_BETA, 'not_an_introduction', 'denied']]);
    const said = confirmations.map((it) => ({ ...it, byAdvocate: true, byProspect: true }));
    expect(find([], { confirmations: said }).introductions).toEqual([]);
  });
});

describe('put to a person', () => {
  test('rule 5: the same small meeting alone, though the party takes it up', () => {
    const met = mail(0, 'Lunch', [party('attendee', 'Ada'), party('attendee', 'Pia'), party('attendee', 'Ulf')], {
      kind: 'meeting',
      direction: null,
    });
    const call = mail(5, '', [party('attendee', 'Pia')], { kind: 'call', direction: null });
    expect(outcome([met, call])).toEqual([[...ADA_BETA, 'needs_confirmation', 'same_meeting']]);
  });

  test('a private address that is on no record: only the name fits', () => {
    const from = party('from', 'Ada', 'ada@gmail.com');
    const private_ = mail(0, 'Intro Pia', [from, party('to', 'Pia'), party('to', 'Ulf')]);
    expect(outcome([private_])).toEqual([[...ADA_BETA, 'needs_confirmation', 'mail_introduces', 'found_by_name']]);
  });

  test('an earlier contact that was entered only after the introduction (rule 2)', () => {
    expect(outcome([introduction(), fromPia(-5, { recordedAt: day(3) })])).toEqual([
      [...ADA_BETA, 'needs_confirmation', 'mail_introduces', 'contact_recorded_later'],
    ]);
  });

  test('a colleague answers to all and the first mail is lost: the account is named, not a person', () => {
    const answer = mail(0, 'Re: Introduction: Pia', [
      party('from', 'Al'),
      party('to', 'Pia'),
      party('to', 'Ulf'),
      party('cc', 'Ada'),
    ]);
    expect(find([answer]).introductions).toMatchObject([
      {
        advocateId: null,
        advocateAccountId: 'account:acme',
        standing: 'needs_confirmation',
        reasons: ['mail_introduces', 'introducer_unclear'],
      },
    ]);
  });
});

describe('not an introduction', () => {
  test('in two-way contact shortly before; long ago does not matter, nor a mail of ours without answer', () => {
    expect(outcome([fromPia(-30), introduction()])).toEqual([[...ADA_BETA, 'not_an_introduction', 'earlier_contact']]);
    expect(outcome([fromPia(-200), introduction()])[0]?.[2]).toBe('credited_automatically');
    const cold = mail(-10, 'Our product', [party('from', 'Ulf'), party('to', 'Pia')]);
    expect(outcome([cold, introduction()])[0]?.[2]).toBe('credited_automatically');
  });

  test('a colleague answers in the thread that somebody else opened', () => {
    const answer = mail(1, 'Re: Introduction: Pia', [party('from', 'Al'), party('to', 'Pia'), party('to', 'Ulf')]);
    expect(outcome([introduction(), answer])).toEqual([
      [...ADA_BETA, 'credited_automatically', 'mail_introduces'],
      ['contact:Al', 'account:beta', 'not_an_introduction', 'reply_in_thread'],
    ]);
  });

  test('a contractor in copy whom nobody marked as a prospect', () => {
    const copy = mail(0, 'Rollout plan', [party('from', 'Ada'), party('to', 'Ulf'), party('cc', 'Sue')]);
    expect(outcome([copy])).toEqual([['contact:Ada', 'account:stranger', 'not_an_introduction', 'in_copy']]);
  });

  test('colleagues, a webinar, a party that the CRM does not know: passed over and counted', () => {
    const colleague = mail(0, 'Meet Al', [party('from', 'Ada'), party('to', 'Ulf'), party('cc', 'Al')]);
    const many = Array.from({ length: 9 }, (_, i) => ({
      ...party('attendee', 'Sue', `guest${i}@firm${i}.example`),
      name: null,
    }));
    const webinar = mail(0, 'Forum', [party('attendee', 'Ada'), party('attendee', 'Pia'), ...many], {
      kind: 'meeting',
    });
    const unknown = { ...party('to', 'Sue', 'nobody@nowhere.example'), name: null };
    const stranger = mail(0, 'Introduction', [party('from', 'Ada'), unknown, party('to', 'Ulf')]);
    const report = find([colleague, webinar, stranger]);
    expect(report.introductions).toEqual([]);
    expect(report.passedOver).toEqual({ same_account: 1, crowd: 1, party_not_in_crm: 1 });
  });

  test('the party had been a customer before', () => {
    const accounts = [...BOOK.accounts].map((it) =>
      it.id === 'account:beta' ? { ...it, relation: 'customer' as const, since: day(-10) } : it,
    );
    expect(find([introduction()], { accounts })).toMatchObject({
      introductions: [],
      passedOver: { already_customer: 1 },
    });
  });
});

describe('the report', () => {
  test('a redacted mail is hidden, not absent; without the right to participants mail is unavailable', () => {
    const redacted = introduction(0, { parties: null, hints: null, contactIds: ['contact:Ada', 'contact:Pia'] });
    expect(find([redacted])).toMatchObject({
      introductions: [],
      sources: { mail: { state: 'available', read: 0, hidden: 1 } },
    });
    const capabilities = { ...BOOK.capabilities, mailParticipants: false };
    expect(find([introduction()], { capabilities })).toMatchObject({
      introductions: [],
      sources: { mail: { state: 'unavailable', hidden: 1 } },
    });
  });

  test('knows nothing of what was logged after the instant asked for', () => {
    const { introductions } = findIntroductions(
      { ...BOOK, activities: () => [introduction(0, { recordedAt: day(9) })] },
      day(8),
    );
    expect(introductions).toEqual([]);
  });

  test('does not depend on the order of the rows', () => {
    const rows = [
      introduction(),
      quiet(2),
      fromPia(4),
      mail(6, 'Re: Introduction', [party('from', 'Al'), party('to', 'Pia')]),
      fromPia(-100),
    ];
    const first = find(rows);
    for (let turn = 1; turn < rows.length; turn += 1) {
      expect(find([...rows.slice(turn), ...rows.slice(0, turn)].reverse())).toEqual(first);
    }
  });

  test('gives a touch for each credited introduction, keyed by record and pair, and none for a question', () => {
    const { introductions } = find([introduction(2, { id: 'email:x', recordedAt: day(3) })]);
    expect(touchesOf(introductions, (text) => `<${text}>`)).toEqual([
      {
        ...{ key: '<contact:Ada>account:beta email:x>', participantId: 'contact:Ada', subjectId: 'account:beta' },
        ...{ evidence: 'activity', occurredAt: day(2), recordedAt: day(3), sourceId: 'email:x' },
      },
    ]);
    expect(touchesOf(find([quiet()]).introductions, String)).toEqual([]);
    // noted in the calendar two days before it took place
    const early = introductions.map((it) => ({ ...it, recordedAt: it.introducedAt - 2 * DAY_MS }));
    expect(touchesOf(early, String)).toMatchObject(
      early.map(({ introducedAt: at }) => ({ occurredAt: at, recordedAt: at })),
    );
  });
});
