import type { Money, WritableFields } from '@holdfast/core';
import { HEALTH_BANDS } from '@holdfast/core';
import type { EnteredAndWritten } from './case.ts';

/** A code point outside the basic plane, an accent, quotes and marks that are special in URLs, CSV, HTML and SOQL. */
const HARD_TEXT = `🛟 Île, "quoted" 'single' <b>&amp;</b> 100 % \\ a=b; c`;
const LINES = `First, line 1\nSecond: "two"\n\n- 🧭 after an empty line`;

type Samples = {
  readonly [E in EnteredAndWritten]: { readonly [F in keyof WritableFields[E]]-?: readonly WritableFields[E][F][] };
};

/** Values of every writable field that codecs get wrong: zero, the ends of a range, leap days, minor units. */
function samples(currency: string): Samples {
  const money = (minor: number): Money => ({ minor, currency });
  return {
    account: {
      healthScore: [0, 7, 100],
      healthBand: HEALTH_BANDS,
      bandSince: ['2024-02-29', '2026-12-31', '2026-01-01'],
      mainReason: ['usage', 'missing_data'],
      reasons: [LINES, HARD_TEXT],
      nextStep: [HARD_TEXT, 'Call Ada'],
      revenueAtRisk: [money(0), money(1), money(123_456_789)],
      churnProbability: [0, 0.005, 0.12, 0.29, 1],
      confidence: ['low', 'medium', 'high'],
    },
    contact: {
      advocateStatus: ['invited', 'left'],
      lastAskedOn: ['2024-02-29', '2026-12-31'],
      referralsWon: [0, 3],
    },
    opportunity: {
      referralState: ['submitted', 'under_review', 'reversed'],
      referralCredit: ['sourced', 'none'],
    },
    lead: { referralState: ['submitted', 'under_review', 'reversed'] },
  };
}

/** The samples as whole records of the given fields: the first value of each field, then the second, and so on. */
export function sampleRecords(
  entity: EnteredAndWritten,
  fields: readonly string[],
  currency: string,
): readonly Readonly<Record<string, unknown>>[] {
  const values: Readonly<Record<string, readonly unknown[]>> = samples(currency)[entity];
  const used = fields.filter((field) => values[field] !== undefined);
  const longest = Math.max(0, ...used.map((field) => values[field]!.length));
  return Array.from({ length: longest }, (_, round) =>
    Object.fromEntries(used.map((field) => [field, values[field]![round % values[field]!.length]])),
  );
}
