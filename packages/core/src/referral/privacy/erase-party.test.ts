import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../test/records.ts';
import { aContext, aParticipant, aReward, digest, IDA, keys, OTTO } from '../../../test/referral/fraud-facts.ts';
import { aClaim, aSubmission, aTouch } from '../../../test/referral-records.ts';
import { NO_RELATION } from '../claims/existing-relation.ts';
import { REASONS, type ReasonCode } from '../entities/reason-code.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import { evaluateFraud } from '../fraud/evaluate-fraud.ts';
import { weighSignals } from '../fraud/weigh-signals.ts';
import { eraseParty } from './erase-party.ts';
import type { JournalFacts } from './journal-facts.ts';
import type { PayeeVaultEntry } from './payee-vault.ts';
import { indexTombstones } from './tombstone.ts';

const now = at('2026-06-01');
/** The journal, what it adds up to, and the vault. */
interface Book extends Omit<JournalFacts, 'survivorOf' | 'subjectOf'> {
  readonly events: readonly ReferralEvent[];
  readonly vault: readonly PayeeVaultEntry[];
}
const none: Book = {
  ...{ claims: [], rewards: [], decisions: [], refused: new Map(), payments: [], events: [], vault: [] },
  ...{ tombstones: [], erasedDigests: new Map() },
  found: () => null,
  askedOf: (key) => (key === 'asked' ? 'contact:1' : null),
};
const event = (key: string, of: Record<string, unknown>) =>
  ({ key, occurredAt: at('2026-03-01'), recordedAt: at('2026-03-01'), ...of }) as unknown as ReferralEvent;
const vaultEntry = (set: Partial<PayeeVaultEntry> = {}): PayeeVaultEntry => ({
  ...{ partyId: 'contact:1', name: 'Ida Holm', address: 'Elbe 1', email: 'ida@alder.example' },
  ...{ phone: '+49 30 1234567', payout: 'bank account', taxId: '1' },
  ...{ country: 'DE', taxFormOn: null, sanctions: 'clear', restricted: false, expiresAt: null },
  ...set,
});
const decided = (...referralIds: readonly string[]): JournalFacts['decisions'] => [
  {
    candidates: referralIds.map((referralId) => ({
      ...{ referralId, participantId: 'contact:1', evidence: 'activity', introducedAt: at('2026-03-01') },
      ...{ credit: 'sourced', share: 10_000, reason: 'best_evidence' },
    })),
  },
];

// Ida (contact 1) introduced Otto (contact 2) of account 2; contact 3 claims the same account; contact 1 also
// introduced Lotte (contact 4), who has no account.
const onAccount = aClaim(1, '2026-03-01', { subjectId: 'account:2', referredContactId: 'contact:2' });
const rival = aClaim(3, '2026-03-02', { subjectId: 'account:2', referredContactId: 'contact:2', state: 'duplicate' });
const onPerson = aClaim(1, '2026-03-03', { subjectId: 'contact:4', referredContactId: 'contact:4' });
const signal = (evidence: Record<string, string | number>) => ({
  ...evaluateFraud(aContext({ openClaims: 10 }))[0]!,
  evidence,
});
const claimed = (key: string, n: number, on: string, set: object, evidence: Record<string, string | number> = {}) =>
  event(key, {
    kind: 'claim',
    claim: aSubmission(n, on, set),
    known: { relation: NO_RELATION, signals: [signal(evidence)], isErased: false },
  });
