import type { Instant } from '../../model/dates.ts';
import type { Denial } from '../entities/denial.ts';
import { pointDenial } from './denials.ts';
import type { ReferralEngine } from './open-engine.ts';

/** What is read of our own records at an instant. */
export interface DenialReading {
  readonly asOf: Instant;
  /** Every record on which somebody says no. */
  readonly said: readonly Denial[];
  /** Whether a record is there and nobody says no on it; one that is gone, or names nobody any more, takes nothing back. */
  readonly isTakenBack: (recordId: string) => boolean;
}

/**
 * What our records say otherwise than the journal: denials that are new or about others now, and those that were taken
 * back, with nobody in `saidBy`. Of somebody erased nothing is taken up again, and nothing is let go.
 */
export function changedDenials(
  { state }: Pick<ReferralEngine, 'state'>,
  { asOf, said, isTakenBack }: DenialReading,
): readonly Denial[] {
  const known = [...state.denials.values()].flat().filter(({ saidBy }) => !saidBy.includes('crm'));
  const standing = new Map(known.map((it) => [it.recordId, it]));
  const read = new Set(said.map((it) => it.recordId));
  const now = said.map((it) => withoutErased(state, pointDenial(state, it))).filter(namesPair);
  const before = (it: Denial) => standing.get(it.recordId);
  const fresh = now.filter((it) => {
    const own = before(it);
    return !own || textOf(withoutErased(state, pointDenial(state, own))) !== textOf(it);
  });
  const gone = known.filter((it) => it.since <= asOf && !read.has(it.recordId) && isTakenBack(it.recordId));
  return [...fresh, ...gone.map(({ since: _, ...it }) => ({ ...it, saidBy: [] }))];
}

function withoutErased({ erased }: ReferralEngine['state'], said: Denial): Denial {
  const partyIds = said.partyIds.filter((it) => !erased.has(it));
  return { ...said, partyIds: erased.has(said.advocateId) ? [] : partyIds };
}

function namesPair({ partyIds }: Denial): boolean {
  return partyIds.length > 0;
}

function textOf({ advocateId, partyIds, saidBy }: Denial): string {
  return JSON.stringify([advocateId, partyIds, saidBy]);
}
