import type { Org } from '../org.ts';
import { isDeleted } from '../store/row.ts';
import { type Handler, type Route, route } from './route.ts';

const byEdition = { developer: 15_000, professional: 101_000, enterprise: 101_000, unlimited: 105_000 } as const;

/** Calls a rolling day; here a calendar day in GMT. Salesforce's table: developer 15,000, others 100,000 and more by licence. */
const dailyLimit = (org: Org): number => org.settings.dailyRequestLimit ?? byEdition[org.options.edition];

/** Counts one call; false when the day's calls are used up. */
export function countCall(org: Org): boolean {
  const today = Math.floor(org.clock.now() / 86_400_000);
  if (org.counters.usageDay !== today) {
    org.counters.usageDay = today;
    org.counters.apiUsage = 0;
  }
  if (org.counters.apiUsage >= dailyLimit(org)) return false;
  org.counters.apiUsage += 1;
  return true;
}

/** `api-usage=53/15000`. */
export const limitInfo = (org: Org): string => `api-usage=${org.counters.apiUsage}/${dailyLimit(org)}`;

const limits: Handler = ({ org }) => {
  const max = dailyLimit(org);
  const full = (count: number) => ({ Max: count, Remaining: count });
  return {
    status: 200,
    body: {
      ActiveScratchOrgs: full(3),
      ConcurrentAsyncGetReportInstances: full(200),
      DailyApiRequests: { Max: max, Remaining: Math.max(0, max - org.counters.apiUsage) },
      DailyAsyncApexExecutions: full(250_000),
      DailyBulkApiBatches: full(15_000),
      DailyBulkV2QueryFileStorageMB: full(976_562),
      DailyBulkV2QueryJobs: full(10_000),
      DailyWorkflowEmails: full(1000),
      DataStorageMB: full(org.options.edition === 'developer' ? 5 : 10_240),
      FileStorageMB: full(org.options.edition === 'developer' ? 20 : 10_240),
      HourlyODataCallout: full(1000),
      HourlyTimeBasedWorkflow: full(1000),
      MassEmail: full(5000),
      SingleEmail: full(5000),
    },
  };
};

/** Row counts by object, without the recycle bin. Real ones lag; these do not. */
const recordCount: Handler = ({ org }, request) => {
  const wanted = (request.query.get('sObjects') ?? '').split(',').filter((name) => name !== '');
  const objects =
    wanted.length === 0
      ? [...org.objects.values()]
      : wanted.flatMap((name) => org.objects.get(name.toLowerCase()) ?? []);
  const sObjects = objects.map((object) => ({
    count: [...object.rows.values()].filter((row) => !isDeleted(row)).length,
    name: object.def.name,
  }));
  return { status: 200, body: { sObjects } };
};

/** Limit endpoints. */
export const limitRoutes: readonly Route[] = [
  route('GET', '/limits', limits),
  route('GET', '/limits/recordCount', recordCount),
];