const act = (key: string, does: Record<string, unknown>, by = 'owner:1') => event(key, { kind: 'act', by, does });
const book: Book = {
  ...none,
  claims: [onAccount, rival, onPerson],
  vault: [vaultEntry()],
  payments: [{ partyId: 'contact:1', at: at('2026-05-01') }],
  events: [
    event('e1', { kind: 'participant', participant: aParticipant() }),
    claimed(
      'e2',
      1,
      '2026-03-01',
      { subjectId: 'account:2', referredContactId: 'contact:2' },
      { hash: '#1', claims: 3 },
    ),
    claimed('e3', 1, '2026-03-03', { subjectId: 'contact:4', referredContactId: 'contact:4' }),
    event('e4', { kind: 'touch', touch: aTouch(1, '2026-03-03', { subjectId: 'contact:4' }) }),
    event('e5', { kind: 'progress', progress: { key: 'p', type: 'contacted', subjectId: 'contact:4' } }),
    event('e6', { kind: 'merge', loserId: 'contact:5', survivorId: 'contact:4' }),
    act('e7', { act: 'withdraw', referralId: onPerson.id, why: 'asked' }),
    act('e8', { act: 'approve', rewardKey: 'r', why: 'Otto Brandt (otto@birch.example) said so' }),
    event('e9', { kind: 'day' }),
    claimed('e10', 3, '2026-03-02', { subjectId: 'account:2' }, { earlierClaim: onPerson.id, other: 'contact:6' }),
    event('e11', { kind: 'touch', touch: aTouch(1, '2026-03-01', { subjectId: 'account:2', sourceId: 'contact:2' }) }),
    event('e12', { kind: 'settle', payees: { 'contact:1': { country: 'AT' }, 'contact:4': { country: 'DE' } } }),
  ],
};
const LOTTE = {
  ...OTTO,
  contactIds: ['contact:4', 'contact:5'],
  accountIds: [],
  names: ['Lotte Ahrens'],
  emails: ['lotte@cedar.example'],
  phones: [],
};

/** Erases a person by what is left of a book and what it adds up to; claims that go are left out of it. */
function erase(from: Book, party: typeof OTTO, accountIds: readonly string[] = []) {
  const merged = from.events.flatMap((it) => (it.kind === 'merge' ? [[it.loserId, it.survivorId] as const] : []));
  const rolledUp = from.events.flatMap((it) => (it.kind === 'roll_up' ? [[it.fromId, it.toId] as const] : []));
  const [into, onto] = [new Map(merged), new Map(rolledUp)];
  const survivorOf = (id: string) => into.get(id) ?? id;
  const facts = { ...from, survivorOf, subjectOf: (id: string) => onto.get(id) ?? survivorOf(id) };
  const partyId = party.contactIds[0] ?? '';
  const erasure = eraseParty(facts, { at: now, partyId, party: { ...party, accountIds } }, digest);
  const rewrite = erasure.rewriting();
  const events = from.events.flatMap((it) => rewrite(it) ?? []);
  const keys = new Set(events.map((it) => it.key));
  const named = events.filter((it) => it.kind !== 'gone');
  const left = new Set(events.flatMap((it) => (it.kind === 'claim' ? [it.claim] : [])).map((it) => claimId(it)));
  const claims = from.claims.filter((it) => left.has(claimId(it)));
  const kept: Book = { ...from, events, claims, vault: erasure.vault(from.vault) };
  return { ...erasure, kept, named, removed: from.events.map((it) => it.key).filter((it) => !keys.has(it)) };
}

function claimId({ participantId, subjectId }: { readonly participantId: string; readonly subjectId: string }) {
  return `${participantId}>${subjectId}`;
}

