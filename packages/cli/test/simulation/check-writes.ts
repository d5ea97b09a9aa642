import { type Id, type Plan, type PlannedWrite, sameValue } from '@holdfast/core';
import type { JournalEntry } from '@holdfast/sandbox';
import type { Store, StoredOutcome } from '@holdfast/workflows';
import { kept } from './people.ts';
import { type SimWorld, survivorOf, violate } from './sim-world.ts';
import { countOne } from './tally.ts';

/** What the CRM's own journal says of one record. */
interface Story {
  readonly ours: JournalEntry[];
  readonly people: JournalEntry[];
  /** It was deleted or merged away at some time. */
  readonly wasGone: boolean;
}

/** The results say what happened, and nothing happened that was not planned. */
export async function checkWrites(world: SimWorld, store: Store, plan: Plan): Promise<void> {
  const stories = readJournal(world, plan);
  const outcomes = await finalOutcomes(store);
  for (const planned of plan.writes) {
    const outcome = outcomes.get(planned.write.key);
    if (outcome) countOne(world.tally.outcomes, `${planned.entity} ${outcome.status}`);
    if (planned.entity === 'task') checkTask(world, planned, outcome, stories);
    else checkUpdate(world, planned, outcome, stories);
  }
}

/** How each write ended over all runs; one once written stays so when a later run finds it unchanged. */
async function finalOutcomes(store: Store): Promise<ReadonlyMap<string, StoredOutcome>> {
  const outcomes = new Map<string, StoredOutcome>();
  for (const run of [...(await store.runs())].reverse()) {
    for (const { key, outcome } of await store.writes(run.id)) {
      const isKept = outcomes.get(key)?.status === 'written' && outcome?.status !== 'written';
      if (outcome && !isKept) outcomes.set(key, outcome);
    }
  }
  return outcomes;
}

/** The stories of all records; what the program did to a person's record and was not planned is a violation. */
function readJournal(world: SimWorld, plan: Plan): ReadonlyMap<Id, Story> {
  const planned = new Map(
    plan.writes.flatMap((one) => ('id' in one.write.target ? [[one.write.target.id, one] as const] : [])),
  );
  const stories = new Map<Id, Story>();
  const taskIds = new Set<Id>();
  for (const entry of world.org.emulator.journal) {
    const id = world.org.journalId(entry.object, entry.id);
    const isTask = id.toLowerCase().startsWith('task:');
    if (isTask && entry.by === 'api' && entry.action === 'create') taskIds.add(id);
    const story = stories.get(id) ?? { ours: [], people: [], wasGone: false };
    const goes = entry.action === 'archive' || entry.action === 'merge' || entry.action === 'erase';
    stories.set(id, { ...story, wasGone: story.wasGone || goes });
    if (entry.action === 'merge' && Array.isArray(entry.from))
      for (const old of entry.from) {
        const oldId = world.org.journalId(entry.object, String(old));
        stories.set(oldId, { ...(stories.get(oldId) ?? { ours: [], people: [] }), wasGone: true });
      }
    (entry.by === 'api' ? story.ours : story.people).push(entry);
    if (entry.by === 'api' && !isTask && entry.action !== 'schema') checkPlanned(world, entry, planned.get(id));
    if (entry.by === 'api' && isTask && !taskIds.has(id)) violate(world, `changed a person's task ${id}`);
  }
  return stories;
}

function checkPlanned(world: SimWorld, entry: JournalEntry, planned: PlannedWrite | undefined): void {
  const what = `${entry.action} ${entry.object} ${entry.id} ${entry.field ?? ''}`;
  if (entry.field === world.org.ownerField) violate(world, `an owner changed because we wrote: ${what}`);
  const field =
    planned &&
    Object.keys(planned.write.set).find((name) => world.org.vendorField(planned.entity, name) === entry.field);
  if (!planned || field === undefined || entry.action !== 'update') {
    if (entry.field !== world.org.ownerField) violate(world, `not planned: ${what}`);
    return;
  }
  const value = (values: object) => asText((values as Readonly<Record<string, unknown>>)[field]);
  if (asText(entry.to) !== value(planned.write.set))
    violate(world, `wrote ${String(entry.to)} and not the planned value: ${what}`);
  if (asText(entry.from) !== value(planned.before))
    violate(world, `overwrote ${String(entry.from)}, which the plan had not seen: ${what}`);
}

