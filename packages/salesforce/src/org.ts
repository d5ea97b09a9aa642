import { type CrmCapabilities, CrmError } from '@holdfast/core';
import type { Client } from './client.ts';
import { type CompositeAnswers, rowsOf } from './describe.ts';
import { protocolError } from './errors.ts';
import type { SalesforceOptions } from './options.ts';
import { recordId } from './record-id.ts';

export type Org = CrmCapabilities['org'] & {
  /** Amounts carry the currency of their record. */
  readonly multiCurrency: boolean;
};

/** What is asked of an org besides its objects; part of the composite call of `connect`. */
export const ORG_QUERIES = {
  organization: 'SELECT Id, Name, OrganizationType, IsSandbox, TimeZoneSidKey FROM Organization LIMIT 1',
  currencies: 'SELECT IsoCode FROM CurrencyType WHERE IsCorporate = TRUE LIMIT 1',
} as const;

/** Reads who the org is. Its currency is the corporate one, or the only one, which just the SOAP API tells. */
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
  const edition = String(row['OrganizationType'] ?? 'unknown');
  return {
    id,
    name: String(row['Name'] ?? ''),
    edition,
    kind: row['IsSandbox'] === true ? 'sandbox' : edition === 'Developer Edition' ? 'developer' : 'production',
    timeZone: timeZoneOf(row['TimeZoneSidKey']),
    currency: options.currency ?? (typeof isoCode === 'string' ? isoCode : await onlyCurrency(client, signal)),
    multiCurrency: typeof isoCode === 'string',
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

/** getUserInfo of the SOAP API: `orgDefaultCurrencyIsoCode` is set where an org has one currency. */
async function onlyCurrency(client: Client, signal?: AbortSignal): Promise<string> {
  const unknown = new CrmError(
    'invalid',
    "Salesforce does not tell the org's currency: set options.currency to its ISO code, such as EUR.",
  );
  const info: unknown = await client.call({ purpose: 'connect', signal }, async (connection) => {
    // jsforce refuses SOAP with tokens of this form before API version 68
    if (isJwt(connection.accessToken)) throw unknown;
    return connection.soap.getUserInfo();
  });
  const code = (info as { readonly orgDefaultCurrencyIsoCode?: unknown } | null)?.orgDefaultCurrencyIsoCode;
  if (typeof code !== 'string' || !/^[A-Z]{3}$/.test(code)) throw unknown;
  return code;
}

function isJwt(token: string | null | undefined): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token ?? '');
}
