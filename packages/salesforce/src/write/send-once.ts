import type { WritableEntity, Write, WriteResult } from '@holdfast/core';

/**
 * Encodes a batch, sends what is fit to be sent in one call, and gives one result per write in the order of the batch.
 * Salesforce refuses a record that occurs twice in a call, so only the last write to it is sent; the ones before are
 * reported as not processed, to be tried again.
 */
export async function sendOnce<E extends WritableEntity, R>(
  batch: readonly Write<E>[],
  encode: (write: Write<E>) => R,
  identity: (record: R) => string,
  send: (records: readonly R[], writes: readonly Write<E>[]) => Promise<readonly WriteResult[]>,
  refused: (write: Write<E>, error: unknown) => WriteResult,
): Promise<readonly WriteResult[]> {
  const results = new Array<WriteResult>(batch.length);
  const last = new Map<string, { readonly record: R; readonly index: number }>();
  batch.forEach((write, index) => {
    try {
      const record = encode(write);
      const earlier = last.get(identity(record));
      if (earlier) results[earlier.index] = repeated(batch[earlier.index] as Write<E>);
      last.set(identity(record), { record, index });
    } catch (error) {
      results[index] = refused(write, error);
    }
  });
  const sent = [...last.values()].sort((one, other) => one.index - other.index);
  if (sent.length === 0) return results;
  const answers = await send(
    sent.map(({ record }) => record),
    sent.map(({ index }) => batch[index] as Write<E>),
  );
  for (const [at, { index }] of sent.entries()) results[index] = answers[at] as WriteResult;
  return results;
}

function repeated(write: Write<WritableEntity>): WriteResult {
  return { key: write.key, status: 'unprocessed', reason: 'Another write to the same record follows in this batch' };
}
