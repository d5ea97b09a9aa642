import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../test/records.ts';
import { aContext, aParticipant, aReward, digest, IDA, keys, OTTO } from '../../../test/referral/fraud-facts.ts';
import { aClaim, aSubmission, aTouch } from '../../../test/referral-records.ts';
import { NO_RELATION } from '../claims/existing-relation.ts';
import type { AttributionDecision } from '../entities/attribution-decision.ts';
import type { ReasonCode } from '../entities/reason-code.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import { evaluateFraud } from '../fraud/evaluate-fraud.ts';
import { weighSignals } from '../fraud/weigh-signals.ts';
import { eraseParty } from './erase-party.ts';
import type { PayeeVaultEntry } from './payee-vault.ts';
import type { ReferralRecords } from './referral-records.ts';
import { tellReferrer } from './tell-referrer.ts';
import { indexTombstones } from './tombstone.ts';

const now = at('2026-06-01');
const none: ReferralRecords = {
  participants: [],
  claims: [],
  touches: [],
  codes: [],
  vault: [],
  decisions: [],
  signals: [],
  rewards: [],
  events: [],
};
const event = (key: string, of: Record<string, unknown>) =>
  ({ key, occurredAt: at('2026-03-01'), recordedAt: at('2026-03-01'), ...of }) as unknown as ReferralEvent;
const vaultEntry = (set: Partial<PayeeVaultEntry> = {}): PayeeVaultEntry => ({
  key: 'payee:1',
  participantId: 'contact:1',
  name: 'Ida Holm',
  address: 'Elbe 1',
  email: 'ida@alder.example',
  phone: '+49 30 1234567',
  payout: 'bank account',
  taxId: '1',
  lastPaidAt: at('2026-05-01'),
  restricted: false,
  expiresAt: null,
  ...set,
});
const decision = (referralId: string, why: string): AttributionDecision => ({
  opportunityId: 'opportunity:1',
  version: 2,
  programId: 'friends',
  policyVersion: 'policy-1',
  decidedAt: now,
  candidates: [
    {
      referralId,
      participantId: 'contact:1',
      evidence: 'activity',
      introducedAt: at('2026-03-01'),
      credit: 'sourced',
      share: 10_000,
      reason: 'overridden',
    },
  ],
  reason: 'overridden',
  override: { by: 'owner:1', approvedBy: null, why },
  locked: true,
});

