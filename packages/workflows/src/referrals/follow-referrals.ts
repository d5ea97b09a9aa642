import {
  type BookReading,
  codeOf,
  type Denial,
  type FollowedSale,
  type Id,
  type Instant,
  type KeptReferralRows,
  mendMisdated,
  namedParties,
  type OrgProfile,
  type ReferralCode,
  type ReferralEngine,
  type ReferralEvent,
  type ReferralReport,
  type RowReading,
  readBookEvents,
  readReferralRows,
  readRollUps,
  type SaleFacts,
  trackedReferrals,
  unclaimedReferrals,
} from '@holdfast/core';
import { feedRows } from '../score/feed-rows.ts';
import type { Store } from '../store/store.ts';
import { denialEvents, goneEvents } from './denial-events.ts';
import { newKey, takeReferralEvents } from './open-referrals.ts';

/** What is known of referrals beside the rows of the book. */
export interface ReferralLooks {
  /** Introductions that mails and meetings prove; looked for first, because their parties are read with the rows. */
  readonly findTouches?: (engine: ReferralEngine) => Promise<NonNullable<BookReading['touches']>>;
  /** What people noted on our own records as denied; `null`: the org does not show it. */
  readonly findDenials?: () => Promise<readonly Denial[] | null>;
  /** Whether the org shows what people record of referrals wherever it did before: only then is gone what is not shown. */
  readonly showsRecorded?: boolean;
  /** Codes that were given out elsewhere, as a file has them: each goes into the journal, and counts from there on. */
  readonly codes?: readonly ReferralCode[];
  /** What the checks say of claims, by the rows that were read. */
  readonly screen?: (rows: KeptReferralRows, engine: ReferralEngine) => Promise<NonNullable<BookReading['known']>>;
}

export interface FollowReferralsOptions extends ReferralLooks {
  readonly profile: OrgProfile;
  /** The instant of the pull. */
  readonly asOf: Instant;
  /** What else reads the whole book: it goes along, so that the store is gone over once. */
  readonly beside?: readonly Pick<RowReading<unknown>, 'rounds'>[];
  readonly signal?: AbortSignal | undefined;
}

/** What following the CRM brought. */
export interface FollowedReferrals {
  /** Events that the journal did not have. */
  readonly taken: number;
  /** Of these, how many were refused; the engine says which and why. */
  readonly refused: number;
  /** How every introduction stands now, those that no claim can be made of included. */
  readonly referrals: ReferralReport;
  /** The rows that it was read from. */
  readonly rows: KeptReferralRows;
}

/**
 * Takes into the journal what the pulled CRM says of referrals: merges first, because whose rows are read goes by the
 * records as they are now, then who belongs to an account by now, then what was denied and what claims rested on that is
 * gone, so that a claim comes in under it, then claims and sales, then the day. Run again on the same pull it adds nothing.
 */
export async function followReferrals(
  store: Store,
  engine: ReferralEngine,
  options: FollowReferralsOptions,
): Promise<FollowedReferrals> {
  const { profile, asOf, signal, beside = [], findTouches, findDenials, screen, codes = [] } = options;
  const { state } = engine;
  const before = new Set(state.refused);
  const size = state.seen.size;
  let taken = await takeReferralEvents(store, engine, [
    ...(await mergeEvents(store, engine, asOf)),
    ...(await deletedSales(store, engine, asOf)),
    ...codeEvents(engine, codes),
  ]);
  const touches = (await findTouches?.(engine)) ?? [];
  const found = touches.flatMap((it) => [it.participantId, it.subjectId]);
  const reading = readReferralRows(profile, [...namedParties(state), ...found], asOf);
  await feedRows(store, [...beside, reading], signal);
  const rows = reading.finish();
  const rollUps = { profile, asOf, claims: state.claims.values(), erased: state.erased };
  taken += await takeReferralEvents(store, engine, readRollUps(rows, rollUps));
  const denials = (await findDenials?.()) ?? null;
  taken += await takeReferralEvents(store, engine, await denialEvents(store, engine, denials, asOf));
  if (options.showsRecorded) {
    const gone = goneEvents(engine, rows, { profile, asOf, touches });
    taken += await takeReferralEvents(store, engine, gone);
  }
  const known = await screen?.(rows, engine);
  taken += await takeReferralEvents(
    store,
    engine,
    bookEvents(engine, rows, { profile, asOf, touches, ...(known && { known }) }),
  );
  if (state.claims.size > 0)
    taken += await takeReferralEvents(store, engine, [dayEvent(engine, asOf, state.seen.size > size)]);
  const referrals = trackedReferrals(state, unclaimedReferrals(rows, profile, asOf));
  const refused = state.refused.filter((it) => !before.has(it)).length;
  return { taken, refused, referrals, rows };
}

/**
 * What the rows say of every program that takes claims, or took them until its last day; of one that is paused only what
 * became of its claims. As one batch, so that a sale is decided when the claims of all of them are in.
 */
