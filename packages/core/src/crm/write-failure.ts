import type { WritableEntity } from '../model/types.ts';
import { CrmError } from './error.ts';
import type { WriteItem, WriteOutcome } from './write-item.ts';

/** The item after one more call for it that failed, with nothing sent. */
export function oneMoreAttempt<E extends WritableEntity>(item: WriteItem<E>): WriteItem<E> {
  return { ...item, attempts: item.attempts + 1 };
}

/** The item after an attempt to write it that failed. */
export function afterFailure<E extends WritableEntity>(item: WriteItem<E>, error: CrmError): WriteItem<E> {
  return { ...oneMoreAttempt(item), attempted: item.attempted || isDoubtful(error) };
}

/** Whether the write may have been carried out all the same: no answer, a server's failure, or an answer nobody can read. */
function isDoubtful(error: CrmError): boolean {
  return error.outcomeUnknown || error.code === 'unavailable' || error.code === 'protocol';
}

/**
 * How an item ends that is not tried again. What may have been carried out, or may yet succeed, is not called failed.
 * `duringRead`: the call that failed was the re-read, so it says nothing of an earlier attempt.
 */
export function givenUp<E extends WritableEntity>(
  item: WriteItem<E>,
  error: CrmError,
  duringRead: boolean,
): WriteOutcome<E> {
  const isOpen = isDoubtful(error) || error.retryable || (duringRead && item.attempted);
  return isOpen ? unknownOutcome(item, error) : { key: item.write.key, status: 'failed', error };
}

function unknownOutcome<E extends WritableEntity>(item: WriteItem<E>, error: CrmError): WriteOutcome<E> {
  return { key: item.write.key, status: 'unprocessed', reason: error.message };
}

/** The error of an item that the CRM gave no usable result for. */
export function doubt(reason = 'The CRM gave no result for this record.'): CrmError {
  return new CrmError('unavailable', reason, { retryable: true, outcomeUnknown: true });
}

/** A doubtful outcome is always worth another look, whatever the adapter says of trying again. */
export function retryableForm(error: CrmError): CrmError {
  if (error.retryable || !isDoubtful(error)) return error;
  const { code, message, retryAfterMs, exhausted } = error;
  return new CrmError(code, message, {
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
    retryable: true,
    outcomeUnknown: true,
    exhausted,
    cause: error,
  });
}
