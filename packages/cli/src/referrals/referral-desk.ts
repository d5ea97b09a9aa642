import type { Instant, Program, ReferralEngine, ReferralEvent, TrackedReferral } from '@holdfast/core';
import { boundDigest, followReferrals, openKeptReferrals } from '@holdfast/workflows';
import { refuseEarlyClock } from '../session/refuse-early-clock.ts';
import type { Pulled } from '../session/run-files.ts';
import { confirmedProfile, type Session } from '../session/session.ts';
import { lastPull } from '../steps/score-step.ts';
import type { FiledClause } from './clause-file.ts';
import { referralOptions } from './referral-options.ts';
import { refusalError } from './refusal.ts';

/** The referrals of a workspace, brought up to its last pull, and the one way to add to them. */
export interface ReferralDesk {
  readonly session: Session;
  readonly pulled: Pulled;
  readonly programs: readonly Program[];
  readonly clauses: readonly FiledClause[];
  readonly state: ReferralEngine['state'];
  /** What the CRM claims and no program can take: a source value that names nobody, somebody whom the CRM does not show. */
  readonly unclaimed: readonly TrackedReferral[];
  /** The instant of this command; not before anything in the journal. */
  readonly now: Instant;
  /**
   * Takes events as a whole. Where the one of `key` is refused and `keep` does not want it on record all the same, the
   * journal stays as it was and a UserError says why. Answers whether anything was new.
   */
  readonly take: (events: readonly ReferralEvent[], key: string, keep?: () => string | null) => Promise<boolean>;
}

/** Opens the referrals: programs from the folder, the journal, then what the last pull says of them. */
export async function openDesk(session: Session): Promise<ReferralDesk> {
  const pulled = lastPull(session);
  await boundDigest(session); // before anything is written: most of what follows rests on digests
  const options = referralOptions(session, pulled);
  const clock = session.clock.now();
  const engine = await openKeptReferrals(session.store, options, clock);
  const profile = confirmedProfile(session.config);
  refuseEarlyClock(clock, engine.state.now, 'the journal of referrals goes to');
  session.io.progress('Following the referrals of the last pull');
  const { asOf } = pulled;
  const following = { ...options, profile, asOf, signal: session.io.signal };
  const { referrals } = await followReferrals(session.store, engine, following);
  return {
    ...{
      session,
      pulled,
      now: Math.max(clock, engine.state.now),
      programs: options.programs,
      clauses: options.clauses,
      state: engine.state,
    },
    unclaimed: referrals.referrals.filter(({ programId }) => programId === null),
    take: (events, key, keep = () => null) => takeWhole(session, engine, events, { key, keep }),
  };
}

/** First in memory, then into the journal in one transaction: a refusal leaves no trace, a crash leaves none either. */
async function takeWhole(
  { store }: Session,
  engine: ReferralEngine,
  events: readonly ReferralEvent[],
  { key, keep }: { readonly key: string; readonly keep: () => string | null },
): Promise<boolean> {
  const { state } = engine;
  const fresh = events.filter((it) => !state.seen.has(it.key));
  if (fresh.length === 0) return false;
  const from = state.refused.length;
  engine.take(fresh);
  const refusal = state.refused.slice(from).find((it) => it.key === key);
  const kept = refusal ? keep() : null;
  if (refusal && kept === null) throw refusalError(refusal);
  await store.appendReferralEvents(fresh);
  if (refusal && kept !== null) throw refusalError(refusal, kept);
  return true;
}
