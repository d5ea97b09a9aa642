/**
 * Fills a store through its port, without a CRM, from the bench book and its activities:
 * `fill-store.ts FILE ACCOUNTS ACTIVITIES`. Prints the book's instant and how many records it stored.
 */
import {
  type Account,
  type Activity,
  type Contact,
  type ContactRole,
  type Contract,
  EMPTY_CHECKPOINT,
  type Entities,
  type EntityName,
  type Opportunity,
  type Owner,
  type SyncEffects,
} from '@holdfast/core';
import { benchActivities, generateBenchBook } from '@holdfast/sandbox';
import { openSqliteStore } from '@holdfast/workflows';

const PAGE = 2_000;
const [file = '', accounts = '', activities = ''] = process.argv.slice(2);
const asOf = new Date().toISOString();
const options = { accounts: Number(accounts), seed: 1, asOf };
const book = generateBenchBook(options);
const store = openSqliteStore(file, { clock: { now: () => Date.now() } });
await store.acquire({ pid: process.pid, host: 'bench', startedAt: Date.now(), purpose: 'fill' });

const at = (instant: string) => Date.parse(instant);
const checkpoint = { ...EMPTY_CHECKPOINT, watermark: at(asOf) };
const noEffects: Omit<SyncEffects, 'upsert' | 'goneEntity'> = {
  keepNewer: false,
  seen: [],
  rejects: [],
  gone: [],
  replace: null,
  sweep: null,
};
const nothingWritten = {
  country: null,
  employees: null,
  currency: null,
  renewalOn: null,
  recurring: null,
  noticeGivenOn: null,
  churnedOn: null,
  seatsBought: null,
  seatsUsed: null,
  excluded: null,
  managerView: null,
  healthScore: null,
  healthBand: null,
  bandSince: null,
  mainReason: null,
  reasons: null,
  nextStep: null,
  revenueAtRisk: null,
  churnProbability: null,
  confidence: null,
} as const;

const dated = (row: { readonly createdAt: string; readonly updatedAt: string }) => ({
  createdAt: at(row.createdAt),
  updatedAt: at(row.updatedAt),
});
const money = (major: number) => ({ minor: major * 100, currency: 'USD' });

let stored = 0;
await put('owner', book.owners, (it): Owner => ({ createdAt: null, updatedAt: null, ...it, id: `owner:${it.id}` }));
await put(
  'account',
  book.accounts,
  (it): Account => ({
    ...dated(it),
    ...nothingWritten,
    id: `account:${it.id}`,
    name: it.name,
    domain: it.domain ?? null,
    lifecycle: it.type,
    industry: it.industry ?? null,
    ownerId: `owner:${it.ownerId}`,
  }),
);
await put(
  'contact',
  book.contacts,
  (it): Contact => ({
    ...dated(it),
    id: `contact:${it.id}`,
    name: `${it.firstName} ${it.lastName}`,
    email: it.email ?? null,
    title: null,
    ownerId: null,
    referredById: null,
    doNotAsk: null,
    advocateStatus: null,
    lastAskedOn: null,
    referralsWon: null,
  }),
);
await put(
  'contactRole',
  book.contacts,
  (it): ContactRole => ({
    ...dated(it),
    id: `role:${it.id}`,
    accountId: `account:${it.accountId}`,
    contactId: `contact:${it.id}`,
    role: null,
    isPrimary: true,
  }),
);
await put(
  'opportunity',
  book.opportunities,
  (it): Opportunity => ({
    ...dated(it),
    id: `opportunity:${it.id}`,
    accountId: `account:${it.accountId}`,
    ownerId: null,
    contactIds: [],
    name: it.name,
    pipeline: null,
    stage: it.stage,
    type: it.kind,
    amount: money(it.amount ?? 0),
    closeOn: it.closeOn ?? null,
    source: null,
    referredById: null,
    referralState: null,
    referralCredit: null,
  }),
);
await put(
  'contract',
  book.contracts,
  (it): Contract => ({
    ...dated(it),
    id: `contract:${it.id}`,
    accountId: `account:${it.accountId}`,
    status: it.status,
    startsOn: it.startsOn,
    endsOn: it.endsOn,
    noticeDays: it.noticeDays ?? null,
    autoRenews: it.autoRenews ?? null,
    annual: money(it.annualValue),
    noticeGivenOn: null,
  }),
);
await put(
  'activity',
  benchActivities({ ...options, activities: Number(activities) }),
  (it): Activity => ({
    ...dated(it),
    id: `activity:${it.id}`,
    accountId: `account:${it.accountId}`,
    contactIds: (it.contactIds ?? []).map((id) => `contact:${id}`),
    ownerId: null,
    kind: it.kind,
    direction: stored % 2 === 0 ? 'inbound' : 'outbound',
    occurredAt: at(it.occurredAt),
    byUs: false,
  }),
);
await store.release();
await store.close();
process.stdout.write(`${JSON.stringify({ asOf: at(asOf), records: stored })}\n`);

async function put<E extends EntityName, Row>(
  entity: E,
  rows: Iterable<Row>,
  entityOf: (row: Row) => Entities[E],
): Promise<void> {
  let page: Entities[E][] = [];
  const send = async () => {
    await store.commitPage(entity, { checkpoint, effects: { ...noEffects, upsert: page, goneEntity: entity } });
    stored += page.length;
    page = [];
  };
  for (const row of rows) if (page.push(entityOf(row)) === PAGE) await send();
  if (page.length > 0) await send();
}
