import { describe, expect, it } from 'vitest';
import { at, claim, person, program, sale, tick } from '../../../test/referral-journal.ts';
import type { Program } from '../entities/program.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import { openReferralEngine } from './open-engine.ts';

const better: Program = { ...program, id: 'better', priority: 9 };
const says = (n: number, it: Program, added = false): ReferralEvent => ({
  ...{ key: `program ${it.id} ${n}`, ...at(n), kind: 'program', program: it },
  ...(added && { added }),
});
/** The same claim in the other program: the CRM's links are read for every program. */
const alike = (event: ReferralEvent): ReferralEvent => {
  const key = `${event.key} better`;
  if (event.kind === 'claim') return { ...event, key, claim: { ...event.claim, programId: 'better' } };
  if (event.kind === 'participant')
    return { ...event, key, participant: { ...event.participant, programId: 'better' } };
  return event;
};
const people = [person(1), person(2)];
const ran = (...batches: readonly (readonly ReferralEvent[])[]) => {
  const engine = openReferralEngine({ programs: [], rates: [] });
  for (const batch of batches) engine.take(batch);
  const { claims, rewards } = engine.state;
  const credit = (by: number, on: number) =>
    ['main', 'better'].map((it) => claims.get(`${it}/contact:${by}>account:${on}`)?.credit ?? null);
  return { credit, given: [...rewards.all()].map((it) => `${it.programId} ${it.state}`) };
};
const sold = (on: number, n: number) => [sale('opportunity_opened', on, n), sale('won', on, n + 1, 100_000)];
/** A program's own word, then what the CRM says in it. */
const added = (word: ReferralEvent, ...claims: readonly ReferralEvent[]) => [[word], [...people.map(alike), ...claims]];
const first = [says(-9, program), ...people, claim(1, 8, 0)];

describe('a program of higher priority that is added later', () => {
  it('what stood under the first stays there; what is claimed from then on is of the higher one', () => {
    const later = added(says(5, better, true), alike(claim(1, 8, 0)), claim(1, 9, 6), alike(claim(1, 9, 6)));
    const { credit, given } = ran(first, ...later, [...sold(8, 20), ...sold(9, 20), tick(30)]);
    expect([credit(1, 8), credit(1, 9)]).toEqual([
      ['sourced', 'none'],
      ['none', 'sourced'],
    ]);
    expect(given.sort()).toEqual(['better held', 'main held']);
  });

  it('a sale that was won before is decided as it was when it is decided again', () => {
    const later = added(says(25, better, true), alike(claim(1, 8, 0)));
    const { credit, given } = ran(first, sold(8, 20), ...later, [tick(26)]);
    expect([credit(1, 8), given]).toEqual([['sourced', 'none'], ['main held']]);
  });

  it('where the claim under the first comes to nothing, the higher one has the party', () => {
    const ended: ReferralEvent = {
      ...{ key: 'ended', ...at(10), kind: 'act', by: 'owner:1' },
      does: { act: 'withdraw', referralId: 'main/contact:1>account:8', why: 'asked' },
    };
    const later = added(says(5, better, true), alike(claim(1, 8, 0)));
    expect(ran(first, ...later, [ended], sold(8, 20)).credit(1, 8)).toEqual(['none', 'sourced']);
  });

  it('beside a program that rewards nothing it takes what stands: nothing is lost by it', () => {
    const bare = [says(-9, { ...program, rules: [] }), ...people, claim(1, 8, 0)];
    const later = added(says(5, better, true), alike(claim(1, 8, 0)));
    expect(ran(bare, ...later, sold(8, 20)).credit(1, 8)).toEqual(['none', 'sourced']);
  });

  it('both there from the start, or in a journal of before: the higher one takes it', () => {
    const both = [says(-9, program), says(-9, better), ...people, ...people.map(alike)];
    const claims = [claim(1, 8, 0), alike(claim(1, 8, 0))];
    expect(ran(both, claims, sold(8, 20)).credit(1, 8)).toEqual(['none', 'sourced']);
    const unsaid = added(says(5, better), alike(claim(1, 8, 0)));
    expect(ran(first, ...unsaid, sold(8, 20)).credit(1, 8)).toEqual(['none', 'sourced']);
  });

  it('the party is merged into another record: it stays with the first', () => {
    const later = added(says(5, better, true), alike(claim(1, 8, 0)));
    const merge: ReferralEvent = {
      ...{ key: 'merge', ...at(10), kind: 'merge', loserId: 'account:8', survivorId: 'account:7' },
    };
    expect(ran(first, ...later, [merge], sold(7, 20)).credit(1, 7)).toEqual(['sourced', 'none']);
  });
});
