import { type Id, parseId, qualifyId } from '@holdfast/core';
import { salesforce } from '@holdfast/salesforce';
import { createSalesforce, type EmulatedRequest, type EmulatedResponse, sandboxUser } from '@holdfast/sandbox';
import { installByHand } from '../../../salesforce/test/installed-fields.ts';
import type { PersonEntity, SentValue, SimOrg } from './sim-org.ts';
import type { SimSettings } from './sim-settings.ts';

const OBJECTS: Readonly<Record<PersonEntity, string>> = {
  account: 'Account',
  contact: 'Contact',
  opportunity: 'Opportunity',
};

/** Salesforce's names, spelled by hand. */
const FIELDS: Readonly<Record<string, string>> = {
  'account.name': 'Name',
  'account.healthScore': 'Holdfast_Health_Score__c',
  'account.nextStep': 'Holdfast_Next_Step__c',
  'contact.name': 'LastName',
  'contact.referralsWon': 'Holdfast_Referrals_Won__c',
  'opportunity.name': 'Name',
  'opportunity.referralState': 'Holdfast_Referral_State__c',
  'task.subject': 'Subject',
};

const READ_FAULTS = [
  'rate-limit-burst',
  'rate-limit-search',
  'rate-limit-daily',
  'rate-limit-html',
  'server-error-before',
  'bad-gateway-html',
  'drop-before',
  'drop-after',
  'truncate',
  'token-expired',
  'token-malformed',
  'locked',
] as const;

