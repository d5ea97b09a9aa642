import * as z from 'zod';
import { parseDay } from '../../model/dates.ts';
import { ATTRIBUTION_MODELS } from '../entities/attribution-policy.ts';
import { QUALIFYING_TYPES } from '../entities/qualifying-event.ts';

const WHOLE = 10_000;
const text = z.string().min(1, 'is empty');
const count = z.number().int('is no whole number').min(0, 'is negative');
const days = count.max(3650, 'is more than ten years of days');
const minor = z.number().int('is no whole number of minor units').positive('is not above zero');
const day = z.string().refine((it) => parseDay(it) !== null, 'is no day (YYYY-MM-DD)');
const currency = z.string().regex(/^[A-Z]{3}$/, 'is no currency code (three capital letters, ISO 4217)');
const country = z.string().regex(/^[A-Z]{2}$/, 'is no country code (two capital letters)');
const interval = z.enum(['month', 'quarter', 'year', 'lifetime']);

interface Dated {
  readonly startsOn: string;
  readonly endsOn: string | null;
}
const inOrder = ({ startsOn, endsOn }: Dated) => endsOn === null || startsOn <= endsOn;
const ENDS_EARLY = { path: ['endsOn'], error: 'lies before startsOn' };

/** Flat in minor units, or a percent in basis points: a percent lets its receiver work the amount out, so that is said. */
const amount = z.union(
  [
    z.strictObject({ flat: minor }),
    z.strictObject({
      percent: z.number().int().min(1).max(WHOLE),
      disclosesAmount: z.literal(true),
    }),
  ],
  'is neither { flat } in minor units nor { percent, disclosesAmount: true } in basis points: a percent discloses the amount of the sale, which must be said',
);

const rule = z
  .strictObject({
    id: text,
    version: text,
    event: z.enum(QUALIFYING_TYPES),
    beneficiary: z.enum(['referrer', 'referred', 'account_manager']),
    kind: z.enum(['cash', 'credit', 'discount', 'free_period', 'gift', 'points', 'donation', 'recognition']),
    amount,
    tiers: z.array(z.strictObject({ fromWon: count, amount })),
    caps: z.array(z.strictObject({ scope: z.enum(['participant', 'program', 'opportunity']), interval, minor })),
    durationMonths: count.nullable(),
    priority: z.number().int(),
    startsOn: day,
    endsOn: day.nullable(),
    expiresAfterDays: days.positive('is not above zero').nullable(),
  })
  .refine(inOrder, ENDS_EARLY)
  .refine(({ tiers }) => tiers.every((it, i) => i === 0 || it.fromWon > (tiers[i - 1]?.fromWon ?? 0)), {
    path: ['tiers'],
    error: 'are not in ascending order of fromWon',
  })
  .refine(({ beneficiary, kind }) => beneficiary !== 'account_manager' || kind === 'recognition', {
    path: ['kind'],
    error: 'must be "recognition" for an account manager: they get no cash for their own accounts',
  })
  .refine(({ event }) => event !== 'lost' && event !== 'refunded' && event !== 'cancelled', {
    path: ['event'],
    error: 'takes rewards back, it earns none',
  });

const policy = z
  .strictObject({
    version: text,
    model: z.enum(ATTRIBUTION_MODELS),
    trackingDays: days.positive('is not above zero'),
    creditDays: days.positive('is not above zero'),
    protectionDays: days,
    contactedBeforeDays: days,
    retainedDays: days,
    disputeDays: days,
    rulingDays: days,
    splitWeights: z.array(z.number().int('is no whole number of basis points').positive('is not above zero')),
    paysInfluence: z.boolean(),
    afterLeaving: z.enum(['none', 'keeps']),
    openClaimsPerParticipant: z.number().int().positive('is not above zero'),
    followUp: z
      .strictObject({ contactWithinDays: days, escalateAfterDays: days })
      .refine((it) => it.contactWithinDays <= it.escalateAfterDays, {
        path: ['escalateAfterDays'],
        error: 'lies before contactWithinDays',
      })
      .optional(),
    override: z.strictObject({ roles: z.array(text).min(1, 'names nobody'), secondAbove: count.nullable() }).optional(),
  })
  .refine(({ model, splitWeights }) => model !== 'split' || splitWeights.length > 0, {
    path: ['splitWeights'],
    error: 'is empty: the model "split" needs weights',
  })
  .refine(({ splitWeights: weights }) => weights.length === 0 || weights.reduce((a, b) => a + b, 0) === WHOLE, {
    path: ['splitWeights'],
    error: 'does not sum to 10,000 basis points',
  });

/** The program file. Everything that is not known is refused: a mistyped name would change what is paid. */
export const programSchema = z
  .strictObject({
    id: text,
    name: text,
    seller: text.optional(),
    state: z.enum(['draft', 'active', 'paused', 'ended']),
    startsOn: day,
    endsOn: day.nullable(),
    currency,
    priority: z.number().int(),
    stackable: z.boolean(),
    terms: z.strictObject({
      version: text,
      url: z.url('is no URL').nullable(),
      acceptedWithinDays: days.positive('is not above zero').nullable(),
    }),
    budget: z.strictObject({ minor, interval }).nullable(),
    policy,
    rules: z.array(rule),
    holdingDays: days,
    refundDays: days.optional(),
    giftCapPerYear: minor.optional(),
    checkSettings: z
      .strictObject({
        actions: z.record(text, z.enum(['block', 'block_cash', 'review', 'hold', 'flag', 'wait'])).optional(),
        limits: z.record(text, z.number().min(0, 'is negative')).optional(),
        bannedSources: z.array(text).optional(),
      })
      .optional(),
    checksOff: z.array(z.strictObject({ check: text, participantId: text.nullable() })),
    approvalAbove: count.nullable(),
    jurisdictions: z.array(country),
  })
  .refine(inOrder, ENDS_EARLY)
  .refine(({ state, endsOn }) => state !== 'ended' || endsOn !== null, {
    path: ['endsOn'],
    error: 'is missing: a program that ended has a last day',
  })
  .refine(({ holdingDays, refundDays }) => refundDays === undefined || holdingDays >= refundDays, {
    path: ['holdingDays'],
    error: 'is shorter than refundDays: what is paid before a refund must be taken back',
  })
  .refine(({ rules }) => new Set(rules.map((it) => it.id)).size === rules.length, {
    path: ['rules'],
    error: 'have one id twice',
  });
