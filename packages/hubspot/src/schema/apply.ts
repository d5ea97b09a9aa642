import type { SchemaChange, SchemaResult } from '@holdfast/core';
import type { Session } from '../session.ts';
export async function applySchema(
  _s: Session,
  _c: readonly SchemaChange[],
  _signal?: AbortSignal,
): Promise<readonly SchemaResult[]> {
  return [];
}
