import { describe, expect, it } from 'vitest';
import { act, at, claim, onPerson, opened, rollUp, sale, tick } from '../../../test/referral-journal.ts';
import { DAY_MS } from '../../model/dates.ts';
import { explainClaim } from '../claims/explain-claim.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import { resolveClaimId } from './engine-state.ts';
import type { ReferralEngine } from './open-engine.ts';

/** It happens to contact 9 (or a lead, a sale), who has no account yet. */
const to = (event: ReferralEvent, subjectId = 'contact:9') => onPerson(event, subjectId);
const merge = (n: number, loserId: string, survivorId: string): ReferralEvent => ({
  ...{ key: `merge ${loserId}>${survivorId}`, ...at(n), kind: 'merge', loserId, survivorId },
});
const has = rollUp('contact:9', 'account:9', 20);
const claims = ({ state }: ReferralEngine) =>
  [...state.claims.values()].map((it) => `${it.id.slice(5)} ${it.state} ${it.credit ?? '-'}`).sort();
const owed = ({ state }: ReferralEngine, id: string) => {
  const { pending = 0, held = 0, payable = 0 } = state.rewards.ledger.balancesOf(id)[0] ?? {};
  return pending + held + payable;
};
const sold = [sale('opportunity_opened', 9, 30), sale('won', 9, 40, 200_000)];

