import { WorkspaceError } from '../workspace/workspace-error.ts';

/** The refusal to mix two orgs in one workspace. */
export function otherOrg(boundCrm: string, boundOrg: string, crm: string, orgId: string): WorkspaceError {
  return new WorkspaceError(
    'org',
    `This workspace holds ${boundCrm} ${boundOrg}, but the connection is to ${crm} ${orgId}. Use another workspace for it.`,
  );
}
