import { join } from 'node:path';
import {
  type BookIntroductions,
  findBookIntroductions,
  type ReferralLooks,
  screenClaims,
  workspaceDigest,
} from '@holdfast/workflows';
import type { Pulled } from '../session/run-files.ts';
import { confirmedProfile, type Session } from '../session/session.ts';
import { type ProgramFiles, readProgramFiles } from './program-files.ts';

/** What the referrals of a workspace are followed with, whichever command does it. */
export interface WorkspaceReferrals extends ProgramFiles, ReferralLooks {
  /** What mails, meetings and people's own notes prove; worked out once, when it is first asked for. */
  readonly introductions: () => Promise<BookIntroductions>;
}

/** What an earlier version pulled says nothing of evidence. */
const NOT_PULLED = 'It was not read by the last pull: run `holdfast pull` again';
const UNSHOWN = { mail: NOT_PULLED, meeting: NOT_PULLED, link: null, confirmation: NOT_PULLED };

/** Why the org of the last pull does not show a source of evidence; `null` where it does. */
export function evidenceShown({ evidence }: Pick<Pulled, 'evidence'>) {
  return { ...UNSHOWN, ...evidence };
}

/** Programs, rates and codes from the folder beside the workspace's, the checks of claims on its book, and its evidence. */
export function referralOptions(
  { workspace, store, config, io }: Pick<Session, 'workspace' | 'store' | 'config' | 'io'>,
  pulled: Pulled,
  asOf = pulled.asOf,
): WorkspaceReferrals {
  const files = readProgramFiles(join(workspace.folder, '..'), pulled.amounts?.currency ?? 'EUR');
  const checking = { asOf: pulled.asOf, digest: workspaceDigest(workspace) };
  let found: Promise<BookIntroductions> | null = null;
  const introductions = () => {
    const shown = evidenceShown(pulled);
    const finding = { profile: confirmedProfile(config), asOf, digest: checking.digest, shown, signal: io.signal };
    found ??= findBookIntroductions(store, finding);
    return found;
  };
  return {
    ...{ ...files, introductions },
    screen: (rows, engine) => screenClaims(store, engine, rows, checking),
    findTouches: async () => (await introductions()).touches,
  };
}
