import { parseDay } from '@holdfast/core';
import * as z from 'zod';

const day = z.string().refine((text) => parseDay(text) !== null, 'is no day');
const share = z.number().min(0).max(1);
const arm = z.enum(['treat', 'hold-out', 'exempt']);
const accountId = z.string().min(1).max(100);
/** Names a driver; never a text that somebody typed. */
const driver = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,63}$/);

/** Somebody acted on an account: no person and no free text is kept, so that nothing about a contact can enter. */
const actionLine = z.strictObject({
  kind: z.literal('action'),
  accountId,
  driver,
  on: day,
  probability: share,
  modelVersion: z.string().max(100),
  arm,
  propensity: share,
  cost: z.number().min(0).nullable(),
  hours: z.number().min(0).nullable(),
});

/** The arm that an account was drawn for. */
const armLine = z.strictObject({
  kind: z.literal('arm'),
  accountId,
  stratum: z.string().max(300),
  arm,
  propensity: share,
  assignedAt: z.number().int(),
  proposed: driver,
  probability: share,
  assumedDrop: z.number(),
});

/** One line of the log. */
export const logLine = z.discriminatedUnion('kind', [actionLine, armLine]);

export type ActionLine = z.infer<typeof actionLine>;
export type LogLine = z.infer<typeof logLine>;
