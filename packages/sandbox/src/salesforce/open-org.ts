import { checksum, idSource } from './ids.ts';
import type { SalesforceOptions, SalesforceUser } from './options.ts';
import { knownObject, type Org, type OrgUser } from './org.ts';
import { historyObject } from './schema/history-object.ts';
import type { ObjectDef } from './schema/object.ts';
import { currencyField, personAccountFields, recordTypeField } from './schema/optional-fields.ts';
import { taskStatuses } from './schema/standard/activity.ts';
import { standardObjects } from './schema/standard/index.ts';
import { standardStages } from './schema/standard/opportunity.ts';
import { accountContactRelation } from './schema/standard/people.ts';
import { referral } from './schema/standard/referral.ts';
import { currencyType } from './schema/standard/setup.ts';
import { openSession } from './sessions.ts';
import { type Cell, idOf } from './store/row.ts';
import { makeSObject, type SObject, setCell } from './store/sobject.ts';
import { type Author, addRow } from './write/commit.ts';
import { noRules } from './write/rules.ts';

/** The user that the sandbox has when none is given: an administrator behind client credentials. */
export const sandboxUser: SalesforceUser = {
  username: 'integration@example.com',
  name: 'Integration User',
  email: 'integration@example.com',
  clientId: 'sandbox-client',
  clientSecret: 'sandbox-secret',
  refreshToken: 'sandbox-refresh',
  authorizationCode: 'sandbox-code',
  accessToken: 'sandbox-token',
};

/** Opens an org as it is before any record of the customer: objects, users, stages, profile, organization. */
export function openOrg(options: SalesforceOptions): Org {
  const seed = options.seed ?? 1;
  const ids = idSource(seed);
  const settings = options.options ?? {};
  const objects = new Map<string, SObject>();
  for (const def of definitions(options)) objects.set(def.name.toLowerCase(), makeSObject(def));
  const users: OrgUser[] = [];
  let changed = { version: -1, at: 0 };
  const org: Org = {
    id: options.orgId ?? organizationId(seed),
    options,
    settings,
    clock: options.clock,
    apiVersion: Number(options.apiVersion ?? '66.0'),
    objects,
    ids,
    users,
    sessions: new Map(),
    refreshTokens: new Map(),
    authorizationCodes: new Map(),
    cursors: new Map(),
    deployments: new Map(),
    deleteLog: [],
    journal: [],
    calls: new Map(),
    rules: noRules(),
    accessCache: new Map(),
    locks: new Map(),
    hidden: new Set(),
    schemaChangedAt() {
      if (changed.version !== org.counters.schema) changed = { version: org.counters.schema, at: options.clock.now() };
      return changed.at;
    },
    counters: { request: 0, apiUsage: 0, usageDay: -1, token: 0, cursor: 0, schema: 0, autoNumber: 0 },
  };
  addUsers(org, users, options.users ?? [sandboxUser]);
  addSetup(org);
  org.schemaChangedAt();
  org.journal.length = 0;
  return org;
}

function organizationId(seed: number): string {
  const id15 = `00D${idSource(seed).next('00D').slice(3, 15)}`;
  return id15 + checksum(id15);
}

/** The org's objects with the fields that its features add. */
function definitions(options: SalesforceOptions): readonly ObjectDef[] {
  const settings = options.options ?? {};
  const extra = [
    ...(settings.contactsToMultipleAccounts === true ? [accountContactRelation] : []),
    ...(options.multiCurrency === true ? [currencyType] : []),
    ...(settings.referrals === undefined ? [] : [referral(settings.referrals)]),
    ...[...new Set((settings.trackedFields ?? []).map((name) => name.split('.')[0] as string))].map(historyObject),
  ];
  return [...standardObjects, ...extra].map((def) => withFeatures(def, options));
}

function withFeatures(def: ObjectDef, options: SalesforceOptions): ObjectDef {
  const typed = options.options?.recordTypes?.some((type) => type.object === def.name) === true;
  const isPersonObject = options.personAccounts === true && (def.name === 'Account' || def.name === 'Contact');
  const hasMoney =
    def.fields.some((candidate) => candidate.type === 'currency' || candidate.name === 'OwnerId') &&
    def.name !== 'Organization';
  return {
    ...def,
    fields: [
      ...def.fields,
      ...(typed || (isPersonObject && def.name === 'Account') ? [recordTypeField] : []),
      ...(isPersonObject ? personAccountFields(def.name) : []),
      ...(options.multiCurrency === true && hasMoney ? [currencyField(options)] : []),
    ],
  };
}

