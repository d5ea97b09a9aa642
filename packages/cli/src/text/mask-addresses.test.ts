import { expect, test } from 'vitest';
import { maskAddresses } from './mask-addresses.ts';

test('addresses are not repeated; everything else stays', () => {
  expect(maskAddresses('The stage "jane.doe+x@mail.example.com" (see "won"): ask ops@example.org, or run `x@y`.')).toBe(
    'The stage "(an e-mail address)" (see "won"): ask (an e-mail address), or run `x@y`.',
  );
});
