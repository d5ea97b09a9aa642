import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, CrmAdapter, EvidenceReport, Id, Write } from '@holdfast/core';
import { generateIntroductions, type IntroductionBook } from '@holdfast/sandbox';
import {
  type BookIntroductions,
  evidenceShown,
  findBookIntroductions,
  openSqliteStore,
  openWorkspace,
  pull,
  type Store,
  workspaceDigest,
} from '@holdfast/workflows';
import type { Trial } from '../../../workflows/test/introductions/judge-introductions.ts';
import { type CrmName, type FilledOrg, fillOrg, KEEPS, type OrgSettings } from './filled-org.ts';

/** A generated book that went through an org, the real adapter and the store. */
export interface ReadThrough extends Trial {
  readonly found: BookIntroductions;
  /** Every text of the store, to look for what must not be in it. */
  readonly stored: string;
  readonly pullSeconds: number;
  readonly findSeconds: number;
}

const FREE = new Set(['freemail.example']);

/** Fills an org of a vendor with a generated book, pulls it as `holdfast pull` does, and matches what was stored. */
export async function readThrough(
  crm: CrmName,
  options: { readonly seed: number; readonly introductions: number } & Pick<OrgSettings, 'hidesMails'>,
): Promise<ReadThrough> {
  const { seed, introductions, hidesMails = false } = options;
  const { book, truth } = generateIntroductions({ seed, introductions, keeps: KEEPS[crm] });
  const clock = clockFrom(Date.parse(book.asOf));
  const org = fillOrg(crm, book, { clock, hidesMails });
  const workspace = openWorkspace(mkdtempSync(join(tmpdir(), 'holdfast-introductions-')));
  const store = openSqliteStore(workspace.storeFile, { clock });
  try {
    await install(org);
    const adapter = await org.connect();
    await confirm(org, adapter, book);
    await store.acquire({ pid: process.pid, host: 'test', startedAt: clock.now(), purpose: 'pull' });
    const digest = workspaceDigest(workspace);
    const pulling = performance.now();
    await pull(adapter, store, { clock, random: () => 0.5, digest });
    const finding = performance.now();
    const shown = evidenceShown(adapter.capabilities);
    const found = await findBookIntroductions(store, {
      ...{ profile: org.profile, asOf: clock.now(), digest, shown, freeHosts: FREE },
    });
    const done = performance.now();
    await adapter.close();
    return {
      ...{ book, truth, found, report: inWordsOfBook(found.report, org, book) },
      stored: await textsOf(store),
      ...{ pullSeconds: (finding - pulling) / 1000, findSeconds: (done - finding) / 1000 },
    };
  } finally {
    org.close();
    await store.close();
    rmSync(workspace.folder, { recursive: true, force: true });
  }
}

function clockFrom(start: number): Clock {
  let at = start;
  return {
    now: () => at,
    sleep: async (ms) => {
      at += ms;
    },
  };
}

async function install(org: FilledOrg): Promise<void> {
  const adapter = await org.connect();
  const { changes } = await adapter.schema!.plan('installed');
  const results = await adapter.schema!.apply(changes);
  const failed = results.find(({ status }) => status !== 'done');
  if (failed) throw failed.error ?? new Error(failed.id);
  await adapter.close();
}

/** Holdfast makes the record of a referral; a person notes in it what the two said. */
async function confirm(org: FilledOrg, adapter: CrmAdapter, { confirmations }: IntroductionBook): Promise<void> {
  const size = adapter.capabilities.write.referral?.batchSize ?? 100;
  for (let start = 0; start < confirmations.length; start += size) {
    const some = confirmations.slice(start, start + size);
    const writes = some.map(({ id, advocateId, prospectId }): Write<'referral'> => {
      const people = { advocateId: org.idOf('contacts', advocateId), prospectId: org.idOf('contacts', prospectId) };
      return { key: id, target: { externalKey: id }, set: { state: 'under_review', ...people } };
    });
    const results = await adapter.write('referral', writes);
    for (const [i, result] of results.entries()) {
      if (result.status !== 'written') throw new Error(`${result.key}: ${result.status}`);
      const { byAdvocate, byProspect } = some[i]!;
      if (byAdvocate !== undefined) org.note(result.id, 'advocateConfirmed', byAdvocate ? 'yes' : 'no');
      if (byProspect !== undefined) org.note(result.id, 'prospectConfirmed', byProspect ? 'yes' : 'no');
    }
  }
}

/** The same findings under the book's own ids, so that they can be held against the truth. */
function inWordsOfBook(report: EvidenceReport, org: FilledOrg, book: IntroductionBook): EvidenceReport {
  const names = new Map<Id, string>([
    ...book.accounts.map(({ id }) => [org.idOf('accounts', id), id] as const),
    ...book.contacts.map(({ id }) => [org.idOf('contacts', id), id] as const),
  ]);
  const named = (id: Id) => names.get(id) ?? id;
  const orNull = (id: Id | null) => (id === null ? null : named(id));
  return {
    ...report,
    introductions: report.introductions.map((it) => ({
      ...it,
      ...{ advocateId: orNull(it.advocateId), advocateAccountId: orNull(it.advocateAccountId) },
      ...{ subjectId: named(it.subjectId), prospectContactId: orNull(it.prospectContactId) },
    })),
  };
}

async function textsOf(store: Store): Promise<string> {
  const lines: string[] = [];
  for (const entity of ['mailParties', 'meetingParties'] as const)
    for await (const it of store.records(entity)) lines.push(JSON.stringify(it));
  return lines.join('\n');
}
