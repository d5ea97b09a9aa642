import { CrmError, type WritableEntity, type Write } from '@holdfast/core';
import { idParts } from '../id-parts.ts';
import { query } from '../read/query.ts';
import { recordId } from '../record-id.ts';
import type { Session } from '../session.ts';
import { name, soql } from '../soql.ts';
import { amountsOf } from './fields.ts';

/** The currency of each record that an amount will be written to; asked only in a multi-currency org, in one call. */
export async function recordCurrencies<E extends WritableEntity>(
  session: Session,
  object: string,
  batch: readonly Write<E>[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  if (!session.org.multiCurrency) return new Map();
  const ids = batch.flatMap((write) => {
    const id =
      amountsOf(write as Write).length > 0 && 'id' in write.target ? recordId(idParts(write.target.id).nativeId) : null;
    return id === null ? [] : [id];
  });
  if (ids.length === 0) return new Map();
  const question = soql`SELECT Id, CurrencyIsoCode FROM ${name(object)} WHERE Id IN ${[...new Set(ids)]}`;
  const { rows } = await query(session.client, question, { purpose: 'write', whole: true, signal });
  return new Map(rows.map((row) => [recordId(String(row['Id'])) ?? '', String(row['CurrencyIsoCode'])]));
}

/** An amount in another currency than its record's would be shown as that currency: refused, never converted. */
export function foreignAmount<E extends WritableEntity>(
  session: Session,
  write: Write<E>,
  recordCurrency: string | undefined,
): CrmError | null {
  const expected = recordCurrency ?? session.org.currency;
  const foreign = amountsOf(write as Write).find((amount) => amount.currency !== expected);
  if (!foreign) return null;
  return new CrmError(
    'invalid',
    `An amount in ${foreign.currency} cannot be written to a record in ${expected}: plan it in the record's currency.`,
  );
}
