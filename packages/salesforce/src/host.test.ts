import { describe, expect, it } from 'vitest';
import { isTrustedOrigin, isUsableAddress, originOf } from './host.ts';

describe('isTrustedOrigin', () => {
  it.each([
    ['https://acme.my.salesforce.com', true],
    ['https://acme--dev.sandbox.my.salesforce.com', true],
    ['https://acme.lightning.force.com', true],
    ['http://acme.my.salesforce.com', false],
    ['https://salesforce.com.example.org', false],
    ['https://evil-salesforce.com', false],
    ['https://example.org/?x=.salesforce.com', false],
    ['not an address', false],
  ])('%s -> %s', (address, trusted) => expect(isTrustedOrigin(address, undefined)).toBe(trusted));

  it('trusts the configured origin, port included, and no other port', () => {
    expect(isTrustedOrigin('http://127.0.0.1:8080', 'http://127.0.0.1:8080/')).toBe(true);
    expect(isTrustedOrigin('http://127.0.0.1:8081', 'http://127.0.0.1:8080/')).toBe(false);
  });
});

describe('isUsableAddress', () => {
  it.each([
    ['https://login.salesforce.com', true],
    ['http://127.0.0.1:8080', true],
    ['http://salesforce.sandbox.invalid', true],
    ['http://example.org', false],
    ['https://user:pass@example.org', false],
    ['ftp://example.org', false],
  ])('%s -> %s', (address, usable) => expect(isUsableAddress(address)).toBe(usable));
});

it('originOf drops path and slash', () => {
  expect(originOf('https://acme.my.salesforce.com/services/')).toBe('https://acme.my.salesforce.com');
  expect(originOf('acme')).toBeNull();
});
