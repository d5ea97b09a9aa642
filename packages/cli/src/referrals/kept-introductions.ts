import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OrgProfile } from '@holdfast/core';
import { type BookIntroductions, boundDigest, findBookIntroductions, type Workspace } from '@holdfast/workflows';
import * as z from 'zod';
import { type Pulled, runsWith } from '../session/run-files.ts';
import { confirmedProfile, type Session } from '../session/session.ts';
import { parseJson } from '../text/parse-json.ts';

/** What a pulled book proves of introductions, without every record that was weighed: ids and digests only. */
export type KeptIntroductions = Omit<BookIntroductions, 'report'> &
  Pick<BookIntroductions['report'], 'counts' | 'sources'>;

/** What an earlier version pulled says nothing of evidence. */
const NOT_PULLED = 'It was not read by the last pull: run `holdfast pull` again';
const UNSHOWN = { mail: NOT_PULLED, meeting: NOT_PULLED, link: null, confirmation: NOT_PULLED };

/** Why the org of the last pull does not show a source of evidence; `null` where it does. */
export function evidenceShown({ evidence }: Pick<Pulled, 'evidence'>) {
  return { ...UNSHOWN, ...evidence };
}

/** The introductions as of an instant: those that the pull left, or worked out where store or profile have changed since. */
export async function introductionsAt(
  session: Pick<Session, 'workspace' | 'store' | 'config' | 'io'>,
  pulled: Pulled,
  asOf: number,
): Promise<KeptIntroductions> {
  const { workspace, store, config, io } = session;
  const profile = confirmedProfile(config);
  const basis = basisOf(profile, asOf, await store.mark());
  const kept = readKept(workspace, basis);
  if (kept) return kept;
  const digest = await boundDigest(session);
  const finding = { profile, asOf, digest, shown: evidenceShown(pulled), signal: io.signal };
  const { report, ...found } = await findBookIntroductions(store, finding);
  return { ...found, counts: report.counts, sources: report.sources };
}

/** Works them out once for all commands after a pull; a book that nobody has confirmed has none. */
export async function keepIntroductions(session: Session, pulled: Pulled): Promise<void> {
  const { profile } = session.config;
  if (!profile?.confirmedAt) return;
  const found = await introductionsAt(session, pulled, pulled.asOf);
  const basis = basisOf(profile, pulled.asOf, await session.store.mark());
  session.run().writeJson('introductions', { basis, sum: hash(found), found });
}

/** Another number where the file holds something else than before: one of an earlier version is worked out again. */
const CONTENTS = 2;

/** What they rest on: the same book, read by the same profile, at the same instant. */
function basisOf(profile: OrgProfile, asOf: number, mark: number): string {
  return hash({ profile, asOf, mark, holds: CONTENTS });
}

const keptFile = z.object({ basis: z.string(), sum: z.string(), found: z.record(z.string(), z.unknown()) });

/** A file out of which somebody was taken (`holdfast forget`) no longer has its sum, and says nothing. */
function readKept(workspace: Workspace, basis: string): KeptIntroductions | null {
  const [runId] = runsWith(workspace, 'run');
  const file = join(workspace.runsFolder, runId ?? '', 'introductions.json');
  if (runId === undefined || !existsSync(file)) return null;
  const kept = keptFile.safeParse(parseJson(readFileSync(file, 'utf8'))).data;
  if (kept?.basis !== basis || kept.sum !== hash(kept.found)) return null;
  return kept.found as unknown as KeptIntroductions;
}

function hash(value: object): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
