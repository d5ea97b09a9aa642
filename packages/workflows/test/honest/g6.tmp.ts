import { readOutcomes } from '@holdfast/core';
import { generateHonestBook } from '@holdfast/sandbox';
import { HONEST_PROFILE } from './honest-profile.ts';
import { recordsOfBook } from './records-of-book.ts';

const asOf = '2026-07-02T00:00:00Z';
const h = generateHonestBook({ accounts: 2000, seed: 1, asOf, honest: { attainableFrom: '2027-09-01' } });
const truth = new Map(h.truth.decisions.map((d) => [`account:${d.accountId} ${d.decidesOn}`, d]));
const c: Record<string, number> = {};
let shown = 0;
for (const r of recordsOfBook(h.book)) {
  const { decisions } = readOutcomes(r, HONEST_PROFILE, '2026-07-01');
  for (const d of decisions) {
    const t = truth.get(`${d.accountId} ${d.decidesOn}`);
    const k = `${d.outcome} ${t ? (t.lost ? 'LOST' : 'KEPT') : 'none'}`;
    c[k] = (c[k] ?? 0) + 1;
    if (
      ((d.outcome === 'lost' && !t?.lost) || (d.outcome !== 'lost' && d.outcome !== 'pending' && t?.lost)) &&
      shown < 6
    ) {
      shown++;
      console.log(
        d,
        r.contracts,
        h.truth.decisions.filter((x) => 'account:' + x.accountId === d.accountId),
        h.truth.accounts.find((x) => 'account:' + x.accountId === d.accountId),
      );
    }
  }
}
console.log(c);
