import { FRAUD_CHECKS, type Program, type ReferralEvent, tombstonesOf } from '@holdfast/core';
import { describe, expect, it } from 'vitest';
import {
  type AnyRecord,
  type AReferralBook,
  aLink,
  aPair,
  aProgram,
  aReferralBook,
  aSale,
  aSeller,
  type BookSettings,
  below,
  claimOn,
  day,
  digest,
  IDA,
  OTTO,
  PLAIN,
} from './a-referral-book.ts';

const policy = (set: Partial<Program['policy']>) => ({ policy: { ...aProgram().policy, ...set } });
const ida = (email: string, domain: string | null = null) =>
  aPair(1, 'alder', 'Ida Holm', { contact: { email }, account: { domain } });
const otto = (set: { readonly email?: string; readonly name?: string; readonly domain?: string | null }) =>
  aPair(2, 'birch', 'Otto Brandt', {
    contact: { ...(set.email && { email: set.email }), ...(set.name && { name: set.name }) },
    account: set.domain === undefined ? {} : { domain: set.domain },
  });
/** Ida introduced Nora of account 3 too, on a day. */
const nora = (on: number, domain = 'cedar.example') => [
  ...aPair(3, 'cedar', 'Nora Quist', { account: { domain }, contact: { email: `nora@${domain}` } }),
  aLink(1, 3, on),
];
const many = (count: number): readonly AnyRecord[] =>
  Array.from({ length: count }, (_, i) => i + 10).flatMap((n) => [
    ...aPair(n, `house${'abcdefghij'[n - 10]}tree`, `${'ABCDEFGHIJ'[n - 10]}xel ${n}`),
    aLink(1, n, 9.99 + n / 10_000),
  ]);
const erased = (email: string, why: 'erased' | 'deleted', on = 1): ReferralEvent => {
  const party = { emails: [email], phones: [], domains: [] };
  const at = { occurredAt: day(on), recordedAt: day(on) };
  const tombstones = tombstonesOf(party, why, digest, day(on), 365);
  return { key: `erase ${on}`, ...at, kind: 'erase', partyId: 'contact:99', withdrawn: [], tombstones };
};

/** Records in, then the signal, the state of the claim and what was given; `fine`: the same with what is wrong put right. */
interface Case {
  readonly records: readonly AnyRecord[];
  readonly fine: readonly AnyRecord[];
  readonly settings?: BookSettings;
  readonly fineSettings?: BookSettings;
  readonly before?: readonly ReferralEvent[];
  readonly found: string;
  readonly claim: string;
  readonly rewards: readonly string[];
}

const REFUSED = { claim: 'rejected', rewards: [] };
const REVIEWED = { claim: 'under_review', rewards: [] };
const TOLD = { claim: 'won', rewards: ['payable accepted 10000'] };
const HELD = { claim: 'won', rewards: ['held fraud_check 10000'] };
const ROOT: readonly AnyRecord[] = [...IDA, ...OTTO, aSeller(1), aSale(2)];
const dated = (claimed: number, recorded: number, opened = 20): readonly AnyRecord[] => [
  ...[...IDA, ...OTTO, aSeller(1), aLink(1, 2, recorded, claimed)],
  aSale(2, {}, opened),
];

