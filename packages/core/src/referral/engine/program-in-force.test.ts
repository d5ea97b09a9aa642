import { describe, expect, it } from 'vitest';
import { at, balance, claim, opened, program, sale, tick } from '../../../test/referral-journal.ts';
import type { Program } from '../entities/program.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';

const says = (n: number, it: Program): ReferralEvent => ({
  ...{ key: `program ${n}`, ...at(n), kind: 'program', program: it },
});
const doubled: Program = {
  ...program,
  holdingDays: 10,
  rules: program.rules.map((it) => ({ ...it, version: '2', amount: { percent: 2000, disclosesAmount: true } })),
};
const sold = (on: number, n: number) => [
  claim(1, on, n),
  sale('opportunity_opened', on, n + 5),
  sale('won', on, n + 10, 100_000),
];

describe('the program in force', () => {
  it('10 % until the journal says 20 %, and 20 % from then on; what was given stays, with its holding period', () => {
    const engine = opened([says(0, program)], sold(8, 1), [says(20, doubled)], sold(9, 21), [tick(40)]);
    expect([...engine.state.rewards.all()].map((it) => [it.ruleVersion, it.amount.minor])).toEqual([
      ['1', 10_000],
      ['2', 20_000],
    ]);
    // the second is due 10 days after day 31, the first 30 days after day 11
    expect(balance(engine, 1)).toMatchObject({ held: 30_000, payable: 0 });
    engine.take([tick(41)]);
    expect(balance(engine, 1)).toMatchObject({ held: 0, payable: 30_000 });
  });

  it('a program that only the journal knows goes on', () => {
    const other = { ...program, id: 'other' };
    const engine = opened([says(0, other)]);
    const event = claim(1, 9, 2);
    const said = event.kind === 'claim' && { ...event.claim, programId: 'other' };
    const who = { ...engine.state.participants.get('main contact:1')!, programId: 'other' };
    engine.take([
      { key: 'joins', ...at(1), kind: 'participant', participant: who },
      { ...event, claim: said } as ReferralEvent,
    ]);
    expect(engine.state.claims.get('other/contact:1>account:9')?.state).toBe('accepted');
  });
});
