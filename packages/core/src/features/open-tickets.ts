import { listed } from '../model/listed.ts';
import type { Ticket } from '../model/types.ts';
import type { AccountSlice } from '../snapshot/slice.ts';
import type { FeatureContext } from './feature.ts';

/**
 * Tickets that were open at the slice's instant. A closing time decides where there is one; a ticket that is closed by
 * its stage and has no closing time is closed, and so is one whose stage the profile does not list (it is reported).
 */
export function openTickets(slice: AccountSlice, { profile }: FeatureContext): readonly Ticket[] {
  return slice.tickets.filter((it) => {
    if (it.closedAt !== null) return it.closedAt > slice.asOf;
    return it.stage === null || listed(profile.tickets.stages, it.stage) === 'open';
  });
}