const CASES: Readonly<Record<string, Case>> = {
  self_same_person: {
    records: [...PLAIN, ...ida('ida+vip@gmail.com'), ...otto({ email: 'I.da@googlemail.com' })],
    fine: [...PLAIN, ...ida('ida@gmail.com'), ...otto({ email: 'otto@gmail.com' })],
    ...{ found: 'self_same_person block', ...REFUSED },
  },
  self_same_domain: {
    records: [...PLAIN, ...otto({ email: 'otto@mail.alder.example', domain: null })],
    fine: [...PLAIN, ...ida('ida@web.de'), ...otto({ email: 'otto@web.de', domain: null })],
    ...{ found: 'self_same_domain review', ...REVIEWED },
  },
  historical_domain: {
    records: [...PLAIN, ...nora(5, 'birch.example')],
    // who comes later is looked at, not who came first
    fine: [...PLAIN, ...nora(15, 'birch.example')],
    ...{ found: 'historical_domain review', ...REVIEWED },
  },
  owner_or_employee: {
    records: [...PLAIN, aSeller(2, { email: 'ida@alder.example' })],
    fine: [...PLAIN, aSeller(2, { email: 'ida@alder.example', active: false })],
    ...{ found: 'owner_or_employee block_cash', claim: 'won', rewards: ['fulfilled accepted 0'] },
  },
  loop: {
    records: [...PLAIN, aLink(2, 1, 5)],
    fine: [...PLAIN, ...aPair(3, 'cedar', 'Nora Quist'), aLink(3, 1, 5)],
    ...{ found: 'loop block', ...REFUSED },
  },
  same_group: {
    records: [...PLAIN, below(1, 8), below(8, 9), below(2, 9), ...aPair(9, 'forest', 'Wera Zoll')],
    fine: [...PLAIN, below(1, 8), below(2, 9)],
    ...{ found: 'same_group review', ...REVIEWED },
  },
  risky_email: {
    records: [...PLAIN, ...otto({ email: 'otto@mailinator.com' })],
    fine: [...PLAIN, ...otto({ email: 'otto@gmx.at' })],
    ...{ found: 'risky_email flag', ...TOLD },
  },
  similar_identity: {
    records: [...PLAIN, ...otto({ name: 'Hollm, Ida' })],
    fine: [...PLAIN, ...otto({ name: 'Ida Berg' })],
    ...{ found: 'similar_identity flag', ...TOLD },
  },
  same_device: {
    records: PLAIN,
    fine: PLAIN,
    settings: { given: () => ({ devices: { referrer: ['#a'], referred: ['#b', '#a'] } }) },
    ...{ found: 'same_device flag', ...TOLD },
  },
  velocity: {
    records: [...PLAIN, ...many(5)],
    fine: [...PLAIN, ...many(4)],
    ...{ found: 'velocity hold', ...HELD },
  },
  paid_traffic: {
    records: [...ROOT, aLink(1, 2, 25), aSale(2, { source: 'PAID_SEARCH' }, 26)],
    fine: [...ROOT, aLink(1, 2, 25), aSale(2, { source: 'ORGANIC_SEARCH' }, 26)],
    ...{ found: 'paid_traffic flag', ...TOLD },
  },
  duplicate_participant: {
    records: [...PLAIN, ...aPair(3, 'cedar', 'I Holm', { contact: { email: 'Ida+2@alder.example' } })].concat([
      ...aPair(4, 'doe', 'Uwe Ritt'),
      aLink(3, 4, 12),
    ]),
    fine: [...PLAIN, ...aPair(3, 'cedar', 'I Holm'), ...aPair(4, 'doe', 'Uwe Ritt'), aLink(3, 4, 12)],
    ...{ found: 'duplicate_participant hold', ...HELD },
  },
  minimum_customers: {
    records: PLAIN,
    fine: PLAIN,
    settings: { program: aProgram({ checkSettings: { limits: { activeCustomers: 2 } } }) },
    ...{ found: 'minimum_customers wait', claim: 'won', rewards: ['pending accepted 10000 waits'] },
  },
  amount_above_limit: {
    records: PLAIN,
    fine: PLAIN,
    settings: { program: aProgram({ approvalAbove: 9_999 }) },
    fineSettings: { program: aProgram({ approvalAbove: 10_000 }) },
    ...{ found: 'amount_above_limit hold', claim: 'won', rewards: ['held needs_approval 10000'] },
  },
  deleted_customer: {
    records: PLAIN,
    fine: [...PLAIN, ...otto({ email: 'otto@oak.example' })],
    before: [erased('otto@birch.example', 'deleted')],
    ...{ found: 'deleted_customer block', ...REFUSED },
  },
  back_dated: {
    records: dated(-55, 10),
    fine: dated(-45, 10),
    ...{ found: 'back_dated review', ...REVIEWED },
  },
  claim_squatting: {
    records: [...PLAIN, ...nora(5)],
    fine: [...PLAIN, ...nora(5), aSale(3, {}, 7, 9)],
    settings: { program: aProgram(policy({ openClaimsPerParticipant: 1 })) },
    fineSettings: { program: aProgram(policy({ openClaimsPerParticipant: 1 })) },
    ...{ found: 'claim_squatting block', ...REFUSED },
  },
};

const played = async (records: readonly AnyRecord[], it: BookSettings = {}, before: readonly ReferralEvent[] = []) => {
  const book = await aReferralBook(it);
  await book.take(...before);
  await book.follow(60, ...records);
  return book;
};

