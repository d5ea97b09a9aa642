import {
  ASK_POLICY,
  type AskProposals,
  type AskStandings,
  askArms,
  type CalendarDay,
  currentAsks,
  disputeStanding,
  findAskSignals,
  type Id,
  type Instant,
  type Program,
  proposeAsks,
  type ReferralAsk,
  type ReferralEvent,
} from '@holdfast/core';
import type { FollowedClause } from '../referrals/clause-file.ts';
import type { ReferralDesk } from '../referrals/referral-desk.ts';
import type { GatheredAsks } from './gather-asks.ts';

/** Whom to ask, whom not and why, what was asked before, and how contracts' clauses stand. */
export interface BookAsks extends AskProposals, AskStandings {
  readonly asks: readonly ReferralAsk[];
  readonly clauses: readonly FollowedClause[];
}

export interface BookAsksInput {
  readonly state: ReferralDesk['state'];
  readonly program: Program;
  /** Of every program; those of this one count. */
  readonly clauses: readonly FollowedClause[];
  /** The company's name, unless the program says another. */
  readonly seller: string;
  readonly today: CalendarDay;
  readonly timeZone: string;
  readonly asOf: Instant;
}

/** Joins what the book says with what the journal knows: asks of the past, draws of the hold-out, disputes. */
export function proposeBookAsks(gathered: GatheredAsks, input: BookAsksInput): BookAsks {
  const { state, program, seller, today, timeZone, asOf } = input;
  const at = { today, timeZone };
  const clauses = input.clauses.filter((it) => it.clause.programId === program.id);
  const { people } = gathered;
  const due = findAskSignals({ surveys: [], renewals: [], results: [], clauses }, ASK_POLICY, at);
  const disputed = inDispute(state, program, asOf);
  const asks = currentAsks(state, ASK_POLICY, at);
  const accounts = gathered.accounts.map((it) => ({ ...it, inDispute: disputed.has(it.id) }));
  const proposed = proposeAsks(
    {
      ...{ programId: program.id, accounts, people, asks, arms: askArms(state) },
      signals: [...gathered.signals, ...due],
      facts: {
        seller: program.seller ?? seller,
        link: null,
        rewarded: program.rules.length > 0,
        termsVersion: program.terms.version,
      },
    },
    ASK_POLICY,
    { today, asOf },
  );
  return { ...proposed, asks, clauses, accounts, people };
}

/** Draws that the journal does not have yet. */
export function armEvents({ arms }: Pick<AskProposals, 'arms'>, now: Instant): readonly ReferralEvent[] {
  return arms.map((arm) => ({
    ...{ key: `ask arm ${arm.accountId}`, occurredAt: now, recordedAt: now, kind: 'ask_arm', arm },
  }));
}

/** Parties of a sale whose dispute is not final: both sides of it rest. */
function inDispute(state: ReferralDesk['state'], { policy }: Program, now: Instant): ReadonlySet<Id> {
  const open = [...state.disputes.values()].flat().filter((it) => disputeStanding(it, policy, now) !== 'final');
  const claims = open.flatMap((it) => state.claims.get(it.referralId) ?? []);
  return new Set(claims.flatMap((it) => [it.subjectId, ...(it.referrerAccountId ? [it.referrerAccountId] : [])]));
}
