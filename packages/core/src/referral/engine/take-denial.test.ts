import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROPERTY_RUNS } from '../../../test/property-runs.ts';
import { histories } from '../../../test/referral-histories.ts';
import { act, at, balance, claim, denial, opened, sale, stateOf, tick } from '../../../test/referral-journal.ts';
import { neutralText } from '../claims/explain-claim.ts';
import { isRunning } from '../claims/transitions.ts';
import type { PersonsAct, ReferralEvent } from '../entities/referral-event.ts';
import { deniedBy, doubtsOn } from './denials.ts';
import type { ReferralEngine } from './open-engine.ts';
import { signalsAbout } from './screen-reward.ts';

const ID = 'main/contact:1>account:9';
const introduced = claim(1, 9, 0);
const open = sale('opportunity_opened', 9, 10);
const won = sale('won', 9, 20, 200_000);
const lift = (n: number, does: Partial<PersonsAct> = {}): ReferralEvent =>
  act(n, { act: 'clear', referralId: ID, check: 'denied', why: 'asked again', ...does } as PersonsAct);
const rewards = ({ state }: ReferralEngine) => [...state.rewards.all()].map((it) => `${it.state} ${it.reason}`);
const reasonOf = ({ state }: ReferralEngine) => state.claims.get(ID)?.history.at(-1)?.reason;

describe('a claim that one of the two denies', () => {
  it.each([
    ['accepted', [introduced], 'accepted'],
    ['contacted', [introduced, sale('contacted', 9, 5)], 'contacted'],
    ['qualified', [introduced, sale('qualified', 9, 5)], 'qualified'],
    ['with an opportunity', [introduced, open], 'opportunity'],
    ['reopened', [introduced, open, sale('lost', 9, 12), sale('opportunity_opened', 9, 15)], 'reopened'],
    ['waiting behind another', [claim(2, 9, -2, 'code'), introduced], 'queued'],
  ])('%s: it waits for a person, and stands where it stood once a person lifts it', (_case, batch, before) => {
    const engine = opened(batch);
    expect(stateOf(engine, 1, 9)).toBe(before);
    engine.take([denial(1, 9, 30, 'prospect')]);
    expect([stateOf(engine, 1, 9), reasonOf(engine)]).toEqual(['under_review', 'denied']);
    engine.take([lift(31)]);
    expect([stateOf(engine, 1, 9), engine.state.refused]).toEqual([before, []]);
  });

  it('is taken back in the CRM: it stands where it stood, and what the sale gives it is given', () => {
    const engine = opened([introduced, open], [denial(1, 9, 15, 'advocate')], [won, tick(21)]);
    expect([stateOf(engine, 1, 9), engine.state.claims.get(ID)?.credit, rewards(engine)]).toEqual([
      'under_review',
      'none',
      [],
    ]);
    expect(engine.state.decisions.get('opportunity:9')?.get('main')?.at(-1)?.candidates[0]?.reason).toBe('denied');
    engine.take([denial(1, 9, 25), tick(26)]);
    expect([stateOf(engine, 1, 9), engine.state.claims.get(ID)?.credit]).toEqual(['won', 'sourced']);
    expect(rewards(engine)).toEqual(['held accepted']);
  });

  it('a person confirms the claim: the same; or disqualifies it: it ends', () => {
    const engine = opened([introduced, open], [denial(1, 9, 15, 'advocate')]);
    engine.take([act(16, { act: 'confirm', referralId: ID, why: 'both remember now' })]);
    expect([stateOf(engine, 1, 9), signalsAbout(engine.state, ID)[0]?.cleared?.why]).toEqual([
      'opportunity',
      'both remember now',
    ]);
    const other = opened([introduced, open], [denial(1, 9, 15, 'advocate')]);
    other.take([act(16, { act: 'disqualify', referralId: ID, why: 'made up' })]);
    expect(stateOf(other, 1, 9)).toBe('disqualified');
  });

  it.each(['activity', 'code', 'click'] as const)(
    'claimed after the denial by %s: under review as well',
    (evidence) => {
      const engine = opened([denial(1, 9, -1, 'advocate')], [claim(1, 9, 0, evidence)]);
      expect([stateOf(engine, 1, 9), reasonOf(engine)]).toEqual(['under_review', 'denied']);
      engine.take([lift(3)]);
      expect(stateOf(engine, 1, 9)).toBe('accepted');
    },
  );

  it('claims of others, and of the same person on others, are not touched', () => {
    const engine = opened([claim(2, 9, -1, 'click'), introduced, claim(1, 8, 1)], [denial(1, 9, 5, 'prospect')]);
    expect([stateOf(engine, 2, 9), stateOf(engine, 1, 8)]).toEqual(['accepted', 'accepted']);
  });

  it('what the referrer may be told names neither a denial nor who it was', () => {
    const engine = opened([introduced], [denial(1, 9, 5, 'prospect')]);
    const said = neutralText(engine.state.claims.get(ID)!);
    expect(said).toEqual({ text: 'Your introduction is being looked at.', on: '2026-01-06' });
  });

  it('for staff it is a signal with the record, who said so, and since when', () => {
    const engine = opened([introduced], [denial(1, 9, 5, 'prospect')], [denial(1, 9, 8, 'advocate', 'prospect')]);
    expect(signalsAbout(engine.state, ID)).toMatchObject([
      {
        ...{ check: 'denied', action: 'review', raisedAt: at(5).occurredAt },
        evidence: { record: 'referral:1-9', 'said by': 'advocate and prospect' },
      },
    ]);
  });
});

