import { createMemoryCrm, createTestClock } from '@holdfast/testkit';
import { memoryHarness } from '../memory-harness.ts';
import { type Bug, onDeclared, onRead } from './bug.ts';

const { maps } = createMemoryCrm({ clock: createTestClock() }).module;
const WITHOUT_TICKETS = {
  options: { unavailable: { ticket: 'no service seat' } },
  extra: {
    serves: memoryHarness('', {}).serves.filter((entity) => entity !== 'ticket'),
    enters: ['account'],
  },
} as const;

/** Mistakes in what is declared. */
export const CAPABILITY_BUGS: readonly Bug[] = [
  {
    name: 'an entity is neither served nor unavailable',
    caughtBy: ['capability/partition'],
    ...WITHOUT_TICKETS,
    tamper: onDeclared(() => ({ unavailable: {} })),
  },
  {
    name: 'an entity is unavailable without a reason',
    caughtBy: ['capability/partition'],
    ...WITHOUT_TICKETS,
    tamper: onDeclared(() => ({ unavailable: { ticket: '' } })),
  },
  {
    name: 'a field is declared missing and is read',
    caughtBy: ['capability/missing-null'],
    tamper: onDeclared(({ read }) => ({
      read: { ...read, account: { ...read.account!, missing: { name: 'not installed' } } },
    })),
  },
  {
    name: 'a field without a place in the map is not declared missing',
    caughtBy: ['capability/unmapped'],
    extra: {
      maps: {
        ...maps,
        account: withoutPlace('industry'),
      },
    },
  },
  {
    name: 'an entity is served against its map',
    caughtBy: ['capability/unmapped'],
    extra: { maps: { ...maps, ticket: { unavailable: 'the CRM has no tickets' } } },
  },
  {
    name: 'an unavailable entity reads as empty',
    caughtBy: ['capability/unavailable'],
    ...WITHOUT_TICKETS,
    tamper: onRead(
      (read) => (entity, request, signal) => read(entity === 'ticket' ? 'usage' : entity, request, signal),
    ),
  },
  {
    name: "a person's field is declared writable",
    caughtBy: ['capability/writable'],
    tamper: onDeclared(({ write }) => ({
      write: { ...write, account: { ...write.account!, fields: ['healthScore', 'managerView'] } },
    })),
  },
  {
    name: 'a check finds an error in a healthy org',
    caughtBy: ['capability/check'],
    tamper: (adapter) => ({
      ...adapter,
      check: async () => [{ severity: 'error', code: 'no-profile', message: 'There is no profile yet; run init.' }],
    }),
  },
  {
    name: 'a check says nothing but a code',
    caughtBy: ['capability/check'],
    tamper: (adapter) => ({ ...adapter, check: async () => [{ severity: 'warning', code: 'W17', message: '' }] }),
  },
  {
    name: 'a closed adapter goes on',
    caughtBy: ['capability/closed'],
    tamper: (adapter) => ({ ...adapter, close: async () => {} }),
  },
];

function withoutPlace(field: string): typeof maps.account {
  if (!('sources' in maps.account)) return maps.account;
  const [source] = maps.account.sources;
  const unmapped = { rule: 'unmapped', reason: 'the CRM has no such field' } as const;
  return { sources: [{ ...source!, fields: { ...source!.fields, [field]: unmapped } }] };
}
