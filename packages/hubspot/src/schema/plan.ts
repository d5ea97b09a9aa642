import type { SchemaPlan } from '@holdfast/core';
import type { Session } from '../session.ts';
export async function planSchema(_s: Session, _t: 'installed' | 'removed', _signal?: AbortSignal): Promise<SchemaPlan> {
  return { changes: [], refusals: [], uses: [] };
}
