import { PRIVACY_POLICY, type PrivacyPolicy } from '@holdfast/core';
import { orgProfile } from '@holdfast/core/model';
import * as z from 'zod';

/** Stages of trust: report only, write fields, write fields and tasks. Moving up is an explicit command. */
export const STAGES = ['observe', 'write', 'act'] as const;

const spendAndCount = z.strictObject({ spend: z.number().min(0), count: z.number().int().min(0) });
const twoPeriods = spendAndCount.extend({ before: spendAndCount.optional() });
const share = z.number().min(0).max(1);

/**
 * The company's own costs of a period, spend in minor units of the book's currency. `before` is an earlier period of the
 * same length, for marginal costs. `saves` is assumed, until a hold-out measures it.
 */
const ownCosts = z.strictObject({
  /** Sales and marketing spend, and accounts won. */
  acquisition: twoPeriods,
  /** Spend on serving, and accounts served. */
  serving: twoPeriods,
  /** Spend on keeping accounts, and accounts that it was spent on. */
  retention: spendAndCount,
  /** Share of those that would have gone and stayed. */
  saves: z
    .strictObject({ assumedRate: share, low: share, high: share })
    .refine(({ assumedRate, low, high }) => low <= assumedRate && assumedRate <= high, 'low <= assumedRate <= high')
    .optional(),
});
export type OwnCosts = z.infer<typeof ownCosts>;

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
  /** What winning, serving and keeping cost: `holdfast forecast` then says which is dearer. */
  economics: ownCosts.optional(),
  /**
   * Write a note on the timeline of who was introduced to us, when that was taken, won, or came to nothing, from this day
   * on; left out: none. Notes are written at stage `act`.
   */
  notes: z.strictObject({ since: z.iso.date() }).optional(),
  /** How long events, runs and reports are kept here, in days: three years by default; features look back two. */
  keepDays: z.number().int().min(730).optional(),
  /**
   * How long an erasure leaves what it must, in days; the company sets them by the law where it runs. The digests by which
   * somebody who was erased is known again: 30 to 3,653. Who was paid, after the last payment: 365 to 7,305.
   */
  privacy: z
    .strictObject({
      tombstoneDays: z.number().int().min(30).max(3_653).default(PRIVACY_POLICY.tombstoneDays),
      vaultDays: z.number().int().min(365).max(7_305).default(PRIVACY_POLICY.vaultDays),
    })
    .optional(),
});
export type Config = z.infer<typeof configSchema>;

/** How long what erasures leave is kept: the config's terms, and the house's where it says nothing. */
export function privacyPolicy({ privacy }: Pick<Config, 'privacy'>): PrivacyPolicy {
  return { ...PRIVACY_POLICY, ...privacy };
}
