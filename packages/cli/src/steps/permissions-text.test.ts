import { expect, test } from 'vitest';
import { permissionsText } from './permissions-text.ts';

test('permissions are listed by purpose, in the order of use', () => {
  const text = permissionsText([
    { name: 'schema.write', purpose: 'install', entities: ['account'] },
    { name: 'accounts.read', purpose: 'read', entities: ['account'] },
    { name: 'contacts.read', purpose: 'read', entities: ['contact'] },
    { name: 'accounts.write', purpose: 'write', entities: ['account'] },
  ]);
  expect(text.split('\n')).toEqual([
    'Permissions:',
    '  Every day, to read: accounts.read, contacts.read',
    '  Every day, to write scores: accounts.write',
    '  Only to install; take it away again afterwards: schema.write',
  ]);
});
