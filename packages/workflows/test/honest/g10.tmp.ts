import { writeFileSync } from 'node:fs';
import { CONTRACT_CARD } from '@holdfast/core';
import { HONEST_CARD } from './honest-card.ts';
import { honestRows } from './honest-rows.ts';

const out: number[][] = [];
const card = HONEST_CARD;
for (let s = 1; s <= 8; s++) {
  const h = honestRows(s, { contractCard: HONEST_CARD, honest: { attainableFrom: '2024-06-01', paths: 400 } });
  const R = h.rows;
  const p = R.drivers.length;
  for (let i = 0; i < R.count; i++)
    if (!Number.isNaN(h.attainable[i]!))
      out.push([h.attainable[i]!, R.lost[i]!, R.daysToDecision[i]!, ...R.swings.subarray(i * p, (i + 1) * p)]);
}
const keep = card.rows.map((r) => r.feature);
writeFileSync(
  '/tmp/rows.csv',
  ['att', 'lost', 'dtd', ...keep].join(',') +
    '\n' +
    out.map((r) => r.map((x) => (Number.isNaN(x) ? '' : x)).join(',')).join('\n'),
);