/** An emulated Salesforce org with our fields, an assignment rule that would take our writes, and late commits. */
export function salesforceOrg(settings: SimSettings, clock: { now(): number }, seed: number): SimOrg {
  const options = { pageSize: settings.pageSize };
  const emulator = createSalesforce({
    edition: 'enterprise',
    clock,
    seed,
    users: [sandboxUser],
    options,
  });
  installByHand(emulator);
  const others = emulator.ids('User').filter((id) => emulator.users.every((user) => user.id !== id));
  const admin =
    others[0] ??
    emulator.create('User', { Username: 'admin@example.org', LastName: 'Admin', Email: 'admin@example.org' });
  for (const object of ['Account', 'Contact', 'Opportunity'])
    emulator.rules.assignment.set(object, emulator.users[0]?.id ?? admin);
  const native = (id: Id) => parseId(id).nativeId;
  let refreshToken = sandboxUser.refreshToken ?? '';
  return {
    crm: 'salesforce',
    emulator,
    entities: settings.entities,
    // a transaction may take ten minutes
    lagMs: settings.lagMs * 2,
    faults: {
      reads: READ_FAULTS,
      writes: [...READ_FAULTS, 'server-error-after', 'server-error-after', 'drop-after', 'row-lock'],
    },
    create(entity, name, accountId) {
      const extra = entity === 'opportunity' ? { StageName: 'Prospecting', CloseDate: '2026-06-30' } : {};
      const account = accountId === null || entity === 'account' ? {} : { AccountId: native(accountId) };
      const fields = { [FIELDS[`${entity}.name`] as string]: name, OwnerId: admin, ...account, ...extra };
      return qualifyId(OBJECTS[entity], emulator.create(OBJECTS[entity], fields));
    },
    edit: (entity, id, field, value) =>
      emulator.edit(OBJECTS[entity], native(id), { [FIELDS[`${entity}.${field}`] as string]: value }),
    editLate(entity, id, field, value) {
      const late = emulator.editLate(OBJECTS[entity], native(id), { [FIELDS[`${entity}.${field}`] as string]: value });
      return () => late.commit();
    },
    remove: (entity, id) => emulator.remove(OBJECTS[entity], native(id)),
    restore: (entity, id) => emulator.undelete(OBJECTS[entity], native(id)),
    merge(entity, winner, loser) {
      emulator.merge(OBJECTS[entity], native(winner), native(loser));
      return winner;
    },
    relate: (contactId, accountId, on) =>
      emulator.edit('Contact', native(contactId), { AccountId: on ? native(accountId) : null }),
    editTask() {
      const [id] = emulator.ids('Task');
      if (id !== undefined) emulator.edit('Task', id, { Description: 'Done by phone' });
      return id !== undefined;
    },
    mischief(pick) {
      const kind = pick(4);
      if (kind === 0) emulator.expireSessions();
      else if (kind === 1) emulator.expireCursors();
      else {
        const ids = emulator.ids('Account');
        const id = ids[pick(ids.length)];
        if (id !== undefined) emulator.lock(id, pick(2) + 1);
      }
      return ['sessions ended', 'cursors ended'][kind] ?? 'row locked';
    },
    live: (entity) =>
      emulator.ids(OBJECTS[entity]).map((id) => {
        const fields = emulator.get(OBJECTS[entity], id)?.fields ?? {};
        const value = (field: string) => {
          const held = fields[FIELDS[`${entity}.${field}`] ?? ''] ?? null;
          return typeof held === 'boolean' ? null : held;
        };
        return {
          id: qualifyId(OBJECTS[entity], id),
          updatedAt: Date.parse(String(fields['SystemModstamp'])),
          fields: Object.fromEntries(LOOKED_AT[entity].map((field) => [field, value(field)])),
        };
      }),
    roles: () =>
      emulator.ids('Contact').flatMap((id) => {
        const account = emulator.get('Contact', id)?.fields['AccountId'] ?? null;
        return account === null ? [] : [`Account:${String(account)} Contact:${id}`];
      }),
    tasks: () =>
      emulator.ids('Task').map((id) => {
        const { Subject: subject, WhatId: what } = emulator.get('Task', id)?.fields ?? {};
        return {
          id: qualifyId('Task', id),
          subject: typeof subject === 'string' ? subject : null,
          accountIds: typeof what === 'string' ? [qualifyId('Account', what)] : [],
        };
      }),
    journalId: (object, id) => qualifyId(object, id),
    vendorField: (entity, field) => FIELDS[`${entity}.${field}`] ?? field,
    ownerField: 'OwnerId',
    handle(request, pageSize) {
      options.pageSize = pageSize;
      return lying(emulator.handle(request), request);
    },
    isWrite: (method, path) =>
      method === 'PATCH' || method === 'DELETE' || (method === 'POST' && path.includes('/sobjects')),
    isLogin: (path) => path.includes('/oauth2/'),
    sentValues,
    wrongWrite: (request) =>
      request.headers['sforce-auto-assign']?.toUpperCase() === 'FALSE' ? null : 'a write that lets rules assign owners',
    connect: (way, context) =>
      salesforce.connect(
        {
          loginUrl: way.origin,
          clientId: sandboxUser.clientId,
          ...(settings.login === 'token'
            ? { clientSecret: sandboxUser.clientSecret }
            : {
                refreshToken,
                onRefreshToken: (next: string) => {
                  refreshToken = next;
                },
              }),
          connector: way.undiciConnect as never,
          entities: [...settings.entities],
        },
        context,
      ),
  };
}

const LOOKED_AT: Readonly<Record<PersonEntity, readonly string[]>> = {
  account: ['name', 'healthScore', 'nextStep'],
  contact: ['name', 'referralsWon'],
  opportunity: ['name', 'referralState'],
};

/** A request marked so by the simulation is answered with an instance outside of Salesforce's domains. */
function lying(response: EmulatedResponse, request: EmulatedRequest): EmulatedResponse {
  if (request.headers['x-sim-lie'] === undefined || response.status !== 200) return response;
  const body = JSON.parse(String(response.body)) as object;
  return { ...response, body: JSON.stringify({ ...body, instance_url: 'https://collector.example.org' }) };
}

/** What says which record is meant, and the link, which every retry completes. */
const NO_VALUES = ['attributes', 'Id', 'id', 'Holdfast_Key__c', 'WhatId'];

function sentValues(request: EmulatedRequest): readonly SentValue[] {
  if (!request.path.includes('/composite/sobjects')) return [];
  const { records = [] } = (request.body === '' ? {} : JSON.parse(request.body)) as {
    readonly records?: readonly Readonly<Record<string, unknown>>[];
  };
  return records.flatMap((record) => {
    const target = String(record['Id'] ?? record['id'] ?? record['Holdfast_Key__c'] ?? record['Subject']);
    return Object.entries(record)
      .filter(([field]) => !NO_VALUES.includes(field))
      .map(([field, value]) => ({ target, field, value: String(value) }));
  });
}
