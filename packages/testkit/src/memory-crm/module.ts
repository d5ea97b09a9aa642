import type { Codec, CrmModule, Maps } from '@holdfast/core';
import * as z from 'zod';
import { BLANK_RECORDS } from '../builders/blank-records.ts';
import { connectMemory } from './adapter.ts';
import { ENTITY_NAMES } from './capabilities.ts';
import type { MemoryState } from './state.ts';

/** The in-memory org as a module, so that whatever takes a CRM takes it. */
export function memoryModule(state: MemoryState): CrmModule<Record<string, never>> {
  return {
    crm: 'memory',
    title: 'In memory',
    options: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
    env: [],
    maps: memoryMaps(),
    permissions: [],
    profile: {
      book: {
        lifecycles: { customer: 'customer' },
        blank: 'customer',
        wonOpportunity: true,
        activeContract: true,
        pilot: [],
      },
      opportunities: {
        stages: { 'sales/open': 'open', 'sales/won': 'won', 'sales/lost': 'lost' },
        pipelines: { sales: 'new' },
        types: { new: 'new' },
      },
      tickets: { stages: { open: 'open' }, urgent: [] },
      contracts: { statuses: { active: 'active' } },
      orders: { statuses: { shipped: 'shipped' } },
      referralSources: ['referral'],
      unit: 'record',
      rates: {},
      fiscalYearStartMonth: 1,
    },
    connect: async (_, context) => connectMemory(state, context),
  };
}

const asIs: Codec<unknown> = { decode: (raw) => raw, encode: (value) => value };

/** Every domain field is held under its own name. */
function memoryMaps(): Maps {
  const maps = ENTITY_NAMES.map((entity) => {
    const fields = Object.keys(BLANK_RECORDS[entity]).filter((field) => field !== 'id');
    const rules = fields.map((name) => [name, { rule: 'field', name, codec: asIs }]);
    return [entity, { sources: [{ object: entity, fields: Object.fromEntries(rules) }] }];
  });
  return Object.fromEntries(maps) as Maps;
}
