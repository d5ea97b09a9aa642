import type { CrmAdapter } from '@holdfast/core';
import type { Session } from '../session.ts';

export function createSchema(_session: Session): NonNullable<CrmAdapter['schema']> {
  return { plan: async () => ({ changes: [], refusals: [], uses: [] }), apply: async () => [] };
}
