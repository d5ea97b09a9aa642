import { CrmError, linkEnds, linkKey } from '@holdfast/core';
import { type Bug, NOTHING, onPage, onSent, onWrite, written } from './bug.ts';

/** Mistakes with ties between two people. */
export const LINK_BUGS: readonly Bug[] = [
  {
    name: 'who referred is tied as who was referred',
    caughtBy: ['link/create'],
    tamper: onSent((write, entity) => {
      const ends =
        entity === 'referralLink' && 'externalKey' in write.target ? linkEnds(write.target.externalKey) : null;
      if (ends === null) return write;
      return {
        ...write,
        target: { externalKey: linkKey({ referredId: ends.referrerId, referrerId: ends.referredId }) },
      };
    }),
  },
  {
    name: 'a tie that stands already is an error',
    caughtBy: ['link/again'],
    tamper: onWrite((write, crm) => async (entity, batch, signal) => {
      const stands = entity === 'referralLink' && crm.records('referralLink').length > 0;
      if (!stands || batch.some(({ archive }) => archive)) return write(entity, batch, signal);
      const error = new CrmError('invalid', 'The two are tied already: nothing was done.');
      return batch.map(({ key }) => ({ key, status: 'failed', error }));
    }),
  },
  {
    name: 'ties are not found by their two ends',
    caughtBy: ['link/create', 'link/again', 'link/theirs'],
    tamper: onPage((page, { kind }, entity) => (entity === 'referralLink' && kind === 'keys' ? NOTHING : page)),
  },
  {
    name: 'somebody who is gone is tied all the same, it is said',
    caughtBy: ['link/gone'],
    tamper: onWrite((write) => async (entity, batch, signal) => {
      const results = await write(entity, batch, signal);
      return entity === 'referralLink' ? batch.map(written) : results;
    }),
  },
  {
    name: 'a tie that is taken away stays',
    caughtBy: ['link/archive'],
    tamper: onWrite((write) => async (entity, batch, signal) => {
      const isAway = entity === 'referralLink' && batch.some(({ archive }) => archive);
      return isAway ? batch.map(written) : write(entity, batch, signal);
    }),
  },
];
