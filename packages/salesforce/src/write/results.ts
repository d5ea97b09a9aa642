import { CrmError, qualifyId, type WritableEntity, type Write, type WriteResult } from '@holdfast/core';
import * as z from 'zod';
import { itemError, protocolError } from '../errors.ts';
import { recordId } from '../record-id.ts';

const rows = z.array(
  z.object({
    id: z.string().nullish(),
    success: z.boolean(),
    errors: z.array(
      z.object({
        statusCode: z.string().optional(),
        errorCode: z.string().optional(),
        message: z.string().optional(),
        fields: z.array(z.string()).optional(),
        duplicateResult: z.unknown().optional(),
      }),
    ),
  }),
);

/** One row of a collections answer, in the order of what was sent; a failed row carries no id. */
export type CollectionRow = z.infer<typeof rows>[number];

/** Checks a collections answer. HTTP 200 says nothing of the items; too few rows leave all of them unknown. */
export function collectionRows(answer: unknown, sent: number): readonly CollectionRow[] {
  const parsed = rows.safeParse(answer);
  if (!parsed.success || parsed.data.length !== sent) throw protocolError('does not match the records sent', true);
  return parsed.data;
}

/** What became of one record. */
export function resultOf(write: Write<WritableEntity>, row: CollectionRow, object: string): WriteResult {
  const { key } = write;
  const id = row.id ? recordId(row.id) : null;
  if (row.success && id !== null) return { key, status: 'written', id: qualifyId(object, id) };
  if (row.success) return { key, status: 'unprocessed', reason: 'Salesforce reports success without an id' };
  const halted = row.errors.every((error) =>
    ['PROCESSING_HALTED', 'ALL_OR_NONE_OPERATION_ROLLED_BACK'].includes(error.statusCode ?? ''),
  );
  if (halted) return { key, status: 'unprocessed', reason: 'Salesforce stopped before this record' };
  return {
    key,
    status: 'failed',
    error: itemError(
      row.errors.map(({ statusCode, errorCode, message, fields, duplicateResult }) => ({
        ...(statusCode ? { statusCode } : {}),
        ...(errorCode ? { errorCode } : {}),
        ...(message ? { message } : {}),
        ...(fields ? { fields } : {}),
        duplicateResult,
      })),
    ),
  };
}

/** A write that is refused here, before anything is sent. */
export function refused(write: Write<WritableEntity>, error: unknown): WriteResult {
  if (!(error instanceof CrmError)) throw error;
  return { key: write.key, status: 'failed', error };
}
