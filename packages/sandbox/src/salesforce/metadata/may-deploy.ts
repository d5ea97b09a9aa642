import type { ApiFault } from '../errors.ts';
import type { Org, OrgUser } from '../org.ts';

/** Why this user may not use the Metadata API; undefined when it may. Professional edition has none. */
export function mayDeploy(org: Org, user: OrgUser): ApiFault | undefined {
  if (org.options.edition === 'professional')
    return { code: 'API_DISABLED_FOR_ORG', message: 'API is not enabled for this Organization or Partner' };
  if (user.modifyMetadata === false)
    return {
      code: 'INSUFFICIENT_ACCESS',
      message:
        'INSUFFICIENT_ACCESS: use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions',
    };
  return undefined;
}
