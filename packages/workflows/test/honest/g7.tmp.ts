import { CONTRACT_CARD } from '@holdfast/core';
import { auc, calibrationSlope } from '@holdfast/core/stats';
import { honestRows } from './honest-rows.ts';
import { expectedAuc, forecastLatest } from './latest-slice.ts';

const gaps: number[] = [],
  real: number[] = [];
const P: number[] = [],
  Y: number[] = [];
const A: number[] = [];
const ws: Record<string, number> = {};
const n = +(process.argv[2] ?? 10),
  slice = +(process.argv[3] ?? 91);
const card = {
  ...CONTRACT_CARD,
  rows: CONTRACT_CARD.rows.map((r) => (process.argv[4] && r.feature === 'seatsUsedShare' ? { ...r, high: 0.8 } : r)),
};
for (let s = 1; s <= n; s++) {
  const t = performance.now();
  const h = honestRows(s, { contractCard: card });
  const f = forecastLatest(h, card, slice);
  const a = expectedAuc(f.attainable, f.attainable),
    m = expectedAuc(f.chances, f.attainable);
  const ra = auc(f.attainable, f.test.lost)!,
    rm = auc(f.chances, f.test.lost)!;
  gaps.push(a - m);
  real.push(ra - rm);
  P.push(...f.chances);
  Y.push(...f.test.lost);
  A.push(...f.attainable);
  for (const d of f.fitted.drivers) ws[d.feature] = (ws[d.feature] ?? 0) + d.weight / n;
  if (s < 4)
    console.log(
      s,
      f.train.count,
      f.train.lost.reduce((x, y) => x + y, 0),
      f.test.count,
      f.test.lost.reduce((x, y) => x + y, 0),
      'exp',
      a.toFixed(4),
      m.toFixed(4),
      'real',
      ra.toFixed(4),
      rm.toFixed(4),
      Math.round(performance.now() - t),
      f.fitted.periodVariance,
      f.fitted.evidence,
    );
}
const mean = (x: number[]) => x.reduce((a, b) => a + b, 0) / x.length;
const q = (x: number[], p: number) => [...x].sort((a, b) => a - b)[Math.floor(p * (x.length - 1))];
console.log('gap exp', mean(gaps), q(gaps, 0.95), 'real', mean(real), q(real, 0.95));
console.log(
  'slope',
  calibrationSlope(P, Y),
  'attainable slope',
  (calibrationSlope(A, Y) as any).slope,
  mean(P),
  mean(A),
  mean(Y),
);
console.log(
  Object.entries(ws)
    .map(([k, v]) => k + ' ' + v.toFixed(2))
    .join(', '),
);
