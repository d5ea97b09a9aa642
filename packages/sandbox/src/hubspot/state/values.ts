import { linksOf, targetsOf } from './links.ts';
import type { Portal } from './portal.ts';
import type { Value, Version } from './record.ts';
import { stored, type Table } from './table.ts';

type Compute = (portal: Portal, table: Table, version: Version) => Value;

/** An instant as HubSpot prints it. */
export function isoInstant(at: number): string {
  return new Date(at).toISOString();
}

/** The value of a property as a read gives it: stored, or computed from the record and its links. */
export function propertyValue(portal: Portal, table: Table, version: Version, name: string): Value {
  const compute = everywhere.get(name) ?? byType.get(table.type.id)?.get(name);
  return compute === undefined ? stored(table, version, name) : compute(portal, table, version);
}

/** Whether a property is computed from more than the record itself, so that it moves without a commit of its own. */
export function followsOthers(table: Table, name: string): boolean {
  return !everywhere.has(name) && (byType.get(table.type.id)?.has(name) ?? false);
}

const id: Compute = (_portal, _table, { record }) => String(record.id);
const createdAt: Compute = (_portal, _table, { record }) => isoInstant(record.createdAt);
const updatedAt: Compute = (_portal, _table, version) => isoInstant(version.updatedAt);
const count =
  (to: string): Compute =>
  (portal, table, { record }) =>
    String(targetsOf(portal.links, table.type.id, to, record.id).length);

const everywhere = new Map<string, Compute>([
  ['hs_object_id', id],
  ['createdate', createdAt],
  ['hs_createdate', createdAt],
  ['lastmodifieddate', updatedAt],
  ['hs_lastmodifieddate', updatedAt],
  [
    'hs_merged_object_ids',
    (_p, _t, { record }) => (record.mergedIds.length === 0 ? undefined : record.mergedIds.join(';')),
  ],
]);

const byType = new Map<string, Map<string, Compute>>([
  [
    '0-1',
    new Map<string, Compute>([
      ['associatedcompanyid', linked('0-2', 1)],
      ['hs_all_contact_vids', (_p, _t, { record }) => [record.id, ...record.mergedIds].join(';')],
      ['hs_email_domain', (_p, table, version) => stored(table, version, 'email')?.split('@')[1]],
      ['hs_is_contact', () => 'true'],
      ['hs_is_unworked', () => 'true'],
      ['hs_pipeline', () => 'contacts-lifecycle-pipeline'],
      ['num_associated_deals', count('0-3')],
    ]),
  ],
  [
    '0-2',
    new Map<string, Compute>([
      ['hs_parent_company_id', linked('0-2', 14)],
      [
        'hs_num_child_companies',
        (portal, _t, { record }) => String(ofType(portal, '0-2', '0-2', record.id, 13).length),
      ],
      ['num_associated_contacts', count('0-1')],
      ['num_associated_deals', count('0-3')],
    ]),
  ],
  [
    '0-3',
    new Map<string, Compute>([
      ['hs_is_closed', stageFact('isClosed', 'false')],
      [
        'hs_is_closed_won',
        (portal, table, version) => String(stageFact('probability', '')(portal, table, version) === '1.0'),
      ],
      ['hs_deal_stage_probability', stageFact('probability', undefined)],
      ['amount_in_home_currency', homeAmount],
      ['hs_exchange_rate', (portal, table, version) => String(rateOf(portal, table, version) ?? '') || undefined],
      ['hs_primary_associated_company', linked('0-2', 5)],
      ['num_associated_contacts', count('0-1')],
    ]),
  ],
  ['0-8', new Map<string, Compute>([['amount', lineAmount]])],
]);

function ofType(portal: Portal, from: string, to: string, recordId: number, typeId: number): number[] {
  const flat = linksOf(portal.links, from, to, recordId);
  return flat.filter((_, index) => index % 2 === 0 && flat[index + 1] === typeId);
}

/** The one record that a link of a single kind leads to. */
function linked(to: string, typeId: number): Compute {
  return (portal, table, { record }) => ofType(portal, table.type.id, to, record.id, typeId)[0]?.toString();
}

function stageFact(key: string, otherwise: Value): Compute {
  return (portal, table, version) => {
    const stage = stored(table, version, 'dealstage');
    for (const pipeline of portal.pipelines.get('0-3') ?? []) {
      for (const one of pipeline.stages) if (one.id === stage) return one.metadata[key] ?? otherwise;
    }
    return otherwise;
  };
}

function rateOf(portal: Portal, table: Table, version: Version): number | undefined {
  const currency = stored(table, version, 'deal_currency_code') || portal.currency;
  return currency === portal.currency ? 1 : portal.exchangeRates[currency];
}

function homeAmount(portal: Portal, table: Table, version: Version): Value {
  const amount = stored(table, version, 'amount');
  const rate = rateOf(portal, table, version);
  if (!amount || rate === undefined) return undefined;
  return String(Math.round(Number(amount) * rate * 100) / 100);
}

function lineAmount(_portal: Portal, table: Table, version: Version): Value {
  const price = stored(table, version, 'price');
  if (!price) return undefined;
  const quantity = Number(stored(table, version, 'quantity') || '1');
  const off = 1 - Number(stored(table, version, 'hs_discount_percentage') || '0') / 100;
  return String(Math.round(Number(price) * quantity * off * 100) / 100);
}