describe('a prospect is erased', () => {
  it('a person without an account and without a sale goes with everything said about them', () => {
    const { kept, removed, event: erased, opaque } = erase(book, LOTTE);
    expect(removed).toEqual(['e3', 'e4', 'e5', 'e6', 'e7']);
    expect(JSON.stringify(kept)).not.toMatch(/contact:[45]/);
    expect(kept.events.find((it) => it.key === 'e10')).toMatchObject({
      known: { signals: [{ evidence: { other: 'contact:6' } }] },
    });
    expect([erased.withdrawn, opaque]).toEqual([[], []]);
  });

  it('where the account was referred, the claim stays on the account without the person, and is withdrawn', () => {
    const { kept, removed, event: erased, opaque } = erase(book, OTTO);
    expect(removed).toEqual([]);
    expect(kept.events[1]).toMatchObject({
      claim: { subjectId: 'account:2', referredContactId: null },
      known: { signals: [{ action: 'block', evidence: { claims: 3 } }] },
    });
    expect(erased.withdrawn).toEqual([onAccount.id, rival.id]);
    expect(kept.events[10]).toMatchObject({ touch: { sourceId: null } });
    expect(JSON.stringify(kept.events)).not.toContain('contact:2');
    expect(opaque).toEqual([]);
    expect(JSON.stringify(kept.events)).toContain('(removed) (removed) ((removed)) said so');
  });

  it('a denial goes with the person; where the claim stays on their account it is denied as before', () => {
    const denial = (key: string, ...partyIds: readonly string[]) =>
      event(key, {
        kind: 'denial',
        denial: { recordId: `referral:${key}`, advocateId: 'contact:1', partyIds, saidBy: ['prospect'] },
      });
    const events = [denial('d1', 'account:2', 'contact:2'), denial('d2', 'contact:4')];
    expect(erase({ ...book, events }, LOTTE)).toMatchObject({ removed: ['d2'], named: [events[0]] });
    expect(erase({ ...book, events }, OTTO).named).toMatchObject([{ denial: { partyIds: ['account:2'] } }, events[1]]);
  });

  it('what is noted of evidence that is gone goes with the person, its keys too', () => {
    const gone = (on: string) => {
      const recordId = `recorded contact:1>${on}`;
      const denial = { recordId, advocateId: 'contact:1', partyIds: [on], saidBy: ['crm'] } as const;
      return event(`denial ${recordId} 7`, { kind: 'denial', denial });
    };
    const events = [gone('contact:4'), gone('account:2')];
    expect(erase({ ...book, events }, LOTTE)).toMatchObject({ removed: [events[0]?.key], named: [events[1]] });
  });

  it.each([
    ['a reward', { rewards: [aReward({ referralId: onPerson.id })] }],
    ['a decision', { decisions: decided(onPerson.id) }],
    ['a reward on the id from before a merge', { rewards: [aReward({ referralId: 'friends/contact:1>contact:5' })] }],
  ])('a person on whom %s rests stays as an opaque key; the claim is not withdrawn', (_title, set) => {
    const { kept, removed, event: erased, opaque } = erase({ ...book, ...set }, LOTTE);
    expect(removed).toEqual([]);
    expect(kept.events[2]).toMatchObject({ claim: { subjectId: 'contact:4', referredContactId: null } });
    expect([erased.withdrawn, opaque]).toEqual([[], ['contact:4', 'contact:5']]);
    expect(kept.events[11]).toBe(book.events[11]);
  });
});

describe('a prospect who was claimed before they had an account is erased', () => {
  const onTheir = aClaim(1, '2026-03-03', { subjectId: 'account:2', referredContactId: 'contact:4' });
  const rolledUp = event('up', { kind: 'roll_up', fromId: 'contact:4', toId: 'account:2' });
  const said = claimed('on person', 1, '2026-03-03', { subjectId: 'contact:4', referredContactId: 'contact:4' });
  const from: Book = { ...none, claims: [onTheir], events: [said, rolledUp] };

  it('the claim stays on the account without the person, and is withdrawn; their id stays as an opaque key', () => {
    const { kept, removed, event: erased, opaque } = erase(from, LOTTE);
    expect([removed, erased.withdrawn, opaque]).toEqual([[], [onTheir.id], ['contact:4']]);
    expect(kept.events).toMatchObject([{ claim: { subjectId: 'contact:4', referredContactId: null } }, { key: 'up' }]);
  });

  it('where the account goes too, nothing of it is left', () => {
    expect(erase(from, LOTTE, ['account:2']).removed).toEqual(['on person', 'up']);
  });
});

describe('records that were merged', () => {
  const merged = (loserId: string, survivorId: string) => event('m', { kind: 'merge', loserId, survivorId });
  const old = claimed('old', 1, '2026-02-01', { subjectId: 'contact:8' });

  it('an event that holds the id from before goes with the person, and stays where a reward rests on the survivor', () => {
    const events = [old, merged('contact:8', 'contact:4')];
    expect(erase({ ...book, events }, LOTTE).removed).toEqual(['old', 'm']);
    const rewards = [aReward({ referralId: onPerson.id })];
    expect(erase({ ...book, events, rewards }, LOTTE).removed).toEqual([]);
  });

  it('an act on a claim that has another id since its party was merged goes with it', () => {
    const events = [
      merged('contact:8', 'contact:4'),
      act('a', { referralId: 'friends/contact:1>contact:8', why: 'so' }),
    ];
    expect(erase({ ...book, events }, LOTTE).removed).toEqual(['m', 'a']);
  });

  it('a claim stays for a rival who claims the account that it was merged into', () => {
    const event = { ...old, claim: aSubmission(1, '2026-02-01', { subjectId: 'account:7' }) } as ReferralEvent;
    const events = [event, merged('account:7', 'account:2')];
    expect(erase({ ...book, events }, IDA).removed).toEqual([]);
    expect(erase({ ...book, events, claims: [onAccount] }, IDA).removed).toEqual(['old']);
  });
});

