import { CrmError, type Write, type WriteResult } from '@holdfast/core';
import { type Bug, onDeclared, onRead, onSent, onWrite, withSet, written } from './bug.ts';

const ALL_BLANK = { nextStep: null, reasons: null, healthBand: null, healthScore: null };

/** Mistakes of writing. */
export const WRITING_BUGS: readonly Bug[] = [
  {
    name: 'results come in another order',
    caughtBy: ['write/results', 'write/one-bad'],
    tamper: onWrite((write) => async (entity, batch, signal) => (await write(entity, batch, signal)).toReversed()),
  },
  {
    name: 'a bad write fails the whole batch for good',
    caughtBy: ['write/one-bad', 'write/refused', 'write/unknown-field'],
    tamper: onWrite((write) => async (entity, batch, signal) => {
      const results = await write(entity, batch, signal);
      if (results.some(({ status }) => status === 'failed')) throw new CrmError('invalid', 'The batch was refused.');
      return results;
    }),
  },
  {
    name: 'a bad write ends the batch: what follows is not done, and is called written',
    caughtBy: ['write/one-bad', 'write/refused', 'write/unknown-field'],
    tamper: onWrite((write) => async (entity, batch, signal) => {
      const results: WriteResult[] = [];
      for (const one of batch) {
        const stopped = results.some(({ status }) => status === 'failed');
        results.push(stopped ? written(one) : (await write(entity, [one], signal))[0]!);
      }
      return results;
    }),
  },
  {
    name: 'any answer counts as success',
    caughtBy: [
      'write/refused',
      'write/one-bad',
      'write/external-key',
      'task/relink',
      'task/bad-link',
      'task/archive-others',
    ],
    tamper: onWrite((write) => async (entity, batch, signal) => {
      await write(entity, batch, signal);
      return batch.map(written);
    }),
  },
  {
    name: 'an unknown field is dropped in silence',
    caughtBy: ['write/unknown-field'],
    tamper: onSent((write) => {
      const { name: _, holdfastHasNoSuchField: __, ...set } = write.set as Readonly<Record<string, unknown>>;
      return withSet(write, set);
    }),
  },
  {
    name: "a person's field is written",
    caughtBy: ['write/unknown-field'],
    tamper: onWrite((write, crm) => async (entity, batch, signal) => {
      for (const { target, set } of batch) {
        if ('name' in set && 'id' in target) crm.edits.edit('account', target.id, { name: String(set.name) });
      }
      return write(entity, batch, signal);
    }),
  },
  {
    name: 'a batch may be smaller than declared',
    caughtBy: ['write/full-batch'],
    options: { batchSize: 5 },
    tamper: onDeclared(({ write }) => ({
      write: Object.fromEntries(Object.entries(write).map(([entity, one]) => [entity, { ...one, batchSize: 6 }])),
    })),
  },
  {
    name: 'writes beyond a batch are dropped in silence',
    caughtBy: ['write/over-batch'],
    options: { batchSize: 5 },
    tamper: onWrite((write) => (entity, batch, signal) => write(entity, batch.slice(0, 5), signal)),
  },
  {
    name: 'writes beyond a batch are called written and are not done',
    caughtBy: ['write/over-batch'],
    options: { batchSize: 5 },
    tamper: onWrite((write) => async (entity, batch, signal) => [
      ...(await write(entity, batch.slice(0, 5), signal)),
      ...batch.slice(5).map(written),
    ]),
  },
  {
    name: 'an empty batch costs a call',
    caughtBy: ['write/empty'],
    tamper: onWrite((write, _, adapter) => async (entity, batch, signal) => {
      if (batch.length === 0) await adapter.check(null);
      return write(entity, batch, signal);
    }),
  },
  {
    name: 'of two writes to one record the first is sent and both are called written',
    caughtBy: ['write/twice-in-batch'],
    tamper: onWrite((write) => async (entity, batch, signal) => {
      const target = (one: Write) => JSON.stringify(one.target);
      const first = batch.filter((one, place) => batch.findIndex((other) => target(other) === target(one)) === place);
      const failed = (await write(entity, first, signal)).filter(({ status }) => status !== 'written');
      return batch.map((one) => failed.find(({ key }) => key === one.key) ?? written(one));
    }),
  },
  {
    name: '`null` is left out',
    caughtBy: ['write/null-clears', 'task/update'],
    tamper: onSent((write) =>
      withSet(write, Object.fromEntries(Object.entries(write.set).filter(([, value]) => value !== null))),
    ),
  },
  {
    name: '`undefined` clears',
    caughtBy: ['write/null-clears'],
    tamper: onSent((write) =>
      withSet(write, Object.fromEntries(Object.entries(write.set).map(([field, value]) => [field, value ?? null]))),
    ),
  },
  {
    name: 'a number is added to what is there',
    caughtBy: ['write/again'],
    tamper: onWrite((write, crm) => (entity, batch, signal) => {
      const summed = batch.map((one) => {
        const held =
          crm.records('account').find(({ id }) => 'id' in one.target && id === one.target.id)?.healthScore ?? 0;
        const { healthScore } = one.set as { readonly healthScore?: number };
        return typeof healthScore === 'number' ? withSet(one, { ...one.set, healthScore: held + healthScore }) : one;
      });
      return write(entity, summed, signal);
    }),
  },
  {
    name: 'every field of ours is sent, blank where nothing was set',
    caughtBy: ['write/no-stranger', 'write/null-clears'],
    tamper: onSent((write, entity) => (entity === 'account' ? withSet(write, { ...ALL_BLANK, ...write.set }) : write)),
  },
  {
    name: 'a write changes the owner',
    caughtBy: ['write/no-stranger'],
    tamper: onWrite((write, crm) => (entity, batch, signal) => {
      for (const { target } of batch) {
        if (entity === 'account' && 'id' in target) crm.edits.edit('account', target.id, { ownerId: 'owner:9' });
      }
      return write(entity, batch, signal);
    }),
  },
  {
    name: 'an account that is not found is created',
    caughtBy: ['write/external-key'],
    tamper: onWrite((write, crm) => async (entity, batch, signal) => {
      const results = await write(entity, batch, signal);
      if (entity === 'account' && batch.some(({ target }) => 'externalKey' in target)) crm.edits.create('account', {});
      return results;
    }),
  },
  {
    name: 'the whole record, as it was read, is written back',
    caughtBy: ['conflict/unrelated'],
    tamper: (adapter, crm) => {
      const names = new Map<string, string | null>();
      const reading = onRead((read) => async (entity, request, signal) => {
        const page = await read(entity, request, signal);
        for (const { id, ...rest } of page.records) if ('domain' in rest && !names.has(id)) names.set(id, rest.name);
        return page;
      });
      const writing = onWrite((write) => (entity, batch, signal) => {
        for (const { target } of batch) {
          const name = 'id' in target ? names.get(target.id) : undefined;
          if ('id' in target && name !== undefined) crm.edits.edit('account', target.id, { name });
        }
        return write(entity, batch, signal);
      });
      return writing(reading(adapter, crm), crm);
    },
  },
];