function bookEvents(
  { state }: ReferralEngine,
  rows: KeptReferralRows,
  said: Omit<BookReading, 'program'>,
): readonly ReferralEvent[] {
  const sales = new Map([...state.sales.values()].map((it) => [it.id, followedSale(it)]));
  const claims = [...state.claims.values()];
  const claimed = new Set(claims.map((it) => it.subjectId));
  const events = new Map<string, ReferralEvent>();
  for (const program of state.options.programs) {
    const takesClaims = program.state === 'active' || (program.state === 'ended' && program.endsOn !== null);
    if (program.state === 'draft') continue;
    const speaksFor = (id: Id) => state.participants.get(`${program.id} ${id}`)?.accountId;
    for (const it of readBookEvents(rows, { ...said, program, speaksFor, sales, claims })) {
      const isFollowed = it.kind === 'progress' && claimed.has(it.progress.subjectId);
      if ((takesClaims || isFollowed) && !events.has(it.key)) events.set(it.key, it);
    }
  }
  return [...events.values()].map((it) => mendMisdated(state, it));
}

function followedSale({ subjectId, won, events }: SaleFacts): FollowedSale {
  const last = events.findLast(({ type }) => type === 'opportunity_opened' || type === 'lost' || type === 'won');
  const cancelled = events.filter(({ type }) => type === 'cancelled').length;
  return { subjectId, won, lostAt: last?.type === 'lost' ? last.occurredAt : null, cancelled };
}

/** The day goes on; once more where something came after it was over: claims of a program that is new, a rate. */
function dayEvent({ state }: ReferralEngine, asOf: Instant, isNew: boolean): ReferralEvent {
  const day = `day ${asOf}`;
  const key = isNew && state.seen.has(day) ? newKey(state.seen, day) : day;
  return { key, occurredAt: asOf, recordedAt: asOf, kind: 'day' };
}

/**
 * Merges of records that the journal names, and of what these became: a CRM merges thousands that nobody referred, and each
 * in the journal would be taken again by every command. Also those noted in the pull, after its instant: the rows go by the
 * records that are left.
 */
async function mergeEvents(store: Store, { state }: ReferralEngine, asOf: Instant): Promise<readonly ReferralEvent[]> {
  const entities = ['account', 'contact', 'lead', 'opportunity'] as const;
  const gone = await Promise.all(entities.map((it) => store.tombstones(it)));
  const merges = new Map(
    gone.flat().flatMap(({ mergedInto, ...it }) => (mergedInto === null ? [] : [[it.id, { ...it, mergedInto }]])),
  );
  const events: ReferralEvent[] = [];
  for (const id of [...namedParties(state), ...rewardedParties(state)]) {
    for (let it = merges.get(id); it !== undefined; it = merges.get(it.mergedInto)) {
      merges.delete(it.id);
      const { id: loserId, mergedInto: survivorId } = it;
      const times = { occurredAt: Math.min(it.at ?? it.notedAt, asOf), recordedAt: asOf };
      events.push({ key: `merge ${loserId}>${survivorId}`, ...times, kind: 'merge', loserId, survivorId });
    }
  }
  return events;
}

/** Who is owed something, has a code or a place where they are paid, or was drawn: also where they take part no longer. */
function* rewardedParties({ rewards, askArms, codes, checks }: ReferralEngine['state']): Iterable<Id> {
  for (const { beneficiary, participantId } of rewards.all()) yield* [beneficiary.partyId, participantId];
  yield* askArms.keys();
  yield* checks.identities.keys();
  for (const { participantId } of codes.values()) yield participantId;
}

/** Sales that the journal has as won and the CRM has deleted: somebody has to see why. */
async function deletedSales(store: Store, { state }: ReferralEngine, asOf: Instant): Promise<readonly ReferralEvent[]> {
  const gone = await store.tombstones('opportunity');
  return gone.flatMap(({ id, mergedInto }): ReferralEvent[] => {
    if (mergedInto !== null || (state.sales.get(id)?.won ?? null) === null) return [];
    const times = { occurredAt: asOf, recordedAt: asOf };
    return [{ key: `deleted ${id}`, ...times, kind: 'sale_deleted', opportunityId: id }];
  });
}

/** Codes that the journal does not know yet, and those that are withdrawn by now; none of somebody who was erased. */
function codeEvents({ state }: ReferralEngine, codes: readonly ReferralCode[]): readonly ReferralEvent[] {
  const at = Math.max(0, state.now);
  return codes.flatMap((code): ReferralEvent[] => {
    if (state.erased.has(code.participantId)) return [];
    const known = codeOf(state, code.programId, code.code);
    const says = known ? known.status === 'active' && code.status === 'withdrawn' : code.status === 'active';
    const key = `code ${code.programId} ${code.code} ${code.status}`;
    return says ? [{ key, occurredAt: at, recordedAt: at, kind: 'code', code, by: 'file' }] : [];
  });
}