describe('a participant is erased', () => {
  it('goes with claims that nothing rests on; one that a rival stands against stays, to be withdrawn', () => {
    const { kept, removed, event: erased, opaque } = erase(book, IDA);
    expect(removed).toEqual(['e3', 'e4', 'e7']);
    expect([erased.withdrawn, opaque]).toEqual([[onAccount.id], ['contact:1']]);
    expect(kept.events.map((it) => it.key)).toEqual(['e1', 'e2', 'e5', 'e6', 'e8', 'e9', 'e10', 'e11', 'e12']);
    const alone = erase({ ...book, claims: [onAccount, onPerson] }, IDA);
    expect(alone.removed).toEqual(['e1', 'e2', 'e3', 'e4', 'e7', 'e11']);
    expect([alone.event.withdrawn, alone.opaque]).toEqual([[], []]);
    expect(JSON.stringify(alone.named)).not.toContain('contact:1"');
  });

  it('codes, asks, answers and digests go with the participant', () => {
    const said = [
      event('code', { kind: 'code', by: 'owner:1', code: { code: 'ACDEFGHJ', participantId: 'contact:1' } }),
      event('asked', { kind: 'ask', by: 'owner:1', ask: { key: 'asked', contactId: 'contact:1' } }),
      event('answer', { kind: 'answer', by: 'owner:1', answer: { askKey: 'asked', outcome: 'accepted' } }),
      event('other', { kind: 'answer', by: 'Ida Holm', answer: { askKey: 'other', outcome: 'accepted' } }),
    ];
    const alone = { ...book, claims: [onAccount, onPerson], events: said };
    expect(erase(alone, IDA).removed).toEqual(['code', 'asked', 'answer']);
    expect(erase(alone, IDA).named).toMatchObject([{ by: '(removed) (removed)' }]);
    const identity = event('i', { kind: 'identity', partyId: 'contact:1', identities: [{ kind: 'tax', hash: '#' }] });
    expect(erase({ ...alone, events: [identity] }, IDA).removed).toEqual(['i']);
    // where a rival stands against one of their claims, a second payee with the same number must be found still
    expect(erase({ ...book, events: [identity] }, IDA).removed).toEqual([]);
  });

  it('the payee vault is the one exception: restricted, without ways to reach the person, and it expires', () => {
    // 2026-05-01 + 3,653 days
    const expiresAt = at('2026-05-01') + 3_653 * 86_400_000;
    const left = { email: null, phone: null, restricted: true };
    expect(erase(book, IDA).kept.vault).toEqual([vaultEntry({ ...left, expiresAt })]);
    const unpaid = { ...book, payments: [] };
    expect(erase(unpaid, IDA).kept.vault).toEqual([]);
    const owed = { ...unpaid, rewards: [aReward({ state: 'approved' })] };
    expect(erase(owed, IDA).kept.vault).toEqual([vaultEntry({ ...left, expiresAt: now + 3_653 * 86_400_000 })]);
    expect(erase(book, OTTO).kept.vault).toEqual(book.vault);
  });
});