// Ida (contact 1) introduced Otto (contact 2) of account 2; contact 3 claims the same account; contact 1 also
// introduced Lotte (contact 4), who has no account.
const onAccount = aClaim(1, '2026-03-01', { subjectId: 'account:2', referredContactId: 'contact:2' });
const rival = aClaim(3, '2026-03-02', { subjectId: 'account:2', referredContactId: 'contact:2', state: 'duplicate' });
const onPerson = aClaim(1, '2026-03-03', { subjectId: 'contact:4', referredContactId: 'contact:4' });
const signal = (referralId: string, evidence: Record<string, string | number>) => ({
  key: `signal:${referralId}`,
  referralId,
  participantId: 'contact:1',
  signal: { ...evaluateFraud(aContext({ openClaims: 10 }))[0]!, evidence },
});
const book: ReferralRecords = {
  participants: [aParticipant()],
  claims: [onAccount, rival, onPerson],
  touches: [
    aTouch(1, '2026-03-01', { subjectId: 'account:2', sourceId: 'contact:2' }),
    aTouch(1, '2026-03-03', { subjectId: 'contact:4' }),
  ],
  codes: [
    {
      code: 'ACDEFGHJ',
      programId: 'friends',
      participantId: 'contact:1',
      status: 'active',
      createdAt: 0,
      expiresAt: null,
      maxUses: null,
      uses: 1,
    },
  ],
  vault: [vaultEntry()],
  decisions: [],
  signals: [
    signal(onAccount.id, { contactId: 'contact:2', hash: '#1', claims: 3 }),
    signal(onPerson.id, { claims: 1 }),
    { ...signal(rival.id, { earlierClaim: onPerson.id, other: 'contact:6' }), key: 'signal:rival' },
  ],
  rewards: [],
  events: [
    event('e1', { kind: 'participant', participant: aParticipant() }),
    event('e2', {
      kind: 'claim',
      known: known(),
      claim: aSubmission(1, '2026-03-01', { subjectId: 'account:2', referredContactId: 'contact:2' }),
    }),
    event('e3', {
      kind: 'claim',
      known: known(),
      claim: aSubmission(1, '2026-03-03', { subjectId: 'contact:4', referredContactId: 'contact:4' }),
    }),
    event('e4', { kind: 'touch', touch: aTouch(1, '2026-03-03', { subjectId: 'contact:4' }) }),
    event('e5', { kind: 'progress', progress: { key: 'p', type: 'contacted', subjectId: 'contact:4' } }),
    event('e6', { kind: 'merge', loserId: 'contact:5', survivorId: 'contact:4' }),
    event('e7', { kind: 'act', by: 'owner:1', does: { act: 'withdraw', referralId: onPerson.id, why: 'asked' } }),
    event('e8', {
      kind: 'act',
      by: 'owner:1',
      does: { act: 'approve', rewardKey: 'r', why: 'Otto Brandt (otto@birch.example) said so' },
    }),
    event('e9', { kind: 'day' }),
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
const person = (party: typeof OTTO) => ({ ...party, accountIds: [] });
const erase = (records: ReferralRecords, party: typeof OTTO) =>
  eraseParty(records, { at: now, party: person(party) }, digest);

/** What was known when a claim came in: a signal that names Otto's record. */
function known() {
  const raised = signal('any', { contactId: 'contact:2', hash: '#1', claims: 3 }).signal;
  return { relation: NO_RELATION, signals: [raised], isErased: false };
}

describe('a prospect is erased', () => {
  it('a person without an account and without a sale goes with everything said about them', () => {
    const { kept, removed, withdrawn, opaque } = erase(book, LOTTE);
    expect(removed).toEqual({
      participants: [],
      claims: [onPerson.id],
      touches: ['touch:1:2026-03-03'],
      codes: [],
      vault: [],
      decisions: [],
      signals: [`signal:${onPerson.id}`],
      rewards: [],
      events: ['e3', 'e4', 'e5', 'e6', 'e7'],
    });
    expect(JSON.stringify(kept)).not.toMatch(/contact:[45]/);
    expect(kept.signals.at(-1)?.signal.evidence).toEqual({ other: 'contact:6' });
    expect([withdrawn, opaque]).toEqual([[], []]);
  });

  it('where the account was referred, the claim stays on the account without the person, and is to be withdrawn', () => {
    const { kept, removed, withdrawn, opaque } = erase(book, OTTO);
    expect(removed.claims).toEqual([]);
    expect(kept.claims.map((it) => [it.subjectId, it.referredContactId])).toEqual([
      ['account:2', null],
      ['account:2', null],
      ['contact:4', 'contact:4'],
    ]);
    expect(withdrawn).toEqual([onAccount.id, rival.id]);
    expect(kept.signals[0]?.signal.evidence).toEqual({ claims: 3 });
    expect(kept.events[1]).toMatchObject({ known: { signals: [{ action: 'block', evidence: { claims: 3 } }] } });
    expect(kept.touches[0]?.sourceId).toBeNull();
    expect(JSON.stringify(kept)).not.toContain('contact:2');
    expect(opaque).toEqual([]);
    expect(JSON.stringify(kept.events)).toContain('(removed) (removed) ((removed)) said so');
  });

  it('a person on whom a reward rests stays as an opaque key; the claim is not withdrawn', () => {
    const rewards = [aReward({ referralId: onPerson.id })];
    const { kept, removed, withdrawn, opaque } = erase({ ...book, rewards }, LOTTE);
    expect(removed.claims).toEqual([]);
    expect(kept.claims[2]).toMatchObject({ subjectId: 'contact:4', referredContactId: null });
    expect(kept.rewards).toBe(rewards);
    expect([withdrawn, opaque]).toEqual([[], ['contact:4', 'contact:5']]);
  });
});

describe('records that were merged', () => {
  const merged = (loserId: string, survivorId: string) => event('m', { kind: 'merge', loserId, survivorId });
  const old = event('old', {
    kind: 'claim',
    known: known(),
    claim: aSubmission(1, '2026-02-01', { subjectId: 'contact:8' }),
  });

  it('an event that holds the id from before goes with the person, and stays where a reward rests on the survivor', () => {
    const events = [old, merged('contact:8', 'contact:4')];
    expect(erase({ ...book, events }, LOTTE).removed.events).toEqual(['old', 'm']);
    const rewards = [aReward({ referralId: onPerson.id })];
    const paid = erase({ ...book, events, rewards }, LOTTE);
    expect(paid.removed.events).toEqual([]);
  });

  it('a reward on a claim that still holds the id from before keeps the events of the survivor', () => {
    const before = aClaim(1, '2026-02-01', { subjectId: 'contact:8' });
    const events = [merged('contact:8', 'contact:4'), ...book.events.filter((it) => it.key === 'e4')];
    const rewards = [aReward({ referralId: before.id })];
    expect(erase({ ...none, claims: [before], events, rewards }, LOTTE).removed.events).toEqual([]);
    expect(erase({ ...none, claims: [before], events }, LOTTE).removed.events).toEqual(['m', 'e4']);
  });

  it('a claim stays for a rival who claims the account that it was merged into', () => {
    const event = { ...old, claim: aSubmission(1, '2026-02-01', { subjectId: 'account:7' }) } as ReferralEvent;
    const events = [event, merged('account:7', 'account:2')];
    expect(erase({ ...book, events }, IDA).removed.events).toEqual([]);
    expect(erase({ ...book, events, claims: [onAccount] }, IDA).removed.events).toEqual(['old']);
  });
});

describe('a participant is erased', () => {
  it('goes with claims that nothing rests on; one that a rival stands against stays, to be withdrawn', () => {
    const { kept, removed, withdrawn, opaque } = erase(book, IDA);
    expect(removed.claims).toEqual([onPerson.id]);
    expect(removed.codes).toEqual(['ACDEFGHJ']);
    expect(removed.participants).toEqual([]);
    expect([withdrawn, opaque]).toEqual([[onAccount.id], ['contact:1']]);
    const alone = erase({ ...book, claims: [onAccount, onPerson] }, IDA);
    expect(alone.removed.claims).toEqual([onAccount.id, onPerson.id]);
    expect(alone.removed.participants).toEqual(['contact:1']);
    expect([alone.withdrawn, alone.opaque]).toEqual([[], []]);
    expect(JSON.stringify({ ...alone.kept, vault: [] })).not.toContain('contact:1"');
    expect(kept.events.map((it) => it.key)).toEqual(['e1', 'e2', 'e5', 'e6', 'e8', 'e9']);
  });

  it('the payee vault is the one exception: restricted, without ways to reach the person, and it expires', () => {
    // 2026-05-01 + 3,653 days
    const expiresAt = at('2026-05-01') + 3_653 * 86_400_000;
    expect(erase(book, IDA).kept.vault).toEqual([
      vaultEntry({ email: null, phone: null, restricted: true, expiresAt }),
    ]);
    const unpaid = erase({ ...book, vault: [vaultEntry({ lastPaidAt: null })] }, IDA);
    expect(unpaid.removed.vault).toEqual(['payee:1']);
    const owed = { vault: [vaultEntry({ lastPaidAt: null })], rewards: [aReward({ state: 'approved' })] };
    expect(erase({ ...book, ...owed }, IDA).kept.vault[0]?.expiresAt).toBe(now + 3_653 * 86_400_000);
    expect(erase(book, OTTO).kept.vault).toEqual(book.vault);
  });
});

describe('after an erasure', () => {
  const typed = 'Lotte Ahrens called from 030 / 765 43 21; write to LOTTE+work@cedar.example, or ask lotte.';
  const told: ReferralRecords = {
    ...book,
    decisions: [decision(onAccount.id, typed)],
    claims: book.claims.map((it) => ({
      ...it,
      history: it.history.map((step) => ({ ...step, actor: 'Lotte Ahrens' })),
    })),
    events: [
      ...book.events,
      event('e10', {
        kind: 'act',
        by: 'lotte@cedar.example',
        does: { act: 'dispute', opportunityId: 'opportunity:1', referralId: onAccount.id, why: typed },
      }),
    ],
    signals: [
      ...book.signals,
      { ...signal(rival.id, {}), signal: { ...signal(rival.id, {}).signal, explanation: `Seen: ${typed}` } },
    ],
  };
  const party = { ...LOTTE, phones: ['+49 30 7654321'] };

  it('a search over everything left finds no name, mail or number', () => {
    const before = JSON.stringify(told);
    for (const trace of [/lotte/i, /ahrens/i, /cedar/i, /765 43 21/]) expect(before).toMatch(trace);
    const { kept, ...rest } = erase(told, party);
    const left = JSON.stringify({ ...kept, rest: { ...rest, removed: null } });
    for (const trace of [/lotte/i, /ahrens/i, /cedar/i, /765/]) expect(left).not.toMatch(trace);
    expect(kept.decisions[0]?.override?.why).toBe(
      '(removed) (removed) called from (removed); write to (removed), or ask (removed).',
    );
    expect(left).toContain('otto@birch.example');
  });

  it('erasing again changes nothing', () => {
    for (const who of [IDA, OTTO, party]) {
      const once = erase(told, who);
      const twice = erase(once.kept, who);
      expect(twice.kept).toEqual(once.kept);
      expect(Object.values(twice.removed).flat()).toEqual([]);
      expect(twice.tombstones).toEqual(once.tombstones);
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
        const { kept } = erase({ ...none, decisions: [decision('claim:9', why)] }, who);
        expect(kept.decisions[0]?.override?.why).toBe('«(removed), (removed)» (removed) <(removed)>!');
      }),
      { numRuns: 200 },
    );
  });

  it('a re-submitted duplicate is refused as ineligible, and the referrer is told what others are told', () => {
    const { tombstones } = erase(told, party);
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

    const refusals: ReasonCode[] = [
      'self_referral',
      'loop',
      'earlier_claim_protected',
      'no_consent',
      'unknown_program',
    ];
    const text = JSON.stringify(tellReferrer('ineligible', '2026-06-01'));
    for (const it of refusals) expect(JSON.stringify(tellReferrer(it, '2026-06-01'))).toBe(text);
    expect(text).toBe('{"text":"This introduction could not be taken up.","on":"2026-06-01"}');
  });

  it("the account's domain is remembered only where the account goes too, and is not free mail", () => {
    const kinds = (emails: string[], accountIds: string[]) =>
      eraseParty(none, { at: now, party: { ...LOTTE, emails, accountIds, websites: [] } }, digest).tombstones.map(
        (it) => it.kind,
      );
    expect(kinds(['lotte@cedar.example'], [])).toEqual(['email']);
    expect(kinds(['lotte@cedar.example'], ['account:4'])).toEqual(['email', 'domain']);
    expect(kinds(['lotte@web.de'], ['account:4'])).toEqual(['email']);
  });
});
