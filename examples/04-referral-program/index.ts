import { readFileSync } from 'node:fs';
import {
  buildStatements,
  explainClaim,
  moneyToDecimal,
  neutralText,
  openReferralEngine,
  parseInstant,
} from '@holdfast/core';
import { parseProgram } from '@holdfast/core/program';
import { journal } from './events.ts';

const program = parseProgram(JSON.parse(readFileSync(new URL('program.json', import.meta.url), 'utf8')));
if ('refused' in program) throw new Error(program.detail);

const engine = openReferralEngine({ programs: [program], rates: [] });
for (const batch of journal) engine.take(batch);
const { claims, decisions, rewards, refused } = engine.state;
const eur = (minor: number) => moneyToDecimal({ minor, currency: 'EUR' });

console.log('Claims');
for (const it of claims.values())
  console.log(`  ${it.id}: ${it.state}, ${it.credit}. Told to the referrer: ${neutralText(it).text}`);

console.log('Why, for staff: the claim of Ben');
const history = decisions.get('sale:1')?.get('friends') ?? [];
for (const claim of claims.values()) {
  if (claim.participantId !== 'contact:ben') continue;
  for (const { what, reason, text } of explainClaim(claim, history)) console.log(`  ${what} (${reason}): ${text}`);
}

console.log('Ledger');
for (const { at, kind, postings } of rewards.ledger.transactions()) {
  const day = new Date(at).toISOString().slice(0, 10);
  const lines = postings.map(({ account, money }) => `${account.kind} ${account.of} ${eur(money.minor)}`);
  console.log(`  ${day} ${kind}: ${lines.join(', ')}`);
}

console.log('Payouts');
for (const { id, rows } of rewards.batches()) {
  for (const it of rows)
    console.log(`  ${id}: ${it.partyId} as ${it.method}, paid ${eur(it.paid)}, held ${eur(it.held)}`);
}

for (const month of ['2026-03', '2026-04']) {
  const from = parseInstant(`${month}-01T00:00:00Z`) ?? 0;
  const to = new Date(from).setUTCMonth(new Date(from).getUTCMonth() + 1);
  for (const it of buildStatements(rewards.ledger, from, to, 'account:acme')) {
    const parts = ['opening', 'accrued', 'held', 'reversed', 'paid', 'closing'] as const;
    console.log(`Statement ${month}: ${parts.map((part) => `${part} ${eur(it[part])}`).join(', ')}`);
  }
}
for (const it of refused) console.log(`Refused: ${it.key}: ${it.reason}. ${it.detail}`);