describe('after an erasure', () => {
  const typed = 'Lotte Ahrens called from 030 / 765 43 21; write to LOTTE+work@cedar.example, or ask lotte.';
  const dispute = { act: 'dispute', opportunityId: 'opportunity:1', referralId: onAccount.id, why: typed };
  const told: Book = {
    ...book,
    events: [
      ...book.events,
      act('act dispute opportunity:1 lotte@cedar.example', dispute, 'lotte@cedar.example'),
      event('e14', {
        ...claimed('e14', 3, '2026-03-02', { subjectId: 'account:2' }),
        known: { relation: NO_RELATION, signals: [{ ...signal({}), explanation: `Seen: ${typed}` }], isErased: false },
      }),
    ],
  };
  const party = { ...LOTTE, phones: ['+49 30 7654321'] };

  it('a search over everything left finds no name, mail or number', () => {
    const before = JSON.stringify(told.events);
    for (const trace of [/lotte/i, /ahrens/i, /cedar/i, /765 43 21/]) expect(before).toMatch(trace);
    const { kept, event: erased } = erase(told, party);
    const left = JSON.stringify([kept.events, erased]);
    for (const trace of [/lotte/i, /ahrens/i, /cedar/i, /765/]) expect(left).not.toMatch(trace);
    expect(left).toContain('(removed) (removed) called from (removed); write to (removed), or ask (removed).');
    expect(left).toContain('otto@birch.example');
  });

  it('erasing again changes nothing', () => {
    for (const who of [IDA, OTTO, party]) {
      const once = erase(told, who);
      const twice = erase(once.kept, who);
      expect(twice.kept).toEqual(once.kept);
      expect(twice.removed).toEqual([]);
      expect(twice.event).toMatchObject({ key: once.event.key, tombstones: once.event.tombstones });
    }
  });

  it('property: whatever the person is called, and wherever it was typed, nothing of it is left', () => {
    const word = fc.stringMatching(/^[A-ZÄÖÜÉ][a-zäöüßé]{2,9}$/).filter((it) => !/removed/i.test(it));
    const number = fc.stringMatching(/^[1-9]\d{8}$/);
    fc.assert(
      fc.property(word, word, number, (first, last, digits) => {
        const who = {
          ...LOTTE,
          names: [`${first} ${last}`],
          emails: [`q7.${digits}@x.example`],
          phones: [`+49 ${digits}`],
        };
        const why = `«${last}, ${first}» 0${digits.slice(0, 2)}-${digits.slice(2)} <q7.${digits}@X.example>!`;
        const { kept } = erase({ ...none, events: [act('a', { act: 'appeal', why })] }, who);
        expect(kept.events).toMatchObject([{ does: { why: '«(removed), (removed)» (removed) <(removed)>!' } }]);
      }),
      { numRuns: 200 },
    );
  });

  it('a re-submitted duplicate is refused as ineligible, and the referrer is told what others are told', () => {
    const { tombstones } = erase(told, party).event;
    const again = (emails: string[], phones: string[], asOf = now) =>
      weighSignals(
        evaluateFraud(
          aContext({
            asOf,
            referred: keys({ emails, phones, callingCode: '49' }),
            tombstones: indexTombstones(tombstones),
          }),
        ),
        asOf,
      );
    expect(again(['Lotte+new@cedar.example'], [])).toMatchObject({
      claim: 'blocked',
      claimReason: 'ineligible',
      cash: false,
    });
    expect(again([], ['(030) 765-4321'])).toMatchObject({ claim: 'blocked', claimReason: 'ineligible' });
    expect(again(['maria@cedar.example'], ['030 7654322'])).toMatchObject({ claim: 'proceeds' });
    const days = (count: number) => now + count * 86_400_000;
    expect(again(['lotte@cedar.example'], [], days(1_095) - 1).claim).toBe('blocked');
    expect(again(['lotte@cedar.example'], [], days(1_095)).claim).toBe('proceeds');
  });

  it('what a referrer is told of a refusal does not depend on what the party is or was', () => {
    const refusals: ReasonCode[] = [
      ...(['ineligible', 'earlier_claim_protected', 'self_referral', 'loop', 'no_consent'] as const),
      ...(['unknown_program', 'illegal_transition', 'clock_backwards', 'future_event', 'bad_program'] as const),
    ];
    const texts = (codes: ReasonCode[]) => new Set(codes.map((it) => REASONS[it].referrer));
    expect(texts(refusals)).toEqual(new Set(['This introduction could not be taken up.']));
    const ends: ReasonCode[] = ['erased', 'withdrawn', 'lapsed', 'tracking_window_passed', 'credit_window_passed'];
    expect(texts([...ends, 'no_new_evidence'])).toEqual(new Set(['This introduction has ended.']));
    const taken: ReasonCode[] = ['accepted', 'promoted', 'existing_relation', 'open_opportunity'];
    expect(texts(taken)).toEqual(new Set(['Thank you: your introduction was taken up.']));
  });

  it("the account's domain is remembered only where the account goes too, and is not free mail", () => {
    const kinds = (emails: string[], accountIds: string[]) =>
      erase(none, { ...LOTTE, emails, websites: [] }, accountIds).event.tombstones.map((it) => it.kind);
    expect(kinds(['lotte@cedar.example'], [])).toEqual(['email']);
    expect(kinds(['lotte@cedar.example'], ['account:4'])).toEqual(['email', 'domain']);
    expect(kinds(['lotte@web.de'], ['account:4'])).toEqual(['email']);
  });
});