const asText = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

function checkUpdate(
  world: SimWorld,
  { entity, write, before }: PlannedWrite,
  outcome: StoredOutcome | undefined,
  stories: ReadonlyMap<Id, Story>,
): void {
  if (!('id' in write.target)) return;
  const { id } = write.target;
  const say = (what: string) => violate(world, `${what}: ${id}`);
  const story = stories.get(id);
  const fields = Object.keys(write.set);
  const names = fields.map((field) => world.org.vendorField(entity, field));
  const ofOurs = ({ field }: JournalEntry) => field !== undefined && names.includes(field);
  const isUntouched = !story?.people.some((entry) => ofOurs(entry) && entry.action === 'update');
  const changes = story?.ours.filter(ofOurs) ?? [];
  const wasGone = story?.wasGone === true;
  if (!outcome || (outcome.status === 'unprocessed' && !wasGone)) {
    say(`left open (${outcome?.status === 'unprocessed' ? outcome.reason : 'no outcome'})`);
    return;
  }
  if (isUntouched && changes.length > fields.length) say('written more often than once');
  const held = kept(world)
    .flatMap((kind) => (kind === entity ? world.org.live(kind) : []))
    .find((record) => record.id === id)?.fields;
  const holdsWanted = fields.every((field) =>
    sameValue(held?.[field], (write.set as Readonly<Record<string, unknown>>)[field]),
  );
  if (outcome.status === 'written' && isUntouched && held && !holdsWanted) say('lost write');
  if (outcome.status === 'written' && isUntouched && changes.length < fields.length) say('written, but never was');
  if (outcome.status === 'unchanged' && isUntouched) say('unchanged, but nobody else writes these values');
  if (outcome.status === 'conflict' && isUntouched)
    say(`false conflict (${JSON.stringify(before)}, ${JSON.stringify(held)})`);
  if (outcome.status === 'failed' && !wasGone) say(`failed without a reason (${outcome.code}: ${outcome.message})`);
  if (outcome.status === 'failed' && isUntouched && changes.length > 0) say('failed, but was written');
}

function checkTask(
  world: SimWorld,
  { write }: PlannedWrite,
  outcome: StoredOutcome | undefined,
  stories: ReadonlyMap<Id, Story>,
): void {
  const link = write.links?.[0]?.id ?? '';
  const { subject } = write.set as { readonly subject?: string };
  const say = (what: string) => violate(world, `${what}: ${write.key}`);
  const made = world.org.tasks().filter((task) => task.subject === subject);
  const wasGone = stories.get(link)?.wasGone === true;
  if (made.length > 1) say('made more often than once');
  if (!outcome || (outcome.status === 'unprocessed' && !wasGone)) {
    say(`left open (${outcome?.status === 'unprocessed' ? outcome.reason : 'no outcome'})`);
  } else if (outcome.status === 'failed' || outcome.status === 'conflict') {
    if (!wasGone) say(`${outcome.status} without a reason`);
  } else if (outcome.status !== 'unprocessed') {
    if (made.length === 0) say('lost task');
    const survivor = survivorOf(world, link);
    const isLive = world.org.live('account').some(({ id }) => id === survivor);
    const isDeletedBefore = stories.get(survivor)?.wasGone === true;
    if (isLive && !isDeletedBefore && made[0]?.accountIds.includes(survivor) !== true) say(`not linked to ${survivor}`);
  }
}