describe('rewards of a won claim that is denied', () => {
  it('not approved: it waits for a person whatever the day, until a person lifts the denial', () => {
    const engine = opened([introduced, open, won], [denial(1, 9, 25, 'prospect'), tick(26)], [tick(90)]);
    expect([stateOf(engine, 1, 9), rewards(engine)]).toEqual(['won', ['review_required denied']]);
    engine.take([lift(91), tick(92)]);
    expect(rewards(engine)).toEqual(['payable accepted']);
    expect(balance(engine, 1)).toMatchObject({ payable: 20_000 });
  });

  it('approved when its holding period ended: it stays (rule 4), and the denial shows', () => {
    const engine = opened([introduced, open, won], [tick(60)], [denial(1, 9, 61, 'prospect'), tick(62)]);
    expect(rewards(engine)).toEqual(['payable accepted']);
    expect(signalsAbout(engine.state, ID).map((it) => it.check)).toEqual(['denied']);
  });

  it('approved by a person although it is denied: it goes on', () => {
    const engine = opened([introduced, open, won], [denial(1, 9, 25, 'prospect')]);
    const [reward] = engine.state.rewards.all();
    engine.take([act(30, { act: 'approve', rewardKey: reward?.key ?? '', why: 'agreed' }), tick(90)]);
    expect(rewards(engine)).toEqual(['payable accepted']);
  });

  it('what another check holds is held by it when the denial is taken back', () => {
    const engine = opened([introduced, open, won], [denial(1, 9, 25, 'prospect')]);
    engine.take([
      act(26, { act: 'dispute', programId: 'main', opportunityId: 'opportunity:9', referralId: ID, why: 'mine' }),
      ...[denial(1, 9, 27), tick(28)],
    ]);
    expect(rewards(engine)).toEqual(['held dispute_open']);
  });
});

