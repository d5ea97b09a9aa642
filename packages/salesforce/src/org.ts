import type { CrmCapabilities } from '@holdfast/core';
import type { Client } from './client.ts';
import { type OrgCurrency, readCurrency } from './currency.ts';
import { type CompositeAnswers, rowsOf } from './describe.ts';
import { protocolError } from './errors.ts';
import type { SalesforceOptions } from './options.ts';
import { recordId } from './record-id.ts';

export type Org = CrmCapabilities['org'] & {
  /** Amounts carry the currency of their record. */
  readonly multiCurrency: boolean;
  /** Nobody told the currency: the locale suggests it. */
  readonly currencyAssumed: boolean;
};

/** What is asked of an org besides its objects; part of the composite call of `connect`. */
export const ORG_QUERIES = {
  organization:
    'SELECT Id, Name, OrganizationType, IsSandbox, TimeZoneSidKey, DefaultLocaleSidKey FROM Organization LIMIT 1',
  currencies: 'SELECT IsoCode FROM CurrencyType WHERE IsCorporate = TRUE LIMIT 1',
} as const;

/** Reads who the org is. */
export async function readOrg(
  client: Client,
  answers: CompositeAnswers,
  options: SalesforceOptions,
  signal?: AbortSignal,
): Promise<Org> {
  const [row] = rowsOf(answers, 'organization') ?? [];
  const id = recordId(String(row?.['Id']));
  if (!row || id === null) throw protocolError('does not say which org it is');
  const [corporate] = rowsOf(answers, 'currencies') ?? [];
  const isoCode = corporate?.['IsoCode'];
  const stated = options.currency ?? (typeof isoCode === 'string' ? isoCode : null);
  const { currency, assumed }: OrgCurrency =
    stated === null
      ? await readCurrency(client, row['DefaultLocaleSidKey'], signal)
      : { currency: stated, assumed: false };
  const edition = String(row['OrganizationType'] ?? 'unknown');
  return {
    id,
    name: String(row['Name'] ?? ''),
    edition,
    kind: row['IsSandbox'] === true ? 'sandbox' : edition === 'Developer Edition' ? 'developer' : 'production',
    timeZone: timeZoneOf(row['TimeZoneSidKey']),
    currency,
    multiCurrency: typeof isoCode === 'string',
    currencyAssumed: assumed,
  };
}

function timeZoneOf(key: unknown): string {
  const zone = typeof key === 'string' ? key : 'UTC';
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return 'UTC';
  }
}
