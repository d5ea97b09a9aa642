import { groupBy } from '../../metrics/group-by.ts';
import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { hashUnit } from './hash-unit.ts';
import type { ArmAssignment } from './logged-action.ts';
import { forecastClass } from './renewal-forecast.ts';

/** An account to be assigned. */
export interface HoldOutCandidate {
  readonly accountId: Id;
  readonly stratum: string;
  /** For the exemption of key accounts, in minor units; `null`: not known, so not exempt by value. */
  readonly value: number | null;
}

/**
 * The usual stratum: segment and class of risk, so that both arms hold the same mix of them.
 *
 * @example
 * holdOutStratum('small', 0.4); // 'small, at risk'
 */
export function holdOutStratum(segment: string | null, probability: number): string {
  return `${segment ?? 'no segment'}, ${forecastClass(probability)}`;
}

/** How the hold-out is drawn. */
export interface HoldOutDesign {
  /** Share held out of each stratum, 0 to 1. */
  readonly share: number;
  /** Another text draws another hold-out. */
  readonly seed: string;
  readonly at: Instant;
  /** Key accounts are never held out: from this value on, and these by name. */
  readonly exempt: { readonly fromValue: number | null; readonly accountIds: readonly Id[] };
}

/**
 * Draws a hold-out within strata by a hash of each account's id: the same accounts and seed give the same draw in any
 * order. Assignments made before are kept; only accounts without one are drawn, so that each stratum comes as near to its
 * share as it can. Where the share is no whole number the stratum's own hash decides on rounding, so many small strata
 * still hold out the right share. Key accounts are exempt by the stated rule and take no part in the comparison.
 *
 * @example
 * const design = { share: 0.5, seed: '2026', at: 0, exempt: { fromValue: null, accountIds: [] } };
 * const both = ['account:1', 'account:2'].map((accountId) => ({ accountId, stratum: 'small', value: null }));
 * assignHoldOut(both, design); // one `treat`, one `hold-out`
 */
export function assignHoldOut(
  candidates: readonly HoldOutCandidate[],
  design: HoldOutDesign,
  before: readonly ArmAssignment[] = [],
): readonly ArmAssignment[] {
  const kept = new Map(before.map((it) => [it.accountId, it]));
  const arms = new Map<Id, ArmAssignment>();
  for (const it of candidates) {
    const earlier = kept.get(it.accountId);
    if (earlier) arms.set(it.accountId, earlier);
    else if (isExempt(it, design)) arms.set(it.accountId, assigned(it, 'exempt', 1, design));
  }
  for (const [stratum, members] of groupBy(candidates, (it) => it.stratum)) {
    const free = members.filter((it) => !arms.has(it.accountId));
    const held = members.filter((it) => arms.get(it.accountId)?.arm === 'hold-out').length;
    const taking = members.filter((it) => arms.get(it.accountId)?.arm !== 'exempt').length;
    const target = Math.floor(design.share * taking + hashUnit(`${design.seed}/${stratum}`));
    const order = [...free].sort((a, b) => rank(a, design) - rank(b, design) || (a.accountId < b.accountId ? -1 : 1));
    order.forEach((it, i) => {
      const arm = i < target - held ? 'hold-out' : 'treat';
      arms.set(it.accountId, assigned(it, arm, 1 - design.share, design));
    });
  }
  return candidates.flatMap((it) => arms.get(it.accountId) ?? []);
}

function isExempt({ accountId, value }: HoldOutCandidate, { exempt }: HoldOutDesign): boolean {
  const byValue = exempt.fromValue !== null && value !== null && value >= exempt.fromValue;
  return byValue || exempt.accountIds.includes(accountId);
}

function rank({ accountId }: HoldOutCandidate, { seed }: HoldOutDesign): number {
  return hashUnit(`${seed}/${accountId}`);
}

function assigned(
  { accountId, stratum }: HoldOutCandidate,
  arm: ArmAssignment['arm'],
  propensity: number,
  { at: assignedAt }: HoldOutDesign,
): ArmAssignment {
  return { accountId, stratum, arm, propensity, assignedAt };
}
