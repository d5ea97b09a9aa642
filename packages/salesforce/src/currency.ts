import { CrmError } from '@holdfast/core';
import type { Client } from './client.ts';
import { isJwt } from './token-form.ts';

const EURO = 'AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'.split(' ');
const OTHERS: Readonly<Record<string, string>> = {
  ...{ US: 'USD', CA: 'CAD', MX: 'MXN', BR: 'BRL', GB: 'GBP', CH: 'CHF', SE: 'SEK', NO: 'NOK', DK: 'DKK', PL: 'PLN' },
  ...{ CZ: 'CZK', HU: 'HUF', TR: 'TRY', IL: 'ILS', ZA: 'ZAR', IN: 'INR', JP: 'JPY', CN: 'CNY', KR: 'KRW', SG: 'SGD' },
  ...{ HK: 'HKD', AU: 'AUD', NZ: 'NZD' },
};

/** The currency of an org that has one, and whether that is only what its locale suggests. */
export interface OrgCurrency {
  readonly currency: string;
  readonly assumed: boolean;
}

/**
 * The one currency of an org. Only the SOAP API's getUserInfo tells it (`orgDefaultCurrencyIsoCode`); where SOAP is
 * closed to this user or token, the org's locale suggests one, which `check` then says. Throws `invalid` when neither does.
 */
export async function readCurrency(client: Client, locale: unknown, signal?: AbortSignal): Promise<OrgCurrency> {
  const told = await askUserInfo(client, signal);
  if (told !== null) return { currency: told, assumed: false };
  const region = typeof locale === 'string' ? (/_([A-Z]{2})(?:_|$)/.exec(locale)?.[1] ?? '') : '';
  const suggested = EURO.includes(region) ? 'EUR' : OTHERS[region];
  if (suggested) return { currency: suggested, assumed: true };
  throw new CrmError(
    'invalid',
    "Salesforce does not tell the org's currency: set options.currency to its ISO code, such as EUR.",
  );
}

async function askUserInfo(client: Client, signal?: AbortSignal): Promise<string | null> {
  const info: unknown = await client
    .call({ purpose: 'connect', signal }, async (connection) =>
      // jsforce refuses SOAP with tokens of this form before API version 68
      isJwt(connection.accessToken) ? null : connection.soap.getUserInfo(),
    )
    .catch((error: unknown) => {
      if (error instanceof CrmError && ['permission', 'not-found', 'invalid'].includes(error.code)) return null;
      throw error;
    });
  const code = (info as { readonly orgDefaultCurrencyIsoCode?: unknown } | null)?.orgDefaultCurrencyIsoCode;
  return typeof code === 'string' && /^[A-Z]{3}$/.test(code) ? code : null;
}
