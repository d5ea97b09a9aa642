import { type Instant, type MadeTask, type SentTask, type Task, taskHistory, type Write } from '@holdfast/core';
import type { Store } from '../store/store.ts';

/** What became of the tasks that we made, on the accounts as they are now. */
export async function readTaskHistory(
  store: Pick<Store, 'records' | 'resolve' | 'tombstones' | 'writesOf'>,
  timeZone: string,
): Promise<readonly MadeTask[]> {
  const tasks: Task[] = [];
  for await (const it of store.records('task')) tasks.push(it);
  const gone = (await store.tombstones('task')).map(({ id, at, notedAt }): [string, Instant] => [id, at ?? notedAt]);
  const sent = (await store.writesOf('task')).map(({ key, write, outcome, startedAt }): SentTask => {
    const id = outcome?.status === 'written' || outcome?.status === 'unchanged' ? outcome.id : null;
    return { key, write: write as Write<'task'>, at: startedAt, id };
  });
  const made = taskHistory(sent, tasks, new Map(gone), timeZone);
  return Promise.all(
    made.map(async (it) => ({
      ...it,
      accountId: it.accountId === null ? null : await store.resolve(it.accountId),
      contactId: it.contactId === null ? null : await store.resolve(it.contactId),
    })),
  );
}
