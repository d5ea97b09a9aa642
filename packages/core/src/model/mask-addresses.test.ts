import { expect, test } from 'vitest';
import { displayName, maskAddresses } from './mask-addresses.ts';

test('addresses are not repeated; everything else stays', () => {
  expect(maskAddresses('The stage "jane.doe+x@mail.example.com" (see "won"): ask ops@example.org, or run `x@y`.')).toBe(
    'The stage "(an e-mail address)" (see "won"): ask (an e-mail address), or run `x@y`.',
  );
});

test('a record is called by its name without addresses, or by its id', () => {
  expect(displayName({ id: 'account:1', name: 'Smith (smith@example.org)' })).toBe('Smith ((an e-mail address))');
  expect(displayName({ id: 'account:1', name: null })).toBe('account:1');
});
