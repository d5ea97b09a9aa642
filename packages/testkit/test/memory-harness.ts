import type { CrmAdapter, CrmEvent } from '@holdfast/core';
import {
  type ConformanceHarness,
  type ConformanceWorld,
  createMemoryCrm,
  createTestClock,
  type MemoryCrm,
  type MemoryCrmOptions,
} from '@holdfast/testkit';

/** Wraps an adapter to break it on purpose; the tests of the suite do so. */
export type Tamper = (adapter: CrmAdapter, crm: MemoryCrm) => CrmAdapter;

export type Options = Omit<MemoryCrmOptions, 'clock'>;
export type Extra = Partial<Pick<ConformanceHarness, 'lacks' | 'skip' | 'maps' | 'serves' | 'enters' | 'writes'>>;

const SERVED = [
  'owner',
  'account',
  'accountParent',
  'contact',
  'contactRole',
  'opportunity',
  'lead',
  'contract',
  'order',
  'orderLine',
  'ticket',
  'activity',
  'mailParties',
  'meetingParties',
  'surveyResponse',
  'usage',
  'referralLink',
  'task',
] as const;

/** The harness of the in-memory CRM, with any of its settings. */
export function memoryHarness(name: string, options: Options, extra: Extra = {}, tamper?: Tamper): ConformanceHarness {
  return {
    name,
    maps: createMemoryCrm({ clock: createTestClock() }).module.maps,
    serves: SERVED,
    enters: ['account', 'contact', 'opportunity', 'lead', 'owner', 'ticket', 'activity'],
    writes: ['account', 'contact', 'opportunity', 'lead', 'task', 'referralLink'],
    open: async () => openWorld(options, tamper),
    ...extra,
  };
}

function openWorld(options: Options, tamper: Tamper = (adapter) => adapter): ConformanceWorld {
  const clock = createTestClock();
  const crm = createMemoryCrm({ clock, ...options });
  const events: CrmEvent[] = [];
  const { edits } = crm;
  return {
    clock,
    secrets: ['memory-has-no-token'],
    events,
    connect: async () => {
      const context = { clock, random: () => 0.5, log: (event: CrmEvent) => events.push(event) };
      return tamper(await crm.module.connect({}, context), crm);
    },
    advance: async (ms) => clock.advance(ms),
    create: async (entity, record) => edits.create(entity, record),
    edit: async (entity, id, fields) => edits.edit(entity, id, fields),
    remove: async (entity, id) => edits.remove(entity, id),
    restore: async (entity, id) => edits.restore(entity, id),
    merge: async (entity, winner, loser) => edits.merge(entity, winner, loser),
    link: async (relation, from, to) => edits.link(relation, from, to),
    unlink: async (relation, from, to) => edits.unlink(relation, from, to),
    corrupt: async (entity, id) => edits.corrupt(entity, id),
    refuse: async (entity, id) => edits.refuse(entity, id),
    count: async (entity) => crm.records(entity).length,
    failNext: async (kind, calls) => crm.failNext(kind, calls),
    heal: async () => crm.heal(),
    close: async () => {},
  };
}
