import { retentionEconomics, treatmentEffect } from '@holdfast/core';
import { describe, expect, test } from 'vitest';
import { configSchema } from '../config/config.ts';
import { costsOf } from './economics-step.ts';
import { economicsText } from './economics-text.ts';

const own = {
  acquisition: { spend: 90_000_000, count: 30 },
  serving: { spend: 50_000_000, count: 100 },
  retention: { spend: 4_000_000, count: 200 },
  saves: { assumedRate: 0.1, low: 0.05, high: 0.2 },
};

describe('winning against keeping, by hand', () => {
  test('900,000 / 30 to replace, 40,000 / (200 x .1) to save, 15 times; assumed, and average', () => {
    const lines = economicsText(retentionEconomics(costsOf(own, null)), 'EUR').map((it) => it.replace(/ {2,}/g, ' | '));
    expect(lines[1]).toMatch(
      /^ \| to replace an account \| EUR 30,000 \| EUR 23,071 to EUR 42,876 \| average, measured$/,
    );
    expect(lines[3]).toContain('to save an account | EUR 2,000 | EUR 1,000 to EUR 4,000 | average, assumed');
    expect(lines[4]).toMatch(/replacing over saving \| 15\.0 \| 7\.1 to 32\.7 \| average, assumed/);
  });

  test('what the hold-out measured takes the place of the assumption: 20 % less loss, 1,000 a save', () => {
    const arm = (arm: 'treat' | 'hold-out', lost: number) =>
      Array.from({ length: 100 }, (_, i) => ({ accountId: `account:${i}`, stratum: 'all', arm, lost: i < lost }));
    const measured = treatmentEffect([...arm('treat', 10), ...arm('hold-out', 30)]);
    const { costPerSave } = retentionEconomics(costsOf(own, measured));
    expect(costPerSave).toMatchObject({ value: expect.closeTo(100_000, 6), basis: 'measured' });
  });

  test('neither measured nor assumed: no cost of a save, and why', () => {
    const { saves: _, ...costs } = own;
    const text = economicsText(retentionEconomics(costsOf(costs, null)), 'EUR').join('\n');
    expect(text).toContain('saves are neither measured nor assumed');
    expect(text).not.toMatch(/NaN|null|undefined/);
  });

  test('the section of the config: two periods give marginal costs; a range that does not hold its rate is refused', () => {
    const config = {
      crm: 'hubspot',
      economics: { ...own, acquisition: { ...own.acquisition, before: { spend: 60_000_000, count: 20 } } },
    };
    const parsed = configSchema.parse(config);
    if (!parsed.economics) throw new Error('no section');
    expect(retentionEconomics(costsOf(parsed.economics, null)).replacementCost).toMatchObject({
      value: 3_000_000,
      kind: 'marginal',
    });
    const saves = { assumedRate: 0.3, low: 0.05, high: 0.2 };
    expect(configSchema.safeParse({ ...config, economics: { ...own, saves } }).success).toBe(false);
  });
});
