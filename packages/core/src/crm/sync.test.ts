import { describe, expect, it } from 'vitest';
import type { EntityName } from '../model/types.ts';
import { CrmError } from './error.ts';
import type { EntityCapability, Page, ReadRequest } from './port.ts';
import { acceptNoOwners, acceptPage, nextStep } from './sync.ts';
import { abandonSync, beginSync, EMPTY_CHECKPOINT, type SyncCheckpoint } from './sync-checkpoint.ts';

const DAY = 86_400_000;
const modified: EntityCapability = {
  changes: 'modified',
  pageSize: { all: 100, changed: 200, ids: 100 },
  indexLagMs: 10_000,
  clockResolutionMs: 1,
  deletions: 'sweep',
  missing: {},
};
const listed: EntityCapability = { ...modified, deletions: 'list' };
const relation: EntityCapability = { ...modified, changes: 'sweep', of: 'account' };

function page(over: Partial<Page> = {}): Page {
  return { records: [], rejects: [], gone: [], next: null, servedAt: null, ...over };
}

function requestOf(checkpoint: SyncCheckpoint, capability: EntityCapability): ReadRequest {
  const step = nextStep(checkpoint, capability);
  if (step.kind !== 'read') throw new Error(`expected a read, got ${step.kind}`);
  return step.request;
}

function accept(checkpoint: SyncCheckpoint, capability: EntityCapability, answer: Partial<Page>, now = 0) {
  const entity: EntityName = 'account';
  return acceptPage(entity, checkpoint, capability, requestOf(checkpoint, capability), page(answer), now);
}

describe('reading one entity', () => {
  it('reads everything first, and ends with a sweep of what was not seen since the mark', () => {
    const begun = beginSync(EMPTY_CHECKPOINT, modified, { now: 1_000_000, mark: 7 });
    expect(requestOf(begun, modified)).toEqual({ kind: 'all', cursor: null });
    const first = accept(begun, modified, { next: '100', servedAt: 1_000_000 }, 1_000_000);
    expect(first.effects.sweep).toBeNull();
    expect(requestOf(first.checkpoint, modified)).toEqual({ kind: 'all', cursor: '100' });
    const last = accept(first.checkpoint, modified, {}, 1_000_500);
    expect(last.effects.sweep).toBe(7);
    expect(nextStep(last.checkpoint, modified)).toEqual({ kind: 'done' });
  });

  it('T5 search index lag: the next window reaches back by lag, resolution and skew before the START of this one', () => {
    const begun = beginSync(EMPTY_CHECKPOINT, modified, { now: 1_000_000, mark: 0 });
    const done = accept(begun, modified, { servedAt: 1_003_000 }, 1_000_000).checkpoint;
    expect(done.watermark).toBe(1_003_000);
    const again = beginSync(done, modified, { now: 2_000_000, mark: 0 });
    // 1,003,000 - 10,000 lag - 1 resolution - 120,000 skew; until = 2,000,000 + 3,000 ahead + 120,000 skew
    expect(requestOf(again, modified)).toEqual({ kind: 'changed', since: 872_999, until: 2_123_000, cursor: null });
  });

  it('T10 clock skew: the window starts when the run began on the CRM clock, not when the slow answer came', () => {
    const begun = beginSync(EMPTY_CHECKPOINT, modified, { now: 1_000_000, mark: 0 });
    expect(accept(begun, modified, { servedAt: 5_030_000 }, 1_030_000).checkpoint.watermark).toBe(5_000_000);
  });

  it('T10 clock skew: where the CRM tells no clock, the allowance for skew comes off ours', () => {
    const begun = beginSync(EMPTY_CHECKPOINT, modified, { now: 1_000_000, mark: 0, clockSkewMs: 60_000 });
    expect(accept(begun, modified, {}, 1_000_000).checkpoint.watermark).toBe(940_000);
  });

  it('T10 clock skew: a window that our slow clock cut short is not counted beyond its end', () => {
    const known = { ...EMPTY_CHECKPOINT, watermark: 100_000, sweptAt: 0, shape: '[null,[]]' };
    const begun = beginSync(known, modified, { now: 200_000, mark: 0, clockSkewMs: 1_000 });
    expect(accept(begun, modified, { servedAt: 900_000 }, 200_000).checkpoint.watermark).toBe(201_000);
  });

  it('T11 a repeated cursor ends with a protocol error', () => {
    const begun = beginSync(EMPTY_CHECKPOINT, modified, { now: 0, mark: 0 });
    const first = accept(begun, modified, { next: 'a' });
    expect(() => accept(first.checkpoint, modified, { next: 'a' })).toThrow(CrmError);
  });

  it('T11 a list that runs in a circle of three pages ends within nine', () => {
    let checkpoint = beginSync(EMPTY_CHECKPOINT, modified, { now: 0, mark: 0 });
    const walk = () => {
      for (let index = 0; index < 9; index++) {
        checkpoint = accept(checkpoint, modified, { next: `p${index % 3}` }).checkpoint;
      }
    };
    expect(walk).toThrow(/repeats the same page/);
  });

  it('T12 a page with a next cursor and no records goes on', () => {
    const begun = beginSync(EMPTY_CHECKPOINT, modified, { now: 0, mark: 0 });
    const first = accept(begun, modified, { next: 'b' });
    expect(requestOf(first.checkpoint, modified)).toMatchObject({ cursor: 'b' });
  });

  it('reads deletions after the changes, from the same start, where the CRM lists them', () => {
    const known = { ...EMPTY_CHECKPOINT, watermark: 1_000_000, sweptAt: 1_000_000, shape: '[null,[]]' };
    const begun = beginSync(known, listed, { now: 1_100_000, mark: 0 });
    const changed = accept(begun, listed, {});
    expect(requestOf(changed.checkpoint, listed)).toEqual({ kind: 'deleted', since: 869_999, cursor: null });
    const gone = [{ id: 'company:1', at: null, mergedInto: null }];
    const deleted = accept(changed.checkpoint, listed, { gone });
    expect(deleted.effects.gone).toEqual(gone);
    expect(nextStep(deleted.checkpoint, listed)).toEqual({ kind: 'done' });
  });

  it('sweeps after seven days, after a change of the readable fields, and when asked; not before', () => {
    const known = { ...EMPTY_CHECKPOINT, watermark: 0, sweptAt: 0, shape: '[null,[]]' };
    const kind = (now: number, capability = modified, full = false) =>
      requestOf(beginSync(known, capability, { now, mark: 0, full }), capability).kind;
    expect(kind(6 * DAY)).toBe('changed');
    expect(kind(7 * DAY - 60_000)).toBe('all');
    expect(kind(DAY, { ...modified, missing: { recurring: 'not readable' } })).toBe('all');
    expect(kind(DAY, modified, true)).toBe('all');
  });

  it('an entity without timestamps begins no run until its sweep is due', () => {
    const owners: EntityCapability = { ...modified, changes: 'sweep' };
    const known = { ...EMPTY_CHECKPOINT, watermark: 0, sweptAt: 0, shape: '[null,[]]' };
    expect(beginSync(known, owners, { now: DAY / 2, mark: 0 }).run).toBeNull();
    expect(beginSync(known, owners, { now: DAY, mark: 0 }).run?.phase).toBe('all');
  });

  it('a reject keeps what is stored of it and the page goes on', () => {
    const begun = beginSync(EMPTY_CHECKPOINT, modified, { now: 0, mark: 0 });
    const rejects = [
      { id: 'company:9', issues: ['recurring: not a number'] },
      { id: null, issues: ['no id'] },
    ];
    const { effects } = accept(begun, modified, { rejects });
    expect(effects.seen).toEqual(['company:9']);
    expect(effects.rejects).toEqual(rejects);
  });

  it('T23 a chain of merges in one page ends at the survivor, and nothing is merged into itself', () => {
    const begun = beginSync(EMPTY_CHECKPOINT, modified, { now: 0, mark: 0 });
    const { effects } = accept(begun, modified, {
      gone: [
        { id: 'company:1', at: null, mergedInto: 'company:2' },
        { id: 'company:2', at: null, mergedInto: 'company:3' },
        { id: 'company:3', at: null, mergedInto: 'company:3' },
      ],
    });
    expect(effects.gone.map(({ id, mergedInto }) => [id, mergedInto])).toEqual([
      ['company:1', 'company:3'],
      ['company:2', 'company:3'],
    ]);
  });

  it('an abandoned run leaves the watermark where it was', () => {
    const known = { ...EMPTY_CHECKPOINT, watermark: 5 };
    expect(abandonSync(beginSync(known, modified, { now: 9, mark: 1 }))).toEqual(known);
  });
});

