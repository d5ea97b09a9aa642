import { expect, test } from 'vitest';
import { addressKeys, nameKey } from './address-keys.ts';
import { readSubject } from './read-subject.ts';

test.each([
  'Introduction: Ana <> Jonas',
  'Intro Acme / Beta',
  'Jonas, meet Ana',
  'Connecting you two',
  'Darf ich vorstellen: Ana Berg',
  'Mise en relation avec Ana',
  'Te presento a Ana',
  'Przedstawiam: Ana',
])('words of introduction: %s', (subject) => {
  expect(readSubject(subject)).toEqual({ introduces: true, reply: false, forward: false, bulk: false });
});

test.each([
  'Introduction to the new release',
  'Meeting notes',
  'Recommended settings',
  'Quick hello',
  'Meet the team day',
])('words that introduce nobody: %s', (subject) => {
  expect(readSubject(subject)?.introduces).toBe(false);
});

test('prefixes in any order and language: an answer to a forwarded introduction', () => {
  expect(readSubject('AW: Fwd: Introduction: Ana')).toEqual({
    introduces: true,
    reply: true,
    forward: true,
    bulk: false,
  });
  expect(readSubject('WG: Rechnung')).toEqual({ introduces: false, reply: false, forward: true, bulk: false });
});

test('an event is bulk; no subject is no hint', () => {
  expect(readSubject('Webinar: planning')?.bulk).toBe(true);
  expect(readSubject('  ')).toBeNull();
  expect(readSubject(null)).toBeNull();
});

test('addresses: case and tag do not matter, a free host says nothing, text that is none is null', () => {
  expect(addressKeys('Ana.Berg+crm@Acme.example')).toEqual({
    mailbox: 'ana.berg@acme.example',
    domain: 'acme.example',
  });
  expect(addressKeys('ana@freemail.example', undefined, (host) => host === 'freemail.example')?.domain).toBeNull();
  expect(addressKeys('ana@acme.example', (text) => `#${text.length}`)).toEqual({ mailbox: '#16', domain: '#12' });
  expect(addressKeys('Ana Berg')).toBeNull();
});

test('names: accents, case and order do not matter; one word is too little', () => {
  expect(nameKey('Müller, Žofie')).toBe(nameKey('zofie MULLER'));
  expect(nameKey('Ana')).toBeNull();
});
