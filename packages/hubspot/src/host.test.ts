import { expect, test } from 'vitest';
import { baseAddress, isAllowed } from './host.ts';

test('an address without its slash; a path in front is kept', () => {
  expect(baseAddress('https://api.hubapi.com/')).toBe('https://api.hubapi.com');
  expect(baseAddress('https://proxy.example.com/hubspot/')).toBe('https://proxy.example.com/hubspot');
});

test('plain http only to this machine or in process', () => {
  for (const local of ['http://127.0.0.1:8801', 'http://localhost:1', 'http://hubspot.sandbox.invalid']) {
    expect(baseAddress(local)).toBe(local);
  }
  expect(() => baseAddress('http://api.hubapi.com')).toThrow('must begin with https');
  expect(() => baseAddress('https://user:word@api.hubapi.com')).toThrow('no user');
  expect(() => baseAddress('api.hubapi.com')).toThrow('not an address');
});

test('only HubSpot hosts and the configured one are called', () => {
  const base = 'https://proxy.example.com';
  expect(isAllowed('https://api.hubapi.com/x', base)).toBe(true);
  expect(isAllowed('https://api-eu1.hubapi.com/x', base)).toBe(true);
  expect(isAllowed('https://proxy.example.com/x', base)).toBe(true);
  expect(isAllowed('https://hubapi.com.example.org/x', base)).toBe(false);
  expect(isAllowed('https://evilhubapi.com/x', base)).toBe(false);
  expect(isAllowed('http://api.hubapi.com/x', base)).toBe(false);
});
