import { DAY_MS, daysBetween } from '../model/dates.ts';
import type { OrgProfile } from '../model/profile.ts';
import { type AsOfKnowledge, heldAt } from '../snapshot/as-of-knowledge.ts';
import type { RebuiltSlice } from '../snapshot/rebuild-slice.ts';
import { FEATURES } from './all-features.ts';
import { computeFacts } from './compute-facts.ts';
import type { AccountFacts, FactId } from './facts.ts';
import type { Feature } from './feature.ts';

/**
 * The facts of an account as of an instant in the past: `null` for every feature that reads a field which is not known as
 * of then, and for what only links without a date could tell. An order counts from the day that it was placed, also one
 * that was cancelled: when it was cancelled is not on record, and to leave it out would tell the future.
 */
export function rebuildFacts(slice: RebuiltSlice, profile: OrgProfile, knowledge: AsOfKnowledge): AccountFacts {
  const none = new Map();
  const indexes = { holds: heldAt(knowledge, slice.asOf), parents: none, referrers: none, duplicates: none };
  const facts = computeFacts(slice, profile, { ...indexes, leaving: new Set() });
  const reaches = ({ window }: Feature) =>
    !window || (knowledge.reachesBackTo[window.of] ?? slice.asOf) <= slice.asOf - window.days * DAY_MS;
  const unknown = FEATURES.filter((it) => !reaches(it) || it.edited?.some((field) => slice.unknown.has(field)));
  const tenureDays = tenureSince(slice, facts);
  return {
    ...facts,
    tenureDays,
    ...(Object.fromEntries(unknown.map((it) => [it.id, null])) as Partial<Record<FactId, null>>),
  };
}

/** A first win of long ago dates the relation, also where nothing tells how opportunities stood at the instant. */
function tenureSince({ wonLongAgoOn }: RebuiltSlice, { tenureDays, on }: AccountFacts): number | null {
  if (wonLongAgoOn === null || !on) return tenureDays ?? null;
  return Math.max(tenureDays ?? 0, daysBetween(wonLongAgoOn, on));
}
