import { CrmError } from '@holdfast/core';
import { type Bug, onRead, onSent, onWrite, withSet, written } from './bug.ts';

/** Mistakes with the records that we create. */
export const TASK_BUGS: readonly Bug[] = [
  {
    name: 'links are not made',
    caughtBy: ['task/create', 'task/bad-link', 'error/lost-task'],
    tamper: onSent(({ links: _, ...write }) => write),
  },
  {
    name: 'every write of a task creates one',
    caughtBy: ['task/again', 'task/same-batch', 'task/update', 'error/lost-task'],
    tamper: onWrite((write, crm) => (entity, batch, signal) => {
      for (const task of crm.records('task')) crm.edits.edit('task', task.id, { key: `${task.key} before` });
      return write(
        entity,
        batch.map((one, place) =>
          'externalKey' in one.target && place > 0
            ? { ...one, target: { externalKey: `${one.target.externalKey} ${place}` } }
            : one,
        ),
        signal,
      );
    }),
  },
  {
    name: 'a second task of one key is hidden from the reader',
    caughtBy: ['task/again'],
    tamper: onWrite((write, crm) => async (entity, batch, signal) => {
      const results = await write(entity, batch, signal);
      if (entity === 'task') crm.edits.create('task', { subject: 'A twin without a key' });
      return results;
    }),
  },
  {
    name: 'changing a task clears what was not set',
    caughtBy: ['task/update'],
    tamper: onSent((write, entity) => (entity === 'task' ? withSet(write, { body: null, ...write.set }) : write)),
  },
  {
    name: 'a retry finds the task there and leaves its links',
    caughtBy: ['task/relink'],
    tamper: onWrite((write, crm) => (entity, batch, signal) => {
      const keys = new Set(crm.records('task').map(({ key }) => key));
      const sent = batch.map((one) => {
        const { links: _, ...bare } = one;
        return 'externalKey' in one.target && keys.has(one.target.externalKey) ? bare : one;
      });
      return write(entity, sent, signal);
    }),
  },
  {
    name: 'a task is found again by the index, which lags',
    caughtBy: ['task/create'],
    tamper: onRead((read) => async (entity, request, signal) => {
      const page = await read(entity, request, signal);
      return request.kind === 'keys' ? { ...page, records: [] } : page;
    }),
  },
  {
    name: 'a link to a record that is gone is left out in silence',
    caughtBy: ['task/bad-link'],
    tamper: onWrite((write, crm) => (entity, batch, signal) => {
      const live = new Set(crm.records('account').map(({ id }) => id));
      const sent = batch.map((one) => ({ ...one, links: (one.links ?? []).filter(({ id }) => live.has(id)) }));
      return write(entity, sent, signal);
    }),
  },
  {
    name: 'archiving is called done and is not',
    caughtBy: ['task/archive'],
    tamper: onWrite((write) => async (entity, batch, signal) => {
      const rest = await write(
        entity,
        batch.filter((one) => !one.archive),
        signal,
      );
      return batch.map((one) => rest.find(({ key }) => key === one.key) ?? written(one));
    }),
  },
  {
    name: 'archiving what is archived makes it anew',
    caughtBy: ['task/archive'],
    tamper: onWrite((write, crm) => (entity, batch, signal) => {
      const none = crm.records('task').length === 0;
      if (none && batch.some((one) => one.archive)) crm.edits.create('task', {});
      return write(entity, batch, signal);
    }),
  },
  {
    name: "a person's record is archived",
    caughtBy: ['task/archive-others'],
    tamper: onWrite((write, crm) => async (entity, batch, signal) => {
      const results = await write(entity, batch, signal);
      for (const { archive, target } of batch) if (archive && 'id' in target) crm.edits.remove(entity, target.id);
      return results;
    }),
  },
  {
    name: 'a task is made where keys are not unique',
    caughtBy: ['task/refused'],
    options: { uniqueTaskKey: false },
    extra: { lacks: { 'create-task': 'this org has no unique key on tasks' } },
    tamper: onWrite((write, crm) => async (entity, batch, signal) => {
      if (entity !== 'task') return write(entity, batch, signal);
      crm.edits.create('task', {});
      const error = new CrmError('permission', 'No unique key; and yet there is a task.');
      return batch.map(({ key }) => ({ key, status: 'failed', error }));
    }),
  },
];
