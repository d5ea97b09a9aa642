import { groupBy } from '../metrics/group-by.ts';
import type { Id } from '../model/ids.ts';
import {
  countEvidence,
  countFunnel,
  type EvidenceCounts,
  type GraphLayout,
  type LayoutRoom,
  layoutGraph,
  type ReferralFunnel,
  type UnavailableEvidence,
} from '../referral/value/index.ts';
import { introducingClaims } from './counted-introductions.ts';
import { type CutList, cutList } from './cut-list.ts';
import { type ProgramBalance, programBalances } from './program-balances.ts';
import { type ReferralReturns, type ReturnsInput, referralReturns } from './referral-returns.ts';
import { type WaitingReward, waitingRewards } from './waiting-rewards.ts';

export interface ReferralPagesInput extends ReturnsInput {
  /** Classes of evidence that this org cannot give; all are available where it is left out. */
  readonly unavailable?: readonly UnavailableEvidence[];
}

/** How far the claims of one program came. */
export interface ProgramFunnel {
  readonly programId: string;
  /** Its id where nobody remembers the name. */
  readonly name: string;
  readonly claims: number;
  readonly funnel: ReferralFunnel;
}

/** Everything that the referral pages of a report show: bounded however many claims there are, ids in the place of names. */
export interface ReferralPages {
  /** 0: there is nothing to show. */
  readonly claims: number;
  readonly programs: CutList<ProgramFunnel>;
  readonly evidence: readonly EvidenceCounts[];
  readonly graph: GraphLayout;
  readonly balances: readonly ProgramBalance[];
  readonly waiting: CutList<WaitingReward>;
  readonly returns: ReferralReturns;
}

/** Programs and waiting rewards on the page. */
const ROOM = { programs: 6, waiting: 20 };
/** Accounts that a person can still tell apart. */
export const PAGE_ROOM: LayoutRoom = { chains: 6, referredOfOne: 8, steps: 4, partiesOfChain: 30 };

/** Sums up the referrals of a workspace for its report; nothing of a person is in it but opaque ids. */
export function referralPages(input: ReferralPagesInput): ReferralPages {
  const { state, unavailable = [] } = input;
  const claims = [...state.claims.values()];
  const introductions = introducingClaims(claims).map((it) => ({
    ...{ referrerId: it.referrerAccountId ?? it.participantId, referredId: it.subjectId },
    ...{ at: it.introducedAt, state: it.state },
  }));
  return {
    claims: claims.length,
    programs: cutList(programFunnels(input), ROOM.programs),
    evidence: countEvidence(claims, unavailable),
    graph: layoutGraph(introductions, PAGE_ROOM),
    balances: programBalances(state.rewards),
    waiting: cutList(waitingRewards(state.rewards), ROOM.waiting),
    returns: referralReturns(input),
  };
}

/** The parties that the pages show, each once: these are to be named, and nobody else is looked up. */
export function partiesOnPages({ graph, returns }: ReferralPages): readonly Id[] {
  const drawn = graph.chains.flatMap(({ places }) => places.flatMap((it) => (it.kind === 'party' ? [it.id] : [])));
  const referrers = 'missing' in returns.values ? [] : returns.values.referrers.shown.map((it) => it.referrerId);
  return [...new Set([...drawn, ...referrers])];
}

/** The program with most claims first. */
function programFunnels({ state }: ReferralPagesInput): readonly ProgramFunnel[] {
  const names = new Map([...state.options.programs, ...state.programs.values()].map((it) => [it.id, it.name]));
  const ofProgram = [...groupBy([...state.claims.values()], (it) => it.programId)];
  ofProgram.sort(([a, one], [b, two]) => two.length - one.length || (a < b ? -1 : 1));
  return ofProgram.map(([programId, of]) => {
    return { programId, name: names.get(programId) ?? programId, claims: of.length, funnel: countFunnel(of) };
  });
}
