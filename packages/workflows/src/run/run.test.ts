import type { CrmAdapter, Plan } from '@holdfast/core';
import { describe, expect, it } from 'vitest';
import { createCallCap } from './call-cap.ts';
import { createCallMeter } from './call-meter.ts';
import { guardBands } from './guard-bands.ts';
import { minimumCalls } from './minimum-calls.ts';

describe('calls', () => {
  it('are counted by purpose and passed on', () => {
    const seen: string[] = [];
    const meter = createCallMeter((event) => seen.push(event.type));
    meter.log({ type: 'call', method: 'GET', route: '/x', status: 200, purpose: 'read' });
    meter.log({ type: 'call', method: 'GET', route: '/x', status: 'no-answer', purpose: 'read' });
    meter.log({ type: 'budget', used: 5, limit: 10 });
    expect(meter.calls()).toMatchObject({ read: 2, write: 0 });
    expect([meter.total(), meter.budget()]).toEqual([2, { used: 5, limit: 10 }]);
    expect(seen).toEqual(['call', 'call', 'budget']);
  });

  it('the minimum: pages of each source, and each batch twice', () => {
    // 250 by 100 is 3 pages, 1 by 100 is 1, 0 is none; 101 writes by 100 are 2 batches, read and written.
    const reads = [250, 1, 0].map((records) => ({ records, pageSize: 100 }));
    expect(minimumCalls(reads, [{ writes: 101, batchSize: 100 }])).toBe(8);
  });

  it('T44 what other programs use of the day’s budget counts against the total', () => {
    const meter = createCallMeter();
    const adapter = { capabilities: { budget: { limit: 1000, used: 0 } } } as unknown as CrmAdapter;
    const cap = createCallCap(adapter, meter);
    expect(cap()).toBeNull();
    meter.log({ type: 'budget', used: 799, limit: 1000 });
    expect(cap()).toBeNull();
    meter.log({ type: 'budget', used: 800, limit: 1000 });
    expect(cap()).toMatch(/80 %/);
  });

  it('no stated limit is no cap', () => {
    const adapter = { capabilities: { budget: { limit: null, used: null } } } as unknown as CrmAdapter;
    expect(createCallCap(adapter, undefined)()).toBeNull();
  });
});

describe('the guard on bands', () => {
  const plan = (changes: number, first = 0): Plan =>
    ({
      writes: Array.from({ length: changes + first }, (_, n) => ({
        entity: 'account',
        write: { key: `${n}`, target: { id: `company:${n}` }, set: { healthBand: 'at_risk' } },
        before: { healthBand: n < changes ? 'healthy' : null },
      })),
    }) as unknown as Plan;

  it('lets a tenth pass and stops at more; first bands do not count', () => {
    expect(guardBands(plan(10), 100)).toBeNull();
    expect(guardBands(plan(11), 100)).toMatch(/11 of 100 bands/);
    expect(guardBands(plan(0, 100), 0)).toBeNull();
  });

  it('a handful of changes is no landslide, however small the book', () => {
    expect(guardBands(plan(4), 10)).toBeNull();
    expect(guardBands(plan(5), 10)).not.toBeNull();
  });
});