describe('who was claimed belongs to an account by now', () => {
  it('the claim is on the account, with its days and its person; a second contact of it is a duplicate', () => {
    const engine = opened([to(claim(1, 9, 0))]);
    const before = engine.state.claims.get('main/contact:1>contact:9');
    engine.take([has]);
    const now = engine.state.claims.get('main/contact:1>account:9');
    const { claimedAt, protectedUntil, expiresAt, history } = before!;
    expect(now).toMatchObject({
      claimedAt,
      protectedUntil,
      expiresAt,
      referredContactId: 'contact:9',
      state: 'accepted',
    });
    expect(
      explainClaim(now!)
        .map(({ what, reason, at: when }) => [what, reason, when])
        .at(-1),
    ).toEqual(['roll-up: from contact:9', 'rolled_up', at(20).occurredAt]);
    expect([now?.history, now?.stoodOn]).toEqual([history, [{ subjectId: 'contact:9', until: at(20).occurredAt }]]);
    engine.take([claim(2, 9, 25)]);
    expect(claims(engine)).toEqual(['contact:1>account:9 accepted -', 'contact:2>account:9 duplicate -']);
  });

  it('claims of one referrer on the person and on the account are one, of the better evidence and the first day', () => {
    const engine = opened([to(claim(1, 9, 0, 'click')), claim(1, 9, 10, 'code')], [has]);
    expect(claims(engine)).toEqual(['contact:1>account:9 accepted -']);
    expect([...engine.state.claims.values()][0]).toMatchObject({ evidence: 'code', claimedAt: at(0).occurredAt });
  });

  it('the sale, its decision and its reward follow; nothing is given twice, before or after the approval', () => {
    for (const on of [45, 80]) {
      const engine = opened(
        [to(claim(1, 9, 0)), ...sold.map((it) => to(it))],
        [tick(on)],
        [rollUp('contact:9', 'account:9', on)],
      );
      expect(claims(engine)).toEqual(['contact:1>account:9 won sourced']);
      expect(owed(engine, 'account:1')).toBe(20_000);
      const [reward] = engine.state.rewards.all();
      expect(reward?.referralId).toBe('main/contact:1>account:9');
      expect(engine.state.sales.get('opportunity:9')?.subjectId).toBe('account:9');
      const decided = engine.state.decisions.get('opportunity:9')?.get('main') ?? [];
      expect(decided.map((it) => it.candidates.map(({ referralId }) => referralId))).toEqual(
        decided.map(() => ['main/contact:1>account:9']),
      );
      engine.take([claim(2, 9, on + 1), ...sold, { ...has, key: 'again' }, tick(on + 60)]);
      expect([owed(engine, 'account:1'), owed(engine, 'account:2')]).toEqual([20_000, 0]);
    }
  });

  it('a rival on the account: the first introduction is credited, once; what was approved stays, and a person is told', () => {
    const onPerson = [to(claim(1, 9, 5)), ...sold.map((it) => to(it))];
    const open = opened([onPerson[0]!, claim(2, 9, 0, 'code')], [has], sold);
    expect(claims(open)).toEqual(['contact:1>account:9 won sourced', 'contact:2>account:9 won influenced']);
    const approved = opened(
      [...onPerson, claim(2, 9, 0)],
      [tick(80)],
      [rollUp('contact:9', 'account:9', 81)],
      [tick(200)],
    );
    expect([owed(approved, 'account:1'), owed(approved, 'account:2')]).toEqual([20_000, 0]);
    expect(claims(approved)[0]).toBe('contact:1>account:9 won sourced');
    const [first] = approved.state.proposals.get('main opportunity:9')?.candidates ?? [];
    expect([first?.referralId, first?.credit]).toEqual(['main/contact:2>account:9', 'sourced']);
  });

  it('what names the old party finds the claim: an event, a claim by hand, the old id, an act of a person', () => {
    const engine = opened([to(claim(1, 9, 0))], [has], [to(claim(2, 9, 21)), ...sold.map((it) => to(it))]);
    expect(claims(engine)).toEqual(['contact:1>account:9 won sourced', 'contact:2>account:9 duplicate none']);
    const old = 'main/contact:1>contact:9';
    expect(resolveClaimId(engine.state, old)).toBe('main/contact:1>account:9');
    engine.take([act(41, { act: 'withdraw', referralId: old, why: 'so' })]);
    expect(claims(engine)[0]).toBe('contact:1>account:9 reversed none');
  });

  it('what was seen of the person counts for the account: the mail that nobody claimed for beats a code', () => {
    const seen = claim(1, 9, 5);
    if (seen.kind !== 'claim') throw new TypeError('No claim.');
    const touch = { ...seen.claim.touch, subjectId: 'contact:9' };
    const engine = opened([to(claim(1, 9, 0, 'click')), { key: 'seen', ...at(5), kind: 'touch', touch }]);
    engine.take([has, claim(2, 9, 21, 'code'), ...sold]);
    expect(claims(engine)).toEqual(['contact:1>account:9 won sourced', 'contact:2>account:9 won influenced']);
  });

  it('only the referred side moves: a contact who refers too stays who they are', () => {
    const engine = opened([to(claim(2, 1, 0), 'contact:1'), claim(1, 9, 0), ...sold]);
    engine.take([rollUp('contact:1', 'account:7', 50)]);
    expect(claims(engine)).toEqual(['contact:1>account:9 won sourced', 'contact:2>account:7 accepted -']);
    expect([owed(engine, 'account:1'), engine.state.participants.get('main contact:1')?.accountId]).toEqual([
      20_000,
      'account:1',
    ]);
  });

  it('who leads to whom goes along: 1 led to contact 9 of account 2, so account 2 cannot have introduced 1', () => {
    const engine = opened([to(claim(1, 9, 0))], [rollUp('contact:9', 'account:2', 5)], [claim(2, 1, 6)]);
    expect(engine.state.refused).toMatchObject([{ reason: 'loop' }]);
  });

  it('whoever moves on to another account takes no claim along, and what is said of them later is said of the first', () => {
    const engine = opened([to(claim(1, 9, 0))], [has], [rollUp('contact:9', 'account:7', 30), to(claim(2, 9, 31))]);
    expect(claims(engine)).toEqual(['contact:1>account:9 accepted -', 'contact:2>account:9 duplicate -']);
  });

  it('somebody of the own account is nobody to be rewarded for', () => {
    const engine = opened([to(claim(1, 9, 0))], [rollUp('contact:9', 'account:1', 5)], [sale('won', 1, 40, 200_000)]);
    expect(owed(engine, 'account:1')).toBe(0);
    const reasons = engine.state.decisions
      .get('opportunity:1')
      ?.get('main')
      ?.at(-1)
      ?.candidates.map((it) => it.reason);
    expect(reasons).toEqual(['self_referral']);
  });

  it('a lapsed claim stays lapsed: going over to an account is no step of it', () => {
    const engine = opened([to(claim(1, 9, 0))], [tick(91)], [rollUp('contact:9', 'account:9', 92)]);
    expect(claims(engine)).toEqual(['contact:1>account:9 expired -']);
    engine.take([sale('opportunity_opened', 9, 93), sale('won', 9, 95, 100_000)]);
    expect(owed(engine, 'account:1')).toBe(0);
  });

  it('what the book knew of the account counts: a customer of long standing brings influence at most', () => {
    const since = at(-400).occurredAt;
    const relation = { customerSince: since, customerUntil: null, opportunities: [], contacts: [] };
    const engine = opened([to(claim(1, 9, 0))], [{ ...has, relation } as ReferralEvent]);
    const [noted] = engine.state.claims.values();
    expect(noted).toMatchObject({ state: 'influenced', protectedUntil: null });
    expect(noted?.history.at(-1)).toMatchObject({ reason: 'existing_relation', at: at(20).occurredAt });
    engine.take(sold);
    expect(claims(engine)).toEqual(['contact:1>account:9 won influenced']);
  });

  it('what stands for a person to decide, or was won, is not moved by what the book knew of the account', () => {
    const since = at(-400).occurredAt;
    const relation = { customerSince: since, customerUntil: null, opportunities: [], contacts: [] };
    const known = { ...rollUp('contact:9', 'account:9', 85), relation } as ReferralEvent;
    const won = opened([to(claim(1, 9, 0)), ...sold.map((it) => to(it))], [tick(80)], [known]);
    expect([claims(won), owed(won, 'account:1')]).toEqual([['contact:1>account:9 won sourced'], 20_000]);
    const ended = opened(
      [to(claim(1, 9, 0))],
      [act(5, { act: 'withdraw', referralId: 'main/contact:1>contact:9', why: 'so' })],
      [known],
    );
    expect(claims(ended)).toEqual(['contact:1>account:9 withdrawn -']);
  });

  it('bug: a reward lost its sale when that went over to an account of which nobody was claimed, and was given again', () => {
    const engine = opened(
      [to(claim(1, 9, 0)), ...sold.map((it) => to(it))],
      [rollUp('opportunity:9', 'account:7', 45)],
    );
    engine.take([has]);
    expect([...engine.state.rewards.all()].map((it) => [it.caseId, it.amount.minor])).toEqual([
      ['opportunity:9', 20_000],
    ]);
  });

  it('a sale that was claimed for itself goes to its account, and stays the sale that it is', () => {
    const engine = opened([to(claim(1, 9, 0), 'opportunity:9'), ...sold.map((it) => to(it, 'opportunity:9'))]);
    engine.take([rollUp('opportunity:9', 'account:9', 50), sale('refunded', 9, 51, 100_000)]);
    expect(claims(engine)).toEqual(['contact:1>account:9 won sourced']);
    expect([owed(engine, 'account:1'), [...engine.state.sales.keys()]]).toEqual([10_000, ['opportunity:9']]);
  });
});

