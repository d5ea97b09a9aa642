import { describe, expect, it } from 'vitest';
import { at } from '../../../test/records.ts';
import { aClaim, aPolicy } from '../../../test/referral-records.ts';
import { REFERRAL_STATES } from '../../model/values.ts';
import { moveClaim } from './move-claim.ts';
import { CLAIM_EVENTS, claimEventOf, TRANSITIONS } from './transitions.ts';

const policy = aPolicy({ retainedDays: 0 });

/** The published table, written out by hand: state, then what each event makes of it. */
const PUBLISHED = `
submitted     accept>accepted note_influence>influenced review>under_review queue>queued contest>contested block>duplicate reject>rejected expire>expired withdraw>withdrawn disqualify>disqualified
under_review  accept>accepted note_influence>influenced queue>queued contest>contested block>duplicate reject>rejected expire>expired withdraw>withdrawn disqualify>disqualified
queued        review>under_review promote>accepted note_influence>influenced contest>contested reject>rejected expire>expired withdraw>withdrawn disqualify>disqualified
contested     review>under_review accept>accepted promote>accepted queue>queued note_influence>influenced reject>rejected won>won expire>expired withdraw>withdrawn disqualify>disqualified
accepted      note_influence>influenced review>under_review contacted>contacted qualified>qualified opportunity_opened>opportunity won>won lost>lost expire>expired withdraw>withdrawn disqualify>disqualified
influenced    note_influence>influenced review>under_review contacted>contacted qualified>qualified opportunity_opened>opportunity won>won lost>lost expire>expired withdraw>withdrawn disqualify>disqualified
contacted     review>under_review note_influence>influenced contacted>contacted qualified>qualified opportunity_opened>opportunity won>won lost>lost expire>expired withdraw>withdrawn disqualify>disqualified
qualified     review>under_review note_influence>influenced contacted>qualified qualified>qualified opportunity_opened>opportunity won>won lost>lost expire>expired withdraw>withdrawn disqualify>disqualified
opportunity   review>under_review contacted>opportunity qualified>opportunity opportunity_opened>opportunity won>won lost>lost expire>expired withdraw>withdrawn disqualify>disqualified
won           contacted>won qualified>won opportunity_opened>won won>won retained>retained withdraw>reversed disqualify>reversed reverse>reversed
retained      won>retained retained>retained withdraw>reversed disqualify>reversed reverse>reversed
lost          lost>lost opportunity_opened>reopened expire>expired withdraw>withdrawn disqualify>disqualified
reopened      review>under_review contacted>reopened qualified>reopened opportunity_opened>reopened won>won lost>lost expire>expired withdraw>withdrawn disqualify>disqualified
expired       opportunity_opened>opportunity won>won resubmit>submitted
duplicate     resubmit>submitted
rejected      resubmit>submitted
withdrawn
disqualified
reversed
`;

describe('the table of states (rule 3)', () => {
  const published = new Map(
    PUBLISHED.trim()
      .split('\n')
      .map((line) => {
        const [state = '', ...steps] = line.trim().split(/\s+/);
        return [state, new Map(steps.map((step) => step.split('>') as [string, string]))] as const;
      }),
  );

  it('has a row for each of the nineteen states and is the published one', () => {
    expect([...published.keys()].sort()).toEqual([...REFERRAL_STATES].sort());
    for (const state of REFERRAL_STATES)
      expect(TRANSITIONS[state], state).toEqual(Object.fromEntries(published.get(state) ?? []));
  });

  it('each of the 361 pairs of state and event: moves as published, or is refused and the record kept', () => {
    let pairs = 0;
    for (const state of REFERRAL_STATES)
      for (const event of CLAIM_EVENTS) {
        const claim = Object.freeze(aClaim(1, '2026-01-01', { state }));
        const outcome = moveClaim(claim, { event, at: at('2026-01-10'), actor: 'test' }, policy);
        const to = published.get(state)?.get(event);
        if (to === undefined)
          expect(outcome, `${state} x ${event}`).toMatchObject({ refused: true, reason: 'illegal_transition', claim });
        else expect(outcome, `${state} x ${event}`).toMatchObject({ state: to });
        pairs += 1;
      }
    expect(pairs).toBe(361);
  });

  it('before the sale every live claim can expire, be withdrawn or disqualified; after it these take it back', () => {
    const before = ['submitted', 'under_review', 'queued', 'contested', 'accepted', 'influenced', 'contacted'] as const;
    for (const state of [...before, 'qualified', 'opportunity', 'lost', 'reopened'] as const)
      expect(TRANSITIONS[state]).toMatchObject({
        expire: 'expired',
        withdraw: 'withdrawn',
        disqualify: 'disqualified',
      });
    for (const state of ['won', 'retained'] as const)
      expect(TRANSITIONS[state]).toMatchObject({ withdraw: 'reversed', disqualify: 'reversed', reverse: 'reversed' });
  });

  it('events of the CRM: a cancellation takes the sale back; a payment or a refund of a part moves nothing', () => {
    expect(['cancelled', 'invoice_paid', 'refunded', 'won'].map((it) => claimEventOf(it as 'won'))).toEqual([
      'reverse',
      null,
      null,
      'won',
    ]);
  });
});