describe('lifted', () => {
  it('the same side again says nothing new; the other side says it anew', () => {
    const engine = opened([introduced], [denial(1, 9, 5, 'prospect')], [lift(6)]);
    engine.take([{ ...denial(1, 9, 7, 'prospect'), key: 'again' }, tick(8)]);
    expect(stateOf(engine, 1, 9)).toBe('accepted');
    engine.take([denial(1, 9, 9, 'advocate', 'prospect')]);
    expect(stateOf(engine, 1, 9)).toBe('under_review');
  });

  it('taken back and said again: it holds again', () => {
    const engine = opened([introduced], [denial(1, 9, 5, 'prospect')], [lift(6)], [denial(1, 9, 7)]);
    engine.take([denial(1, 9, 9, 'prospect')]);
    expect(stateOf(engine, 1, 9)).toBe('under_review');
  });

  it('needs a reason; without a denial there is nothing to lift', () => {
    const engine = opened([introduced], [lift(2)], [denial(1, 9, 5, 'prospect')], [lift(6, { why: ' ' })]);
    expect(engine.state.refused.map((it) => it.reason)).toEqual(['illegal_transition', 'why_missing']);
    expect(stateOf(engine, 1, 9)).toBe('under_review');
  });

  it('of two records that deny it, one takes it back: it stays denied', () => {
    const other = { ...denial(1, 9, 6, 'advocate'), key: 'other' } as Extract<ReferralEvent, { kind: 'denial' }>;
    const engine = opened([introduced], [denial(1, 9, 5, 'prospect')]);
    engine.take([{ ...other, denial: { ...other.denial, recordId: 'referral:other' } }]);
    engine.take([denial(1, 9, 8)]);
    expect([
      stateOf(engine, 1, 9),
      deniedBy(engine.state, { participantId: 'contact:1', subjectId: 'account:9' }),
    ]).toEqual(['under_review', ['advocate']]);
  });
});

describe('merges', () => {
  const merge = (loserId: string, survivorId: string): ReferralEvent => {
    return { ...{ key: `merge ${loserId}`, ...at(10), kind: 'merge' }, loserId, survivorId };
  };

  it('the denied party becomes another record: the claim on that is denied', () => {
    const engine = opened([introduced], [denial(1, 9, 5, 'prospect')], [merge('account:9', 'account:8')]);
    expect(stateOf(engine, 1, 8)).toBe('under_review');
    engine.take([{ ...lift(12), does: { act: 'clear', referralId: ID, check: 'denied', why: 'so' } } as ReferralEvent]);
    expect(stateOf(engine, 1, 8)).toBe('accepted');
  });

  it('a claim on the record that is left is denied from then on, whatever is said of others', () => {
    const engine = opened([claim(1, 8, 0)], [denial(1, 9, 5, 'prospect')], [merge('account:9', 'account:8')]);
    expect(stateOf(engine, 1, 8)).toBe('under_review');
  });

  it('lifted for one of two claims that become one: the denial of the other still counts', () => {
    const engine = opened([introduced, claim(1, 8, 0)], [denial(1, 9, 5, 'prospect'), denial(1, 8, 5, 'prospect')]);
    engine.take([lift(6)]);
    engine.take([merge('account:9', 'account:8'), tick(11)]);
    expect([
      stateOf(engine, 1, 8),
      doubtsOn(engine.state, engine.state.claims.get('main/contact:1>account:8')!).length > 0,
    ]).toEqual(['under_review', true]);
  });
});

it('any history: what is denied neither runs nor is approved by time alone while nobody lifts it', () => {
  fc.assert(
    fc.property(histories, (batches) => {
      const engine = opened();
      const { state } = engine;
      const denied = () => [...state.claims.values()].filter((it) => doubtsOn(state, it).length > 0);
      batches.forEach((batch, place) => {
        engine.take(batch);
        const now = Math.max(0, state.now);
        engine.take([{ key: `end ${place}`, occurredAt: now, recordedAt: now, kind: 'day' }]);
        expect(denied().filter((it) => isRunning(it.state))).toEqual([]);
      });
      const approved = () =>
        denied()
          .flatMap(({ id }) => [...state.rewards.all()].filter((it) => it.referralId === id && it.approvedAt !== null))
          .map(({ key }) => key);
      const before = approved();
      engine.take([tick(300)]);
      expect(approved()).toEqual(before);
    }),
    { numRuns: PROPERTY_RUNS },
  );
});
