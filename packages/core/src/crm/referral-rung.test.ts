import { expect, test } from 'vitest';
import type { CrmCapabilities } from './port.ts';
import { referralRung } from './referral-rung.ts';

const deal = { opportunity: { batchSize: 1, fields: ['referralState', 'referralCredit'], create: 'a person does' } };
const links: CrmCapabilities['read'] = {
  referralLink: {
    changes: 'sweep',
    deletions: 'sweep',
    indexLagMs: 0,
    clockResolutionMs: 1,
    missing: {},
    pageSize: { all: 1, changed: 1, ids: 1 },
  },
};
const unavailable = { referral: 'Enterprise only' };

test('the ladder: object, label, opportunity, none, each with why it is no higher', () => {
  const object = { ...deal, referral: { batchSize: 1, fields: [], create: true as const } };
  expect(referralRung({ read: links, write: object, unavailable: {} })).toEqual({ rung: 'object', why: null });
  expect(referralRung({ read: links, write: deal, unavailable })).toEqual({ rung: 'label', why: 'Enterprise only' });
  expect(referralRung({ read: {}, write: deal, unavailable })).toEqual({ rung: 'opportunity', why: 'Enterprise only' });
  expect(referralRung({ read: links, write: {}, unavailable })).toEqual({ rung: 'none', why: 'Enterprise only' });
});

test('an object whose key is not unique is no rung: a referral could be made twice', () => {
  const write = { ...deal, referral: { batchSize: 1, fields: [], create: 'not unique' } };
  expect(referralRung({ read: {}, write, unavailable: {} })).toEqual({ rung: 'opportunity', why: 'not unique' });
});
