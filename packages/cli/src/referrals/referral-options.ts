import { join } from 'node:path';
import { type ReferralLooks, screenClaims, workspaceDigest } from '@holdfast/workflows';
import type { Pulled } from '../session/run-files.ts';
import type { Session } from '../session/session.ts';
import { type ProgramFiles, readProgramFiles } from './program-files.ts';

/** What the referrals of a workspace are followed with, whichever command does it. */
export type WorkspaceReferrals = ProgramFiles & ReferralLooks;

/** Programs, rates and codes from the folder beside the workspace's, and the checks of claims on its book. */
export function referralOptions(
  { workspace, store }: Pick<Session, 'workspace' | 'store'>,
  pulled: Pulled,
): WorkspaceReferrals {
  const files = readProgramFiles(join(workspace.folder, '..'), pulled.amounts?.currency ?? 'EUR');
  const checking = { asOf: pulled.asOf, digest: workspaceDigest(workspace) };
  return { ...files, screen: (rows, engine) => screenClaims(store, engine, rows, checking) };
}
