import type { EntityMap } from '@holdfast/core';
import { flag, held, instant, text } from '../codecs.ts';
import { field, fields } from './rules.ts';

const fullName = (raw: Readonly<Record<string, unknown>>): string | null => {
  const parts = [held(raw['firstName']), held(raw['lastName'])].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' ');
};

/** An owner is an owner, by owner id (never the user id, which an archived owner lacks). Owners have an API of their own. */
export const owner = {
  sources: [
    {
      object: 'owner',
      fields: {
        createdAt: field('createdAt', instant),
        updatedAt: field('updatedAt', instant),
        name: fields(['firstName', 'lastName'], fullName),
        email: field('email', text),
        active: fields(
          ['archived'],
          (raw) => flag.decode(raw['archived'] ?? 'false', { currency: '', timeZone: 'UTC' }) !== true,
        ),
      },
    },
  ],
} as const satisfies EntityMap<'owner'>;
