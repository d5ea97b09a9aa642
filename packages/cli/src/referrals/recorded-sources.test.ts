import type { CrmCapabilities } from '@holdfast/core';
import { describe, expect, it } from 'vitest';
import { recordedSources } from './recorded-sources.ts';

/** An org that shows links, and the field on sales unless it is missing. */
const org = (read: object) => ({ read }) as Pick<CrmCapabilities, 'read'>;
const both = org({
  referralLink: { missing: {} },
  opportunity: { missing: {} },
  contact: { missing: { referredById: 'no' } },
});
const links = org({ referralLink: { missing: {} }, opportunity: { missing: { referredById: 'no' } } });
const fields = (name: string) => ({ options: { fields: { opportunity: { referredById: name } } } });

const WHOLE = ['referralLink', 'opportunity'] as const;

describe('where people record referrals', () => {
  it('links and fields that can be read; one that was and cannot any more is lost until all of it is read again', () => {
    const first = recordedSources(fields('by'), both, WHOLE);
    expect([first.shown.length, first.lost]).toEqual([2, []]);
    const second = recordedSources(fields('by'), links, [], first);
    expect(second.lost).toEqual(['opportunity by']);
    expect(recordedSources(fields('by'), links, WHOLE, second).lost).toEqual(['opportunity by']);
    expect(recordedSources(fields('by'), both, ['referralLink'], second).lost).toEqual(['opportunity by']);
    expect(recordedSources(fields('by'), both, WHOLE, second)).toEqual(first);
  });

  it('under another name, of a field or of the label, it is another one', () => {
    const first = recordedSources(fields('by'), both, WHOLE);
    expect(recordedSources(fields('from'), both, WHOLE, first).lost).toEqual(['opportunity by']);
    const renamed = { options: { ...fields('by').options, referralLabel: 'Introduced by' } };
    expect(recordedSources(renamed, both, WHOLE, first).lost).toHaveLength(1);
  });

  it('options of another shape name nothing', () => {
    expect(recordedSources({ options: { fields: 7, referralLabel: {} } }, both, WHOLE).lost).toEqual([]);
  });
});
