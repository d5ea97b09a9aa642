import { DAY_MS, formatInstant, type Id, type Payee, type PayeeVaultEntry, payeeIdentities } from '@holdfast/core';
import { boundDigest, readPayeeVault, writePayeeVault } from '@holdfast/workflows';
import * as z from 'zod';
import { privacyPolicy } from '../config/config.ts';
import { UserError } from '../failure.ts';
import { readInputFile } from '../referrals/read-input-file.ts';
import type { ReferralDesk } from '../referrals/referral-desk.ts';

/** What must be known of whoever is paid; the files of `settle` and of `payee` say it in the same words. */
export const payeeFields = {
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'is no country code (two capital letters)')
    .nullable(),
  taxFormOn: z.iso.date('is no day (YYYY-MM-DD)').nullable(),
  sanctions: z.enum(['clear', 'unknown', 'match']),
};

const text = z.string().min(1, 'is empty').nullable().default(null);
const payeeFile = z.strictObject({
  name: z.string().min(1, 'is empty'),
  ...{ address: text, email: text, phone: text, payout: text, taxId: text },
  ...payeeFields,
});

/** Whose entry was written; never what it says. */
export interface EnteredPayee {
  readonly partyId: Id;
  readonly isNew: boolean;
  /** The person was erased and is owed something still: until then it is kept. */
  readonly expiresAt: string | null;
}

/** Puts a payee into the vault from a file, in place of what it said of them before. */
export async function payeeStep(desk: ReferralDesk, partyId: Id, file: string): Promise<EnteredPayee> {
  const { session, state, now } = desk;
  const given = readInputFile(file, 'bad_payee', payeeFile);
  const entries = readPayeeVault(session.workspace);
  const { store } = session;
  const isThere = ((await store.get('account', partyId)) ?? (await store.get('contact', partyId))) !== null;
  if (!isThere && ![...state.rewards.ledger.parties()].includes(partyId))
    throw new UserError(
      'not-found',
      `There is no contact, account or party of the ledger ${partyId}. Check the id.`,
      2,
    );
  const expiresAt = isThere ? null : now + privacyPolicy(session.config).vaultDays * DAY_MS;
  const entry: PayeeVaultEntry = { partyId, ...given, restricted: !isThere, expiresAt };
  const others = entries.filter((it) => it.partyId !== partyId);
  writePayeeVault(session.workspace, [...others, entry]);
  await noteIdentities(desk, entry);
  return {
    partyId,
    isNew: others.length === entries.length,
    expiresAt: expiresAt === null ? null : formatInstant(expiresAt),
  };
}

/** Into the journal go digests alone: by them two who are paid at one place are found. */
async function noteIdentities(desk: ReferralDesk, entry: PayeeVaultEntry): Promise<void> {
  const { now } = desk;
  const { partyId } = entry;
  const identities = payeeIdentities(entry, await boundDigest(desk.session));
  if (identities.length === 0) return;
  const key = `identity ${partyId} ${identities.map(({ hash }) => hash).join(' ')}`;
  const at = { occurredAt: now, recordedAt: now };
  await desk.take([{ key, ...at, kind: 'identity', partyId, identities }], key);
}

/** That it was done, and what to do with the file. */
export function payeeText({ partyId, isNew, expiresAt }: EnteredPayee): string {
  const until = expiresAt === null ? '' : ` The person was erased: it is kept until ${expiresAt.slice(0, 10)}.`;
  return `${isNew ? 'Entered' : 'Replaced'} in the vault of payees: ${partyId}.${until} Remove the file that it came from.`;
}

/** What the vault says of those who are owed something now, by the ids that the ledger has for them. */
export function payeesOf({ session, state: { rewards } }: ReferralDesk): Readonly<Record<Id, Payee>> {
  const entries = readPayeeVault(session.workspace);
  const owed = new Set(rewards.unsettled().map((it) => it.beneficiary.partyId));
  const found = [...owed].sort().flatMap((partyId) => {
    const entry = entries.find((it) => rewards.survivorOf(it.partyId) === rewards.survivorOf(partyId));
    if (!entry) return [];
    const { country, taxFormOn, sanctions } = entry;
    return [[partyId, { country, taxFormOn, sanctions }] as const];
  });
  return Object.fromEntries(found);
}
