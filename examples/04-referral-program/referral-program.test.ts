import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const output = execFileSync(
  process.execPath,
  ['--conditions=holdfast-source', fileURLToPath(new URL('index.ts', import.meta.url))],
  { encoding: 'utf8' },
);

it('the stronger evidence has the credit, the earlier code is noted as influence', () => {
  expect(output).toContain('contact:ada>account:blue: won, sourced.');
  expect(output).toContain('contact:ben>account:blue: won, influenced.');
  expect(output).toContain('(beaten): Another claim had stronger evidence or came first.');
  expect(output).not.toMatch(/Refused|undefined|NaN/);
});

it('hand calculation: 5 % of 24,000.00 is 1,200.00; a quarter refunded takes 300.00 back; 900.00 is given', () => {
  expect(output).toContain(
    'Statement 2026-03: opening 0.00, accrued 1200.00, held 0.00, reversed 0.00, paid 0.00, closing 1200.00',
  );
  expect(output).toContain(
    'Statement 2026-04: opening 1200.00, accrued 0.00, held 0.00, reversed 300.00, paid 900.00, closing 0.00',
  );
  expect(output).toContain('friends/2026-04: account:acme as benefit, paid 900.00, held 0.00');
});
