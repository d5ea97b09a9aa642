import { describe, expect, it } from 'vitest';
import { at, denial, opened, rollUp } from '../../../test/referral-journal.ts';
import type { Denial } from '../entities/denial.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import { changedDenials } from './changed-denials.ts';

const said = (set: Partial<Denial> = {}): Denial => ({
  ...{ recordId: 'referral:1-9', advocateId: 'contact:1', partyIds: ['account:9'], saidBy: ['prospect'] },
  ...set,
});
const changed = (
  journal: readonly ReferralEvent[],
  now: readonly Denial[],
  { takenBack = false, day = 20 }: { readonly takenBack?: boolean; readonly day?: number } = {},
) => changedDenials(opened(journal), { asOf: at(day).occurredAt, said: now, isTakenBack: () => takenBack });
const noted = denial(1, 9, 5, 'prospect');
const takenBack = [said({ saidBy: [] })];

describe('what our records say otherwise than the journal', () => {
  it('a new denial, another side, another party: each is told; the same again is not', () => {
    expect(changed([], [said()])).toEqual([said()]);
    expect(changed([noted], [said()])).toEqual([]);
    const both = said({ saidBy: ['advocate', 'prospect'] });
    expect(changed([noted], [both])).toEqual([both]);
    const other = said({ advocateId: 'contact:2' });
    expect(changed([noted], [other])).toEqual([other]);
  });

  it('a record on which nobody says no any more takes it back; one that is gone does not, nor does an earlier day', () => {
    expect(changed([noted], [], { takenBack: true })).toEqual(takenBack);
    expect(changed([noted], [])).toEqual([]);
    expect(changed([noted], [], { takenBack: true, day: 4 })).toEqual([]);
    expect(changed([noted, denial(1, 9, 7)], [], { takenBack: true })).toEqual([]);
  });

  it('under the names of before a merge or a roll-up it is the same denial', () => {
    const merge: ReferralEvent = {
      ...{ key: 'merge 9>8', ...at(9), kind: 'merge', loserId: 'account:9', survivorId: 'account:8' },
    };
    expect(changed([noted, merge], [said({ partyIds: ['account:8'] })])).toEqual([]);
    const before: ReferralEvent = { ...noted, kind: 'denial', denial: said({ partyIds: ['contact:7'] }) };
    const rolled = [before, rollUp('contact:7', 'account:9', 9)];
    expect(changed(rolled, [said({ partyIds: ['account:9', 'contact:7'] })])).toEqual([]);
  });

  it('of somebody erased nothing is taken up again, and nothing is let go', () => {
    const erase = (partyId: string): ReferralEvent => ({
      ...{ key: `erase ${partyId}`, ...at(10), kind: 'erase', partyId, withdrawn: [], tombstones: [] },
    });
    expect(changed([erase('contact:1')], [said()])).toEqual([]);
    const withPerson = said({ partyIds: ['account:9', 'contact:7'] });
    expect(changed([erase('contact:7')], [withPerson])).toEqual([said()]);
    const known: ReferralEvent = { ...noted, kind: 'denial', denial: withPerson };
    expect(changed([known, erase('contact:7')], [said()])).toEqual([]);
  });
});
