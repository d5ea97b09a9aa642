/**
 * Scores a filled store as `holdfast score` would, in a process of its own: `score-store.ts FILE INSTANT`. Prints how many
 * accounts it scored and how long that took; `peak.ts` adds the memory.
 */
import { openSqliteStore, scoreBook } from '@holdfast/workflows';
import { keepHeapSmall } from '../src/small-heap.ts';
import { benchModels } from './fitted-models.ts';

keepHeapSmall();
const [file = '', instant = ''] = process.argv.slice(2);
const store = openSqliteStore(file, { clock: { now: () => Date.now() } });
const start = performance.now();
const cpuBefore = process.cpuUsage();
let proposed = 0;
const { report, roles } = await scoreBook(store, {
  asOf: Number(instant),
  models: benchModels,
  writable: { account: ['healthScore', 'healthBand', 'mainReason', 'reasons', 'nextStep'] },
  onProposal: ({ write }) => {
    if (write) proposed += 1;
  },
  profile: {
    orgId: 'bench',
    confirmedAt: 1,
    book: {
      lifecycles: { customer: 'customer', prospect: 'prospect', partner: 'partner' },
      blank: 'other',
      wonOpportunity: true,
      activeContract: true,
      pilot: [],
    },
    opportunities: {
      stages: { proposal: 'open', won: 'won', lost: 'lost' },
      pipelines: {},
      types: { new: 'new', renewal: 'renewal', expansion: 'expansion' },
    },
    tickets: { stages: {}, urgent: [] },
    contracts: { statuses: { active: 'active' } },
    orders: { statuses: {} },
    referralSources: [],
    unit: 'record',
    currency: 'USD',
    rates: {},
    timeZone: 'UTC',
    fiscalYearStartMonth: 1,
  },
});
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
const cpuSeconds = (user + system) / 1e6;
await store.close();
const accounts = Object.values(roles).reduce((sum, n) => sum + n, 0);
const bands = Object.fromEntries(report.bands.map(({ band, accounts: n }) => [band, n]));
process.stdout.write(`${JSON.stringify({ seconds, cpuSeconds, accounts, inBook: report.inBook, bands, proposed })}\n`);
