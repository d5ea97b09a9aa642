import { join } from 'node:path';
import type { ClauseReward } from '@holdfast/core';
import { boundDigest, type ReferralLooks, screenClaims } from '@holdfast/workflows';
import type { Pulled } from '../session/run-files.ts';
import type { Session } from '../session/session.ts';
import { clauseRewards } from './clause-file.ts';
import { evidenceShown, introductionsAt, type KeptIntroductions } from './kept-introductions.ts';
import { type ProgramFiles, readProgramFiles } from './program-files.ts';

/** What the referrals of a workspace are followed with, whichever command does it. */
export interface WorkspaceReferrals extends ProgramFiles, Omit<ReferralLooks, 'codes'> {
  /** Clauses of contracts with a reward of their own. */
  readonly clauseRewards: readonly ClauseReward[];
  /** What mails, meetings and people's own notes prove; worked out once, when it is first asked for. */
  readonly introductions: () => Promise<KeptIntroductions>;
}

/** Programs, rates and codes from the folder beside the workspace's, the checks of claims on its book, and its evidence. */
export function referralOptions(
  session: Pick<Session, 'workspace' | 'store' | 'config' | 'io'>,
  pulled: Pulled,
  asOf = pulled.asOf,
): WorkspaceReferrals {
  const { workspace, store } = session;
  const files = readProgramFiles(join(workspace.folder, '..'), pulled.amounts?.currency ?? 'EUR');
  let found: Promise<KeptIntroductions> | null = null;
  const introductions = () => {
    found ??= introductionsAt(session, pulled, asOf);
    return found;
  };
  return {
    ...{ ...files, introductions },
    clauseRewards: clauseRewards(files.clauses, session.config.profile?.timeZone ?? 'UTC'),
    screen: async (rows, engine) =>
      screenClaims(store, engine, rows, { asOf: pulled.asOf, digest: await boundDigest(session) }),
    findTouches: async () => (await introductions()).touches,
    findDenials: async () => (await introductions()).denials,
    // of another instant the rows say nothing for certain
    showsRecorded: asOf === pulled.asOf && pulled.recorded?.lost.length === 0 && evidenceShown(pulled).link === null,
  };
}
