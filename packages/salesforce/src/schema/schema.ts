import type { CrmAdapter } from '@holdfast/core';
import { ownedFields } from '../owned-name.ts';
import type { Session } from '../session.ts';
import { applySchema } from './apply.ts';
import { referralFields } from './custom-field.ts';
import { sourceFiles } from './package-files.ts';
import { permissionSets } from './permission-sets.ts';
import { planSchema } from './plan.ts';

/** Installing and removing what Holdfast owns in an org. Needs Modify Metadata, so it is done once, as an admin. */
export function createSchema(session: Session): NonNullable<CrmAdapter['schema']> {
  const isThere = (object: string) => session.shapes.has(object);
  return {
    plan: (target, signal) => planSchema(session, target, signal),
    apply: (changes, signal) => applySchema(session, changes, signal),
    files: () => sourceFiles(permissionSets(session), ownedFields(isThere), referralFields(isThere)),
  };
}
