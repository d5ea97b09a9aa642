import { join } from 'node:path';
import type { ReferralLooks } from '@holdfast/workflows';
import type { Pulled } from '../session/run-files.ts';
import type { Session } from '../session/session.ts';
import { type ProgramFiles, readProgramFiles } from './program-files.ts';

/** What the referrals of a workspace are followed with, whichever command does it. */
export type WorkspaceReferrals = ProgramFiles & ReferralLooks;

/** Programs, rates and codes from the folder beside the workspace's. */
export function referralOptions({ workspace }: Pick<Session, 'workspace'>, pulled: Pulled): WorkspaceReferrals {
  return readProgramFiles(join(workspace.folder, '..'), pulled.amounts?.currency ?? 'EUR');
}
