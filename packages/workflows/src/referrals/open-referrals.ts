import {
  canonicalJson,
  DEFAULT_PROGRAM,
  type EngineOptions,
  type ExchangeRate,
  type Instant,
  openReferralEngine,
  type Program,
  type ReferralEngine,
  type ReferralEvent,
  rateKey,
} from '@holdfast/core';
import type { Store } from '../store/store.ts';
import { WorkspaceError } from '../workspace/workspace-error.ts';

/** What a workspace's referrals are worked out with; without a program the default one follows and credits claims. */
export type ReferralOptions = Partial<EngineOptions>;

/**
 * Opens the referrals of a workspace: the whole journal, taken again batch by batch; or as far as it had come at an
 * instant.
 */
export async function openReferrals(
  store: Pick<Store, 'referralBatches'>,
  options: ReferralOptions = {},
  until: Instant = Number.POSITIVE_INFINITY,
): Promise<ReferralEngine> {
  const programs = options.programs && options.programs.length > 0 ? options.programs : [DEFAULT_PROGRAM];
  const engine = openReferralEngine({ rates: [], ...options, programs });
  for await (const batch of store.referralBatches()) engine.take(batch.filter(({ recordedAt }) => recordedAt <= until));
  return engine;
}

/** The store for a look that leaves no trace: what is taken through it stays out of the journal. */
export function withoutJournal(store: Store): Store {
  return { ...store, appendReferralEvents: async (events) => events.length };
}

/**
 * Writes events into the journal and takes them: in this order, so that a run that dies in between is made good by the
 * next one, which takes them from the journal. What was edited in the files goes first, so that everything stays decided
 * as it was under the words and rates of its day. Answers how many events were new.
 */
export async function takeReferralEvents(
  store: Store,
  engine: ReferralEngine,
  events: readonly ReferralEvent[],
): Promise<number> {
  await append(store, engine, [...programEvents(engine), ...rateEvents(engine), ...clauseEvents(engine)]);
  const fresh = [...new Map(events.map((it) => [it.key, it])).values()].filter(
    ({ key }) => !engine.state.seen.has(key),
  );
  await append(store, engine, fresh);
  return fresh.length;
}

async function append(store: Store, engine: ReferralEngine, events: readonly ReferralEvent[]): Promise<void> {
  if (events.length === 0) return;
  await store.appendReferralEvents(events);
  engine.take(events);
}

/** A program whose file says something else than the journal's last word on it: what comes is decided under the file. */
function programEvents({ state }: ReferralEngine): readonly ReferralEvent[] {
  const { options, programs, seen, now } = state;
  const at = Math.max(0, now);
  return options.programs
    .filter((it) => !programs.has(it.id) || canonicalJson(programs.get(it.id)) !== canonicalJson(it))
    .map((program) => {
      refuseOtherCurrency(state, program);
      const key = newKey(seen, `program ${program.id}`);
      const isAdded = programs.size > 0 && !programs.has(program.id);
      return { key, occurredAt: at, recordedAt: at, kind: 'program', program, ...(isAdded && { added: true }) };
    });
}

/** Rewards stay in the currency in which they were given: caps, limits and checks could not be held against them in another. */
function refuseOtherCurrency({ programs, rewards }: ReferralEngine['state'], { id, currency }: Program): void {
  const before = programs.get(id)?.currency ?? currency;
  if (before === currency || ![...rewards.all()].some((it) => it.programId === id)) return;
  throw new WorkspaceError(
    'bad_program',
    `Refused (bad_program): the program "${id}" has given rewards in ${before}, and its file says ${currency} now. Put ${before} back; for another currency end it (endsOn) and put a file with a new id beside it.`,
  );
}

/** What the table of rates says otherwise than the journal. */
function rateEvents({ state }: ReferralEngine): readonly ReferralEvent[] {
  const { options, seen, now } = state;
  const before = state.rates ?? new Map<string, ExchangeRate>();
  const table = new Map(options.rates.map((it) => [rateKey(it), it]));
  const added = [...table.values()].filter((it) => !before.has(rateKey(it)));
  const removed = [...before.values()].filter((it) => !table.has(rateKey(it)));
  if (added.length + removed.length === 0) return [];
  const at = Math.max(0, now);
  return [{ key: newKey(seen, 'rates'), occurredAt: at, recordedAt: at, kind: 'rates', added, removed }];
}

/** The clauses with a reward of their own, whenever the file says another word of them than the journal. */
function clauseEvents({ state }: ReferralEngine): readonly ReferralEvent[] {
  const { options, clauses: before, seen, now } = state;
  const clauses = options.clauseRewards ?? before ?? [];
  if (canonicalJson(clauses) === canonicalJson(before ?? [])) return [];
  const at = Math.max(0, now);
  return [{ key: newKey(seen, 'clauses'), occurredAt: at, recordedAt: at, kind: 'clauses', clauses }];
}

/** The number of events before it tells a wording from the same one of an earlier day; what was erased leaves gaps. */
export function newKey(seen: ReferralEngine['state']['seen'], what: string): string {
  let number = seen.size;
  while (seen.has(`${what} ${number}`)) number += 1;
  return `${what} ${number}`;
}
