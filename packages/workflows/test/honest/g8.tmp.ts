import { CONTRACT_CARD, type DecisionRows, fitRetention, predictRisk } from '@holdfast/core';
import { HONEST_CARD } from './honest-card.ts';
import { honestRows } from './honest-rows.ts';
import { expectedAuc, forecastLatest } from './latest-slice.ts';

const card = process.argv[3] ? HONEST_CARD : CONTRACT_CARD;
const n = +(process.argv[2] ?? 10);
const fs = [];
for (let s = 1; s <= n; s++) fs.push(forecastLatest(honestRows(s, { contractCard: card }), card, 91));
const cat = (k: string) => {
  const a = fs.map((f) => (f.train as any)[k]);
  const C = a[0].constructor;
  const o = new C(a.reduce((x: number, y: any) => x + y.length, 0));
  let at = 0;
  for (const v of a) {
    o.set(v, at);
    at += v.length;
  }
  return o;
};
const big: any = { ...fs[0]!.train };
for (const k of Object.keys(big)) if (ArrayBuffer.isView(big[k])) big[k] = cat(k);
let off = 0,
  at = 0;
for (const f of fs) {
  for (let i = 0; i < f.train.count; i++) big.account[at++] += off;
  off += 100000;
}
big.count = at;
const F: any = fitRetention(big as DecisionRows, card, { fittedOn: '2026-07-01' });
console.log(F.fitted || F);
console.log(F.drivers.map((d: any) => d.feature + ' ' + d.weight.toFixed(2)).join(', '));
const w = big.drivers.length;
let g = 0,
  g0 = 0;
for (const f of fs) {
  const sc = Float64Array.from(
    { length: f.test.count },
    (_, i) => predictRisk(F, f.test.swings.subarray(i * w, (i + 1) * w)).logOdds,
  );
  const a = expectedAuc(f.attainable, f.attainable);
  g += (a - expectedAuc(sc, f.attainable)) / n;
  g0 += (a - expectedAuc(f.chances, f.attainable)) / n;
}
console.log('structural gap', g, 'with own fit', g0);
