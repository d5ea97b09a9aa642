import {
  type CrmEvent,
  type EntityName,
  type Id,
  type Money,
  parseId,
  qualifyId,
  type WritableEntity,
} from '@holdfast/core';
import { salesforce } from '@holdfast/salesforce';
import {
  createSalesforce,
  type EmulatedRequest,
  type EmulatedResponse,
  type Emulator,
  inProcess,
  type SalesforceEmulator,
  sandboxUser,
  type FaultKind as WireFault,
} from '@holdfast/sandbox';
import { type ConformanceWorld, createTestClock, type FaultKind } from '@holdfast/testkit';
import { installByHand } from './installed-fields.ts';

const SECRET = 'canary-0c0ffee0-secret';
const VERSION = '/services/data/v66.0';

/** Object of the API for each entity, spelled by hand. */
const OBJECTS: { readonly [E in EntityName]?: string } = {
  account: 'Account',
  contact: 'Contact',
  opportunity: 'Opportunity',
  lead: 'Lead',
  contract: 'Contract',
  order: 'Order',
  orderLine: 'OpportunityLineItem',
  ticket: 'Case',
  activity: 'Task',
  referralLink: 'Referral',
  task: 'Task',
  note: 'Task',
};

/** A text of anybody's, where it is not the description. */
const ANY_TEXT: { readonly [E in EntityName]?: string } = { referralLink: 'ClientName' };

/** What the wire does for each fault that the sandbox knows; the others are acted out below. */
const WIRE: { readonly [F in FaultKind]?: WireFault } = {
  'wrong-token': 'token-expired',
  'rate-limit': 'rate-limit-burst',
  'daily-limit': 'rate-limit-daily',
  'server-error': 'server-error-before',
  'lost-answer': 'drop-after',
  'no-answer': 'hang',
};

/** An empty emulated org with our fields installed, driven as a person would; `bought`: with the standard object Referral. */
export async function openWorld(bought = false): Promise<ConformanceWorld> {
  const clock = createTestClock();
  const emulator = createSalesforce({
    edition: 'enterprise',
    clock,
    options: { trackedFields: ['Account.Name', 'Account.OwnerId'], ...(bought && { referrals: 'marketing' }) },
    users: [{ ...sandboxUser, clientSecret: SECRET }],
  });
  installByHand(emulator);
  const events: CrmEvent[] = [];
  let fault: FaultKind | null = null;
  let left = 0;
  let held: EmulatedRequest | null = null;
  const take = (path: string): boolean => {
    if (path.includes('/oauth2/')) return false;
    left -= 1;
    return left >= 0;
  };
  const acted: Emulator = {
    ...emulator,
    handle(request) {
      if (fault === 'missing-permission' && take(request.path))
        return json(403, [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'No right' }]);
      if (fault === 'garbage' && take(request.path)) return html(200);
      if (held && request.path.endsWith('/query/0r8EMPTYPAGE-0')) return emulator.handle(held);
      if (fault === 'empty-page' && /\/query(All)?$/.test(request.path) && take(request.path)) {
        held = request;
        return json(200, { totalSize: 3, done: false, nextRecordsUrl: `${VERSION}/query/0r8EMPTYPAGE-0`, records: [] });
      }
      return emulator.handle(request);
    },
  };
  const way = inProcess({
    emulator: acted,
    faults: {
      next: ({ path }) => (fault !== null && WIRE[fault] !== undefined && take(path) ? WIRE[fault] : undefined),
    },
  });
  return {
    clock,
    secrets: [SECRET, 'sandbox-session'],
    events,
    connect: () =>
      salesforce.connect(
        {
          loginUrl: way.origin,
          clientId: 'sandbox-client',
          clientSecret: SECRET,
          connector: way.undiciConnect as never,
          notes: true,
        },
        { clock, random: () => 0.5, log: (event) => void events.push(event) },
      ),
    advance: async (ms) => clock.advance(ms),
    create: async (entity, record) =>
      qualifyId(
        objectOf(entity),
        emulator.create(objectOf(entity), { ...defaultsOf(emulator, entity), ...typed(entity, record) }),
      ),
    edit: async (entity, id, fields) => {
      const change = typed(entity, fields);
      emulator.edit(
        objectOf(entity),
        native(id),
        Object.keys(change).length > 0 ? change : { [ANY_TEXT[entity] ?? 'Description']: String(Math.random()) },
      );
    },
    remove: async (entity, id) => emulator.remove(objectOf(entity), native(id)),
    restore: async (entity, id) => emulator.undelete(objectOf(entity), native(id)),
    merge: async (entity, winner, loser) => {
      emulator.merge(objectOf(entity), native(winner), native(loser));
      return winner;
    },
    link: async (relation, from, to) => link(emulator, relation, from, to, true),
    unlink: async (relation, from, to) => link(emulator, relation, from, to, false),
    corrupt: async (entity, id) =>
      emulator.edit(objectOf(entity), native(id), { [SPOILT[entity as WritableEntity]]: 'no such option' }),
    refuse: async (entity, id) => {
      emulator.rules.validation.push({
        object: objectOf(entity),
        fails: (record) => record('Id') === native(id),
        message: 'A rule refuses it',
      });
    },
    count: async (entity) => emulator.ids(objectOf(entity)).length,
    failNext: async (kind, calls = 1) => {
      // a refused session is renewed once, so credentials that are no good show only at the second refusal
      [fault, left] = [kind, kind === 'wrong-token' ? calls * 2 : calls];
    },
    heal: async () => {
      fault = null;
    },
    close: async () => way.close(),
  };
}