describe('the checks on the records of a book: signal and consequence, and the same book without what is wrong', () => {
  const TITLES = new Map(FRAUD_CHECKS.map(({ id, title }) => [id, title]));

  it.each(Object.entries(CASES).map(([id, it]) => [TITLES.get(id), id, it] as const))('%s', async (_, id, given) => {
    const book = await played(given.records, given.settings, given.before);
    expect(book.found(claimOn(2))).toEqual([given.found]);
    expect(book.stateOf(claimOn(2))).toBe(given.claim);
    expect(book.rewards()).toEqual(given.rewards);
    const fine = await played(given.fine, given.fineSettings, given.before);
    expect(fine.found(claimOn(2)).filter((it) => it.startsWith(id))).toEqual([]);
    expect(fine.rewards()).toContain('payable accepted 10000');
    expect(fine.stateOf(claimOn(2))).toBe('won');
  });

  it('High refund rate: two of five sales came back, the fifth waits for a person; one of five does not', async () => {
    const play = async (cancelled: readonly number[]): Promise<AReferralBook> => {
      const book = await aReferralBook();
      const numbers = [2, 3, 4, 5];
      const people = [...IDA, aSeller(1)].concat(
        numbers.concat(6).flatMap((n) => aPair(n, `w${'abcdefg'[n]}od`, `X${n} Y${n}`)),
      );
      const links = numbers.concat(6).map((n) => aLink(1, n, n));
      await book.follow(60, ...people, ...links, ...numbers.map((n) => aSale(n)));
      await book.follow(70, ...cancelled.map((n) => aSale(n, { stage: 'lost' })));
      await book.follow(80, aSale(6, {}, 60, 75));
      return book;
    };
    const two = await play([2, 3]);
    expect(two.found(claimOn(6))).toEqual(['refund_rate review']);
    expect(two.signals(claimOn(6))[0]?.evidence).toEqual({ won: 5, refunded: 2 });
    expect(two.rewards().at(-1)).toBe('review_required fraud_check 10000');
    const one = await play([2]);
    expect([one.found(claimOn(6)), one.rewards().at(-1)]).toEqual([[], 'payable accepted 10000']);
  });

  it('every check has its case', () => {
    expect([...Object.keys(CASES), 'refund_rate'].sort()).toEqual(FRAUD_CHECKS.map(({ id }) => id).sort());
  });
});

describe('more of what single checks read', () => {
  it('an erased person who comes back as another contact is refused, and nothing is kept of the claim', async () => {
    const book = await played(PLAIN, {}, [erased('otto@birch.example', 'erased')]);
    expect(book.stateOf(claimOn(2))).toBeUndefined();
    expect(book.engine.state.refused).toMatchObject([{ reason: 'ineligible' }]);
    // the last millisecond of the year after the erasure still counts
    const later = await played(PLAIN, {}, [erased('otto@birch.example', 'erased', 60 - 365)]);
    expect(later.stateOf(claimOn(2))).toBe('won');
  });

  it('the house is known by what a tenth of its users have: a guest who works in the CRM makes no employer', async () => {
    const house = Array.from({ length: 11 }, (_, i) => aSeller(i + 1));
    const guest = aSeller(99, { email: 'guest@alder.example' });
    const book = await played([...PLAIN, ...house, guest]);
    expect(book.found(claimOn(2))).toEqual([]);
    const own = await played([...PLAIN, ...house, ...ida('ida@vendor.example')]);
    expect(own.signals(claimOn(2))).toMatchObject([
      { check: 'owner_or_employee', evidence: { matched: 'seller_domain' } },
    ]);
  });

  it('taken down after the sale that it would precede: looked at; before the sale: not', async () => {
    const after = await played(dated(10, 25, 20));
    expect(after.signals(claimOn(2))).toMatchObject([{ evidence: { why: 'recorded_after_opportunity', days: 15 } }]);
    expect((await played(dated(10, 19, 20))).found(claimOn(2))).toEqual([]);
  });

  it('a source that the program bans is told of a link between people', async () => {
    const program = aProgram({ checkSettings: { bannedSources: ['Purchased List'] } });
    const book = await played([...ROOT, aLink(1, 2, 25), aSale(2, { source: 'purchased list' }, 26)], { program });
    expect(book.signals(claimOn(2))).toMatchObject([{ action: 'flag', evidence: { source: 'Purchased List' } }]);
  });

  it('one place of payment for two accounts: rewards of both wait; colleagues of one account share theirs', async () => {
    const paidAt = (partyId: string, n: number): ReferralEvent => ({
      ...{ key: `identity ${partyId}`, occurredAt: day(n), recordedAt: day(n), kind: 'identity', partyId },
      identities: [{ kind: 'payout', hash: digest('identity:payout:AT00') }],
    });
    const book = await aReferralBook();
    const others = [...aPair(3, 'cedar', 'Nora Quist'), ...aPair(4, 'doe', 'Uwe Ritt'), aLink(3, 4, 12), aSale(4)];
    await book.follow(60, ...PLAIN, ...others);
    expect([book.rewards(1), book.rewards(3)]).toEqual([['payable accepted 10000'], ['payable accepted 10000']]);
    await book.take(paidAt('account:1', 61), paidAt('contact:1', 61));
    await book.follow(62);
    expect(book.rewards(1)).toEqual(['payable accepted 10000']);
    await book.take(paidAt('account:3', 63));
    await book.follow(64);
    expect([book.rewards(1), book.rewards(3)]).toEqual([['held fraud_check 10000'], ['held fraud_check 10000']]);
  });
});