describe('reading relations of another entity', () => {
  it('takes owners from the store page by page and replaces their whole sets', () => {
    const begun = beginSync(EMPTY_CHECKPOINT, relation, { now: 0, mark: 4 });
    expect(nextStep(begun, relation)).toEqual({
      kind: 'read-of',
      of: 'account',
      changedSince: null,
      after: null,
      limit: 100,
    });
    const request: ReadRequest = { kind: 'ids', ids: ['company:1', 'company:2'] };
    const first = acceptPage('contactRole', begun, relation, request, { ...page(), records: [] }, 0);
    expect(first.effects.replace).toEqual({ of: 'account', owners: ['company:1', 'company:2'] });
    expect(first.effects.goneEntity).toBe('account');
    expect(nextStep(first.checkpoint, relation)).toMatchObject({ after: 'company:2' });
    const last = acceptNoOwners('contactRole', first.checkpoint, relation);
    expect(last.effects.sweep).toBe(4);
    expect(nextStep(last.checkpoint, relation)).toEqual({ kind: 'done' });
  });

  it('T13 association change: between sweeps only owners changed since the last run are read again', () => {
    const known = { ...EMPTY_CHECKPOINT, watermark: 0, sweptAt: 0, mark: 40, shape: '["account",[]]' };
    const begun = beginSync(known, relation, { now: DAY / 2, mark: 55 });
    expect(nextStep(begun, relation)).toMatchObject({ kind: 'read-of', changedSince: 40 });
    expect(acceptNoOwners('contactRole', begun, relation).checkpoint.mark).toBe(55);
  });

  it('a page of given ids that wants to go on is a protocol error', () => {
    const begun = beginSync(EMPTY_CHECKPOINT, relation, { now: 0, mark: 0 });
    const answer = { ...page(), records: [], next: 'x' };
    expect(() => acceptPage('contactRole', begun, relation, { kind: 'ids', ids: ['company:1'] }, answer, 0)).toThrow(
      CrmError,
    );
  });
});
