import { CONTRACT_CARD, fitRetention, openDecisionCollection, predictRisk, readKnowledge } from '@holdfast/core';
import { auc, calibrationSlope } from '@holdfast/core/stats';
import { generateHonestBook } from '@holdfast/sandbox';
import { historyOfLog } from '/work/main/packages/workflows/test/honest/history-of-log.ts';
import { HONEST_PROFILE } from '/work/main/packages/workflows/test/honest/honest-profile.ts';
import { recordsOfBook } from '/work/main/packages/workflows/test/honest/records-of-book.ts';

const asOf = '2026-07-02T00:00:00Z';
let t = performance.now();
const lap = (s: string) => {
  const n = performance.now();
  console.log(s, Math.round(n - t));
  t = n;
};
const h = generateHonestBook({ accounts: 2000, seed: 1, asOf, honest: { attainableFrom: '2025-09-01' } });
lap('gen');
const recs = [...recordsOfBook(h.book)];
lap('records');
const hist = historyOfLog(h.book, h.log);
lap('history');
const k = readKnowledge();
for (const r of recs) k.add(r);
const knowledge = k.finish(new Map(h.merges.map((m) => [`account:${m.intoId}`, Date.parse(m.at)])));
lap('knowledge');
console.log(knowledge.recordedSince, knowledge.imports);
const col = openDecisionCollection({ profile: HONEST_PROFILE, asOf: Date.parse(asOf), knowledge, history: hist });
for (const r of recs) col.add(r);
const rows = col.finish();
lap('rows');
console.log(JSON.stringify(rows.coverage, null, 1));
const R = rows.contract;
console.log(
  R.count,
  R.lost.reduce((a, b) => a + b, 0),
);
const p = R.drivers.length;
for (let j = 0; j < p; j++) {
  let n = 0,
    m = 0;
  for (let i = 0; i < R.count; i++) {
    const v = R.swings[i * p + j];
    if (!Number.isNaN(v)) {
      n++;
      m += v;
    }
  }
  console.log(R.drivers[j], (n / R.count).toFixed(2), (m / n).toFixed(2));
}
const f = fitRetention(R, CONTRACT_CARD, { fittedOn: '2026-07-01' });
lap('fit');
console.log(
  (f as any).drivers?.map((d: any) => [d.feature, d.weight.toFixed(2), d.missing.toFixed(2)].join(' ')).join('\n'),
  (f as any).mixture,
  (f as any).periodVariance,
);
