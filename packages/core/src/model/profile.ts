import * as z from 'zod';
import { isTimeZone } from './dates.ts';
import {
  COMPETING_CAUSES,
  LATER_DAYS,
  OPPORTUNITY_KINDS,
  RECORD_ROLES,
  STAGE_MEANINGS,
  UNIT_REFUSAL,
} from './values.ts';

/**
 * The org profile: whose book, whose words. It holds the org's own stable values and says what they mean. A value
 * that occurs in the CRM and is not listed here is a problem that `check` reports, never a default.
 */
export const orgProfile = z.object({
  /** The portal or org that this profile was confirmed for. */
  orgId: z.string().min(1),
  /** Set when a person confirmed the book on sample accounts; nothing is scored before. */
  confirmedAt: z.number().int().nullable(),
  book: z.object({
    /** What each lifecycle value (or account type) means; every value in use must be listed. */
    lifecycles: z.record(z.string(), z.enum(RECORD_ROLES)),
    /** An account with no lifecycle value. */
    blank: z.enum(RECORD_ROLES),
    /** A won opportunity makes an account of role `other` or `prospect` a customer. */
    wonOpportunity: z.boolean(),
    /** So does a contract that runs. */
    activeContract: z.boolean(),
    /** Only these accounts, where the company starts with a pilot; empty means all. */
    pilot: z.array(z.string()),
  }),
  opportunities: z.object({
    /** Meaning of each stage, by `pipeline/stage` (or the stage alone where the CRM has no pipelines). */
    stages: z.record(z.string(), z.enum(STAGE_MEANINGS)),
    /** Kind by pipeline, then by type; type wins. */
    pipelines: z.record(z.string(), z.enum(OPPORTUNITY_KINDS)),
    types: z.record(z.string(), z.enum(OPPORTUNITY_KINDS)),
  }),
  tickets: z.object({ stages: z.record(z.string(), z.enum(['open', 'closed'])), urgent: z.array(z.string()) }),
  contracts: z.object({ statuses: z.record(z.string(), z.enum(['draft', 'active', 'ended', 'terminated'])) }),
  orders: z.object({ statuses: z.record(z.string(), z.enum(['open', 'shipped', 'delivered', 'cancelled'])) }),
  /** Values of an opportunity's source that claim a referral. */
  referralSources: z.array(z.string()),
  /** What is scored. A parent's sum over its accounts is planned and refused until it is built. */
  unit: z.enum(['record', 'ultimate_parent']).refine((unit) => unit === 'record', UNIT_REFUSAL),
  currency: z.string().length(3),
  /** Gross margin as a share of revenue, 0 to 1: what decisions about an account are worth rests on it. */
  grossMargin: z.number().min(0).max(1).optional(),
  /** Cost of an hour of an account owner's work, in minor units of the currency: what a step costs. */
  hourlyCost: z.number().min(0).optional(),
  /** Never held out of acting: accounts from this recurring amount a year on (minor units), and these by id. */
  keyAccounts: z
    .object({ fromAmount: z.number().int().min(0).optional(), ids: z.array(z.string()).optional() })
    .optional(),
  /** Units of the org's currency for one unit of another, with the day they hold for. */
  rates: z.record(z.string(), z.object({ rate: z.number().positive(), on: z.string() })),
  timeZone: z.string().refine(isTimeZone, 'is no time zone: give an IANA name such as "Europe/Vienna"'),
  fiscalYearStartMonth: z.number().int().min(1).max(12),
  /** How outcomes are read; everything may be left out (`outcomeSettings` holds the defaults). */
  outcomes: z
    .object({
      /** Days after the end of a term in which a late renewal still counts; an outcome is pending until they are over. */
      graceDays: z.number().int().min(0).max(365).optional(),
      /** Notice period of contracts that state none. */
      noticeDays: z.number().int().min(0).max(730).optional(),
      /** How long before a decision the score must stand to be of use. */
      leadDays: z.number().int().min(0).max(365).optional(),
      /** Length of the windows in which order-based accounts order or do not. */
      ordersHorizonDays: z.number().int().min(7).max(730).optional(),
      /** Values of an account's lifecycle, a contract's status or an opportunity's stage that name a cause from outside. */
      causes: z.record(z.string(), z.enum(COMPETING_CAUSES)).optional(),
      /** Days that this company enters on the very day: only those may be believed in a rebuild of the past without history. */
      enteredOnTheDay: z.array(z.enum(LATER_DAYS)).optional(),
    })
    .optional(),
});

export type OrgProfile = z.infer<typeof orgProfile>;
export type RecordRole = (typeof RECORD_ROLES)[number];
export type StageMeaning = (typeof STAGE_MEANINGS)[number];
export type OpportunityKind = (typeof OPPORTUNITY_KINDS)[number];
