import type { EntityMap } from '@holdfast/core';
import { linkTo, unmapped } from './rules.ts';

/** The built-in association "child to parent company". It may run in a circle; nothing here follows it. */
export const accountParent = {
  sources: [
    {
      object: 'company-company',
      fields: {
        createdAt: unmapped('Associations have no dates'),
        updatedAt: unmapped('Associations have no dates'),
        childId: linkTo('account'),
        parentId: linkTo('account'),
      },
    },
  ],
} as const satisfies EntityMap<'accountParent'>;
