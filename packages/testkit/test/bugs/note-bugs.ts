import type { Page } from '@holdfast/core';
import { memoryHarness } from '../memory-harness.ts';
import { type Bug, onRead, onSent, onWrite } from './bug.ts';

const { serves, writes } = memoryHarness('', {});
const WITH_NOTES = {
  options: { notes: true },
  extra: { serves: [...serves, 'note'], writes: [...writes, 'note'] },
} as const satisfies Partial<Bug>;

/** Mistakes with the notes that we put on timelines. */
export const NOTE_BUGS: readonly Bug[] = [
  {
    ...WITH_NOTES,
    name: 'a note stands on nothing',
    caughtBy: ['note/create', 'note/again'],
    tamper: onSent(({ links, ...write }, entity) => (entity === 'note' || !links ? write : { ...write, links })),
  },
  {
    ...WITH_NOTES,
    name: 'every write of a note makes one',
    caughtBy: ['note/again'],
    tamper: onWrite((write, crm) => (entity, batch, signal) => {
      for (const note of crm.records('note')) crm.edits.edit('note', note.id, { key: `${note.key} before` });
      return write(entity, batch, signal);
    }),
  },
  {
    ...WITH_NOTES,
    name: 'a note is read as a task that is done',
    caughtBy: ['note/no-task'],
    tamper: onRead((read, crm) => async (entity, request, signal) => {
      const page = await read(entity, request, signal);
      const notes = crm.records('note') as unknown as Page['records'];
      return entity === 'task' && request.kind === 'all' ? { ...page, records: [...page.records, ...notes] } : page;
    }),
  },
  {
    ...WITH_NOTES,
    name: 'an archived note stays',
    caughtBy: ['note/archive'],
    tamper: onWrite((write) => async (entity, batch, signal) => {
      const kept = batch.map((one) => (entity === 'note' && one.archive ? { ...one, archive: undefined } : one));
      return write(entity, kept as typeof batch, signal);
    }),
  },
];