const SPOILT: Readonly<Record<WritableEntity, string>> = {
  account: 'Holdfast_Health_Band__c',
  contact: 'Holdfast_Advocate_Status__c',
  opportunity: 'Holdfast_Referral_State__c',
  lead: 'Holdfast_Referral_State__c',
  task: 'Subject',
  note: 'Subject',
  referral: 'State__c',
  referralLink: '',
};

const FIELDS: Readonly<Record<string, string>> = {
  'account.name': 'Name',
  'account.domain': 'Website',
  'account.healthScore': 'Holdfast_Health_Score__c',
  'account.healthBand': 'Holdfast_Health_Band__c',
  'account.bandSince': 'Holdfast_Band_Since__c',
  'account.mainReason': 'Holdfast_Main_Reason__c',
  'account.reasons': 'Holdfast_Reasons__c',
  'account.nextStep': 'Holdfast_Next_Step__c',
  'account.revenueAtRisk': 'Holdfast_Revenue_At_Risk__c',
  'account.churnProbability': 'Holdfast_Churn_Probability__c',
  'account.confidence': 'Holdfast_Confidence__c',
  'contact.email': 'Email',
  'contact.advocateStatus': 'Holdfast_Advocate_Status__c',
  'contact.lastAskedOn': 'Holdfast_Last_Asked_On__c',
  'contact.referralsWon': 'Holdfast_Referrals_Won__c',
  'opportunity.name': 'Name',
  'opportunity.accountId': 'AccountId',
  'opportunity.referralState': 'Holdfast_Referral_State__c',
  'opportunity.referralCredit': 'Holdfast_Referral_Credit__c',
  'lead.referralState': 'Holdfast_Referral_State__c',
  'ticket.subject': 'Subject',
};

type Value = string | number | boolean | null;

/** Values as a person leaves them in Salesforce: 12 is 12 %, money is in major units. */
function typed(entity: EntityName, record: object): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const [field, value] of Object.entries(record)) {
    if (entity === 'contact' && field === 'name') {
      const [first = '', ...rest] = String(value).split(' ');
      Object.assign(values, { FirstName: first, LastName: rest.join(' ') });
    }
    const name = FIELDS[`${entity}.${field}`];
    if (name !== undefined) values[name] = storedValue(field, value);
  }
  return values;
}

function storedValue(field: string, value: unknown): Value {
  if (field === 'churnProbability' && typeof value === 'number') return Math.round(value * 1000) / 10;
  if (field === 'accountId' && typeof value === 'string') return native(value);
  return typeof value === 'object' && value !== null ? (value as Money).minor / 100 : (value as Value);
}

function defaultsOf(emulator: SalesforceEmulator, entity: EntityName): Record<string, Value> {
  const defaults: { readonly [E in EntityName]?: () => Record<string, Value> } = {
    opportunity: () => ({ StageName: 'Prospecting', CloseDate: '2026-06-30' }),
    lead: () => ({ LastName: 'Lead', Company: 'Example', LeadSource: 'Partner Referral' }),
    contract: () => ({ Status: 'Draft', StartDate: '2026-01-01', ContractTerm: 12 }),
    order: () => ({ Status: 'Draft', EffectiveDate: '2026-01-01' }),
    orderLine: () => ({
      OpportunityId: emulator.create('Opportunity', {
        Name: 'Line',
        StageName: 'Prospecting',
        CloseDate: '2026-06-30',
      }),
      Quantity: 1,
      UnitPrice: 10,
    }),
    activity: () => ({ Subject: 'Call', Status: 'Completed', TaskSubtype: 'Call' }),
    referralLink: () => ({
      ReferrerId: emulator.create('Contact', { LastName: 'Referrer' }),
      ReferredPartyId: emulator.create('Account', { Name: 'Referred' }),
    }),
  };
  return defaults[entity]?.() ?? {};
}

function link(emulator: SalesforceEmulator, relation: string, from: Id, to: Id, on: boolean): void {
  if (relation === 'contactRole') emulator.edit('Contact', native(to), { AccountId: on ? native(from) : null });
  else emulator.edit('Account', native(from), { ParentId: on ? native(to) : null });
}

function json(status: number, body: object): EmulatedResponse {
  return { status, headers: { 'content-type': 'application/json;charset=UTF-8' }, body: JSON.stringify(body) };
}

function html(status: number): EmulatedResponse {
  return { status, headers: { 'content-type': 'text/html' }, body: '<html><body>Something else</body></html>' };
}

function objectOf(entity: EntityName): string {
  return OBJECTS[entity] ?? '';
}

function native(id: Id): string {
  return parseId(id).nativeId;
}
