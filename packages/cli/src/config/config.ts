import { orgProfile } from '@holdfast/core/model';
import * as z from 'zod';

/** Stages of trust: report only, write fields, write fields and tasks. Moving up is an explicit command. */
export const STAGES = ['observe', 'write', 'act'] as const;

/**
 * `holdfast.config.json`: which CRM, its options (never secrets: those come from the environment), whose book.
 * `init` writes it; a person may edit it.
 */
export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  crm: z.string().min(1),
  options: z.record(z.string(), z.unknown()).default({}),
  stage: z.enum(STAGES).default('observe'),
  profile: orgProfile.optional(),
  /** How long events, runs and reports are kept here, in days: three years by default; features look back two. */
  keepDays: z.number().int().min(730).optional(),
});
export type Config = z.infer<typeof configSchema>;
