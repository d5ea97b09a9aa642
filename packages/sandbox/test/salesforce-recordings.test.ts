import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { alike } from './salesforce-alike.ts';
import { readRecordings, replayPair, type Verdict } from './salesforce-replay.ts';

const file = fileURLToPath(new URL('../../../../shared/data/recordings/salesforce.ndjson.gz', import.meta.url));
const present = existsSync(file);

describe('Salesforce recordings', () => {
  it('alike: a missing key, a wrong type and a wrong status are seen', () => {
    expect(alike({ a: 1 }, { a: 2 })).toEqual([]);
    expect(alike({ a: 1 }, {})).toEqual(['a is missing']);
    expect(alike({ a: 1 }, { a: 'x' })).toEqual(['a is string, recorded number']);
    expect(alike({}, { b: 1 })).toEqual(['b is not recorded']);
  });

  it.skipIf(!present)(
    `recorded pairs: at least 95 % answered alike${present ? '' : ' (skipped: ../shared/data is absent)'}`,
    () => {
      const verdicts = readRecordings(file).map(replayPair);
      const served = verdicts.filter((verdict) => verdict.kind !== 'unserved');
      const same = served.filter((verdict) => verdict.kind === 'alike');
      console.log(table(verdicts));
      for (const verdict of served)
        if (verdict.kind === 'different')
          console.log(`  different: ${verdict.template}: ${verdict.problems.slice(0, 4).join('; ')}`);
      console.log(
        `Salesforce recordings: ${same.length} of ${served.length} alike, ${verdicts.length - served.length} unserved`,
      );
      expect(served.length).toBeGreaterThan(500);
      expect(same.length / served.length).toBeGreaterThanOrEqual(0.95);
    },
  );
});

function table(verdicts: readonly Verdict[]): string {
  const counts = new Map<string, { alike: number; all: number; served: boolean }>();
  for (const verdict of verdicts) {
    const row = counts.get(verdict.template) ?? { alike: 0, all: 0, served: verdict.kind !== 'unserved' };
    counts.set(verdict.template, { ...row, all: row.all + 1, alike: row.alike + (verdict.kind === 'alike' ? 1 : 0) });
  }
  const line = ([template, row]: readonly [string, { alike: number; all: number; served: boolean }]): string =>
    row.served ? `  served    ${template}: ${row.alike}/${row.all}` : `  unserved  ${template}: ${row.all}`;
  return ['Salesforce endpoints in the recordings:', ...[...counts].sort((a, b) => b[1].all - a[1].all).map(line)].join(
    '\n',
  );
}