describe('together with merges', () => {
  const story = [to(claim(1, 9, 0)), to(claim(2, 8, 1), 'contact:8'), to(sale('opportunity_opened', 9, 10))];
  it.each([
    ['the person', [merge(20, 'contact:9', 'contact:8')], ['contact:9', 'contact:8']],
    ['the account', [merge(20, 'account:9', 'account:7')], ['contact:9']],
    ['person and account', [merge(20, 'contact:9', 'contact:8'), merge(20, 'account:9', 'account:7')], ['contact:9']],
  ])('%s merged, before or after: the same claims, found by every id', (_title, merges, ids) => {
    const [first, last] = [opened(story, merges, [has]), opened(story, [has], merges)];
    expect(claims(first)).toEqual(claims(last));
    const found = ({ state }: ReferralEngine) =>
      ids.map((id) => state.claims.has(resolveClaimId(state, `main/contact:1>${id}`)));
    expect([found(first), found(last)]).toEqual([ids.map(() => true), ids.map(() => true)]);
    for (const engine of [first, last]) {
      const before = claims(engine);
      engine.take([...merges, has].map((it) => ({ ...it, key: `${it.key} again` })));
      expect(claims(engine)).toEqual(before);
    }
  });

  it('two people of two accounts are one: each claim stays where it was decided', () => {
    const other = rollUp('contact:8', 'account:7', 20);
    const engine = opened(story, [has, other], [merge(21, 'contact:9', 'contact:8')]);
    expect(claims(engine)).toEqual(['contact:1>account:9 opportunity -', 'contact:2>account:7 accepted -']);
    expect(resolveClaimId(engine.state, 'main/contact:1>contact:9')).toBe('main/contact:1>account:9');
  });

  it('records that go round in a circle end somewhere', () => {
    const engine = opened(story, [has], [merge(21, 'account:9', 'contact:9')], [rollUp('contact:9', 'account:9', 22)]);
    expect(claims(engine)[0]).toBe('contact:1>contact:9 opportunity -');
  });
});

