import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  addressKeys,
  eraseParty,
  type Id,
  type Instant,
  journalFacts,
  nameKey,
  type PartyIdentity,
  type PayeeVaultEntry,
  type PrivacyPolicy,
  UNKNOWN_PARTY,
} from '@holdfast/core';
import { openReferrals } from '../referrals/open-referrals.ts';
import type { Store } from '../store/store.ts';
import { boundDigest } from './bound-digest.ts';
import type { Workspace } from './open-workspace.ts';
import { readPayeeVault, VAULT_FILE, writePayeeVault } from './payee-vault.ts';
import { personEraser } from './person-eraser.ts';
import { type PersonRecords, personRecords } from './person-records.ts';
import { KEY_FILE, partyKeys } from './workspace-digest.ts';
import { writeWhole } from './write-whole.ts';

/** When, and by what the person is known that the CRM's record does not say. */
export interface ForgetOptions {
  readonly at: Instant;
  /** How long what must stay is kept; the house's terms when left out. */
  readonly policy?: PrivacyPolicy;
  readonly emails?: readonly string[];
  readonly phones?: readonly string[];
}

/** What was erased: rows of the store, events of the referral journal, and files that mentioned the person. */
export interface ForgetReport {
  readonly rows: number;
  readonly events: number;
  readonly files: number;
  /** Of the person in the vault of payees; `null`: there was nothing, or nothing is left of it. */
  readonly payee: 'restricted' | null;
}

/**
 * Erases a person, contact or lead, from the store and copies that an upgrade left, from the referral journal, and from every file of the
 * workspace; keeps them from coming back with the next pull, and by tombstones from being claimed anew. The one exception
 * is the vault of payees, where an entry stays as long as bookkeeping needs it. The CRM's own record is the company's to
 * erase. What tells who the person is goes last, record and vault, so that a run that dies is made good by running again.
 */
export async function forgetContact(
  workspace: Workspace,
  store: Store,
  contactId: Id,
  options: ForgetOptions,
): Promise<ForgetReport> {
  const digest = await boundDigest({ workspace, store });
  const id = await store.resolve(contactId);
  const vault = readPayeeVault(workspace);
  const { ids, records } = await personRecords(store, id);
  const party = partyOf(ids, records, vault, options);
  const engine = await openReferrals(store);
  const at = Math.max(options.at, engine.state.now);
  const erasure = eraseParty(journalFacts(engine.state), { at, partyId: id, party }, digest, options.policy);
  const { names, emails, phones, contactIds } = party;
  const words = { names, emails, phones };
  const files = eraseFiles(
    workspace,
    { ...words, ids: contactIds },
    { ...words, ids: without(contactIds, erasure.opaque) },
  );
  const { tombstones, withdrawn } = erasure.event;
  const isKnown = tombstones.length > 0 || withdrawn.length > 0;
  const events = await store.rewriteReferralEvents(erasure.rewriting(), isKnown ? [erasure.event] : []);
  const others = records.flatMap((it) => ('otherAddresses' in it ? (it.otherAddresses ?? []) : []));
  const keys = [...ids, ...keysOf(party, digest), ...others.map((it) => it.mailbox)];
  const rows = await store.forget(id, personEraser({ ...words, ids: [] }), keys);
  writePayeeVault(workspace, erasure.vault(vault));
  const left = readPayeeVault(workspace).some((it) => contactIds.includes(it.partyId));
  return { rows, events, files, payee: left ? 'restricted' : null };
}

/** The person by every id, with what records and vault say of them. */
function partyOf(
  contactIds: readonly Id[],
  records: PersonRecords['records'],
  vault: readonly PayeeVaultEntry[],
  { emails = [], phones = [] }: ForgetOptions,
): PartyIdentity {
  const paid = vault.filter((it) => contactIds.includes(it.partyId));
  return {
    ...UNKNOWN_PARTY,
    contactIds,
    names: known([...records.map((it) => it.name), ...paid.map((it) => it.name)]),
    emails: known([...records.map((it) => it.email), ...paid.map((it) => it.email), ...emails]),
    phones: known([...paid.map((it) => it.phone), ...phones]),
  };
}

/** The digests by which a person is known among the people of mails. */
function keysOf({ emails, names }: PartyIdentity, digest: (text: string) => string): readonly string[] {
  const key = partyKeys(digest);
  return [...emails.map((it) => addressKeys(it, key)?.mailbox), ...names.map((it) => nameKey(it, key))].flatMap(
    (it) => it ?? [],
  );
}

function known(texts: readonly (string | null | undefined)[]): readonly string[] {
  const said = texts.flatMap((it) => it?.trim() ?? []);
  return [...new Set(said.filter((it) => it !== ''))];
}

function without(ids: readonly Id[], opaque: readonly Id[]): readonly Id[] {
  return ids.filter((it) => !opaque.includes(it));
}

type Words = Parameters<typeof personEraser>[0];

/**
 * Payouts keep the opaque ids that the ledger keeps; of those that name who is paid, with street and account number, the
 * person's rows go. An upgrade leaves a copy of the store as it was: it goes whole.
 */
function eraseFiles({ folder, storeFile }: Workspace, words: Words, inPayouts: Words): number {
  const store = basename(storeFile);
  const [erase, eraseInPayout] = [personEraser(words), personEraser(inPayouts)];
  const isTheirs = (record: string) => words.ids.includes(record.slice(0, record.indexOf(',')));
  const eraseRows = (text: string) => eraseInPayout(text.replace(CSV_RECORD, (it) => (isTheirs(it) ? '' : it)));
  const eraserOf = (name: string) =>
    !name.startsWith('payout-') ? erase : name.endsWith('-restricted.csv') ? eraseRows : eraseInPayout;
  let count = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const isTop = entry.parentPath === folder;
    if (isTop && entry.name.startsWith(`${store}.v`) && entry.name.endsWith('.bak')) rmSync(file);
    else if (isTop && (entry.name.startsWith(store) || OTHERS.includes(entry.name))) continue;
    else if (eraseFile(file, eraserOf(entry.name))) count += 1;
  }
  return count;
}

/** One record of a CSV file, line breaks within quotes included. */
const CSV_RECORD = /(?:"(?:[^"]|"")*"|[^"\n])*\n/g;

/** The vault is seen to by itself; the key is no text. */
const OTHERS: readonly string[] = [VAULT_FILE, KEY_FILE, '.gitignore'];

function eraseFile(file: string, erase: (text: string) => string): boolean {
  const text = readFileSync(file, 'utf8');
  const erased = erase(text);
  if (erased === text) return false;
  writeWhole(file, erased);
  return true;
}