function addUsers(org: Org, users: OrgUser[], logins: readonly SalesforceUser[]): void {
  const object = knownObject(org, 'User');
  for (const login of logins) {
    const id = org.ids.next('005');
    const user: OrgUser = { ...login, id };
    users.push(user);
    const [first, ...rest] = (login.name ?? login.username).split(' ');
    const values = new Map<string, Cell>([
      ['Username', login.username],
      ['FirstName', rest.length > 0 ? (first ?? null) : null],
      ['LastName', rest.length > 0 ? rest.join(' ') : (first ?? null)],
      ['Email', login.email ?? login.username],
      ['IsActive', true],
      ['UserType', 'Standard'],
      ['TimeZoneSidKey', login.timeZone ?? 'America/Los_Angeles'],
      ['LocaleSidKey', 'en_US'],
      ['LanguageLocaleKey', 'en_US'],
      ['EmailEncodingKey', 'UTF-8'],
    ]);
    addRow(org, { by: 'system', userId: id, request: 0 }, object, values, id);
    if (login.refreshToken !== undefined) org.refreshTokens.set(login.refreshToken, user);
    if (login.authorizationCode !== undefined) org.authorizationCodes.set(login.authorizationCode, user);
    if (login.accessToken !== undefined) openSession(org, user, login.accessToken);
  }
}

function addSetup(org: Org): void {
  const author: Author = { by: 'system', userId: org.users[0]?.id ?? '', request: 0 };
  const add = (name: string, values: Readonly<Record<string, Cell>>, id?: string) =>
    addRow(org, author, knownObject(org, name), new Map(Object.entries(values)), id);
  const profile = add('Profile', {
    Name: 'System Administrator',
    PermissionsModifyAllData: true,
    PermissionsViewAllData: true,
    PermissionsApiEnabled: true,
    PermissionsModifyMetadata: true,
    UserType: 'Standard',
  });
  for (const user of org.users) {
    const row = knownObject(org, 'User').rows.get(user.id);
    if (row !== undefined) setCell(knownObject(org, 'User'), row, 'ProfileId', idOf(profile));
  }
  add('PermissionSet', {
    Name: 'X00eSystemAdministrator',
    Label: 'X00eSystemAdministrator',
    ProfileId: idOf(profile),
    IsOwnedByProfile: true,
    Type: 'Profile',
  });
  add('Pricebook2', { Name: 'Standard Price Book', IsActive: true, IsStandard: true });
  for (const [index, stage] of standardStages.entries()) addStage(org, author, stage, index + 1);
  for (const [index, [label, closed]] of Object.entries(org.settings.taskStatuses ?? taskStatuses).entries())
    add('TaskStatus', {
      ...{ MasterLabel: label, ApiName: label, SortOrder: index + 1 },
      ...{ IsDefault: index === 0, IsClosed: closed },
    });
  for (const type of org.settings.recordTypes ?? []) {
    add('RecordType', {
      Name: type.label,
      DeveloperName: type.developerName,
      SobjectType: type.object,
      IsActive: true,
    });
  }
  for (const [code, rate] of Object.entries(org.settings.currencyRates ?? {})) {
    if (org.options.multiCurrency !== true) continue;
    const corporate = code === (org.settings.corporateCurrency ?? 'USD');
    add('CurrencyType', {
      IsoCode: code,
      ConversionRate: rate,
      DecimalPlaces: 2,
      IsActive: true,
      IsCorporate: corporate,
    });
  }
  addOrganization(org, add);
}

/** Adds one sales stage's settings row. */
function addStage(org: Org, author: Author, stage: (typeof standardStages)[number], order: number): void {
  const values = new Map<string, Cell>([
    ['MasterLabel', stage.label],
    ['ApiName', stage.label],
    ['IsActive', true],
    ['SortOrder', order],
    ['IsClosed', stage.closed],
    ['IsWon', stage.won],
    ['ForecastCategory', stage.forecast.replace(' ', '')],
    ['ForecastCategoryName', stage.forecast],
    ['DefaultProbability', stage.probability],
  ]);
  addRow(org, author, knownObject(org, 'OpportunityStage'), values);
}

const editionNames = {
  developer: 'Developer Edition',
  professional: 'Professional Edition',
  enterprise: 'Enterprise Edition',
  unlimited: 'Unlimited Edition',
} as const;

function addOrganization(
  org: Org,
  add: (name: string, values: Readonly<Record<string, Cell>>, id?: string) => unknown,
): void {
  add(
    'Organization',
    {
      Name: 'Sandbox',
      Country: 'US',
      OrganizationType: editionNames[org.options.edition],
      InstanceName: 'SBX1',
      IsSandbox: false,
      TimeZoneSidKey: 'America/Los_Angeles',
      DefaultLocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      FiscalYearStartMonth: org.settings.fiscalYearStartMonth ?? 1,
      DefaultAccountAccess: 'Edit',
    },
    org.id,
  );
}