it('a lead was converted: the claim is on the account, names the contact and follows the sale; who was told was told', () => {
  const engine = opened([to(claim(1, 9, 0), 'lead:9')]);
  engine.take([act(1, { act: 'notify', referralId: 'main/contact:1>lead:9', why: 'so' })]);
  const became = { contactId: 'contact:9', opportunityId: 'opportunity:9' };
  engine.take([{ ...rollUp('lead:9', 'account:9', 20), ...became } as ReferralEvent]);
  expect([...engine.state.claims.values()]).toMatchObject([
    { id: 'main/contact:1>account:9', referredContactId: 'contact:9', opportunityId: 'opportunity:9' },
  ]);
  expect([...engine.state.notices]).toEqual([['contact:9', at(0).occurredAt + DAY_MS]]);
  engine.take([
    to(claim(1, 9, 21, 'code'), 'lead:9'),
    { ...rollUp('lead:9', 'account:7', 22), ...became } as ReferralEvent,
  ]);
  expect(claims(engine)).toEqual(['contact:1>account:9 accepted -']);
});

it('a lead whose mailbox told the account is converted there: the claim names the contact; elsewhere it stays as it is', () => {
  const converted = (toId: string) =>
    ({ ...rollUp('lead:9', toId, 20), key: 'converted', contactId: 'contact:9' }) as ReferralEvent;
  const named = ({ state }: ReferralEngine) => [...state.claims.values()].map((it) => it.referredContactId);
  const lead = { ...claim(1, 9, 0) } as Extract<ReferralEvent, { readonly kind: 'claim' }>;
  const fromTheFirstDay = { ...lead, claim: { ...lead.claim, referredContactId: 'lead:9' } };
  const later = [to(claim(1, 9, 0), 'lead:9'), rollUp('lead:9', 'account:9', 10)];
  for (const before of [[fromTheFirstDay], later]) {
    const engine = opened(before, [converted('account:9')]);
    expect([claims(engine), named(engine)]).toEqual([['contact:1>account:9 accepted -'], ['contact:9']]);
    engine.take([{ ...converted('account:9'), key: 'again' }]);
    expect(named(engine)).toEqual(['contact:9']);
  }
  const elsewhere = opened(later, [converted('account:7')]);
  expect([claims(elsewhere), named(elsewhere)]).toEqual([['contact:1>account:9 accepted -'], ['lead:9']]);
});
