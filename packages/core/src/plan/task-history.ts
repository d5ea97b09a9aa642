import type { Write } from '../crm/port.ts';
import { type CalendarDay, dayInZone, type Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { Task } from '../model/types.ts';

/** A write of a task that went out, and how it ended, as far as that is known. */
export interface SentTask {
  /** What the task is about: the plan's own key, which no CRM sees. */
  readonly key: string;
  readonly write: Write<'task'>;
  /** When the run that sent it began. */
  readonly at: Instant;
  /** The record's id once it was written; `null`: not known. */
  readonly id: Id | null;
}

/** A task of ours, whether it is still there or not. */
export interface MadeTask {
  readonly key: string;
  readonly externalKey: string;
  readonly accountId: Id | null;
  readonly ownerId: Id | null;
  readonly contactId: Id | null;
  /** What it was given; `null`: not by this workspace. */
  readonly given: Write<'task'>['set'] | null;
  readonly madeOn: CalendarDay;
  /** `deleted`: by a person, on `endedOn`. */
  readonly standing: 'open' | 'done' | 'deleted';
  /** When it was last changed as done, or was deleted. */
  readonly endedOn: CalendarDay | null;
}

/**
 * What became of the tasks that we made: those that the CRM holds with our key, whoever sent them, and those that were
 * sent and are gone. One that was sent and neither came back nor is known to be gone counts as open; one that we took
 * away ourselves, or that never came into being, was none.
 */
export function taskHistory(
  sent: readonly SentTask[],
  tasks: Iterable<Task>,
  goneAt: ReadonlyMap<Id, Instant>,
  timeZone: string,
): readonly MadeTask[] {
  const day = (at: Instant | null | undefined) => (at === null || at === undefined ? null : dayInZone(at, timeZone));
  const made = new Map<string, MadeTask>();
  const live = new Map([...tasks].flatMap((it) => (it.key === null ? [] : [[it.key, it] as const])));
  for (const { key, write, at, id } of sent) {
    const externalKey = 'externalKey' in write.target ? write.target.externalKey : key;
    const task = live.get(externalKey);
    if (write.archive && !task) made.delete(externalKey);
    if (write.archive || (!task && id === null)) continue;
    const endedOn = !task && id !== null ? day(goneAt.get(id)) : null;
    made.set(externalKey, {
      ...{ key, externalKey, accountId: linked(write, 'account'), ownerId: write.set.ownerId ?? null },
      contactId: linked(write, 'contact'),
      given: write.set,
      madeOn: made.get(externalKey)?.madeOn ?? dayInZone(at, timeZone),
      ...{ standing: endedOn === null ? 'open' : 'deleted', endedOn },
    });
  }
  for (const [externalKey, task] of live) {
    const known = made.get(externalKey);
    made.set(externalKey, {
      ...{ key: known?.key ?? externalKey, externalKey, ownerId: task.ownerId },
      accountId: task.accountId ?? known?.accountId ?? null,
      contactId: known?.contactId ?? null,
      given: known?.given ?? null,
      madeOn: day(task.createdAt) ?? known?.madeOn ?? '1970-01-01',
      ...{ standing: task.done ? 'done' : 'open', endedOn: task.done ? day(task.updatedAt) : null },
    });
  }
  return [...made.values()];
}

function linked({ links = [] }: Write<'task'>, to: 'account' | 'contact'): Id | null {
  return links.find((it) => it.to === to)?.id ?? null;
}
