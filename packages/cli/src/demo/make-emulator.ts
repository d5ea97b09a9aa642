import type { Book, Emulator, SandboxClock } from '@holdfast/sandbox';
import { UserError } from '../failure.ts';

export type SandboxCrm = 'hubspot' | 'salesforce';

export interface SandboxChoice {
  readonly crm: SandboxCrm;
  readonly book: Book;
  readonly tier: string | null;
  readonly seed: number;
  readonly clock: SandboxClock;
}

export interface MadeEmulator {
  readonly emulator: Emulator;
  /** The variables that connect Holdfast to it at an origin. */
  readonly environment: (origin: string) => Readonly<Record<string, string>>;
}

const TIERS = ['free', 'starter', 'professional', 'enterprise'] as const;
const EDITIONS = ['developer', 'professional', 'enterprise', 'unlimited'] as const;
const CLIENT = { clientId: 'sandbox-client', clientSecret: 'sandbox-secret' } as const;

/** A book from a folder of CSV files, or a made-up one that ends now. */
export async function readBook(from: {
  readonly folder: string | null;
  readonly accounts: number;
  readonly seed: number;
  readonly now: number;
}): Promise<Book> {
  const { generateBook, loadBook } = await import('@holdfast/sandbox');
  if (from.folder !== null) return loadBook(from.folder);
  return generateBook({ accounts: from.accounts, seed: from.seed, asOf: new Date(from.now).toISOString() }).book;
}

/** An emulated CRM that holds the book as a customer's org would. */
export async function makeEmulator({ crm, book, tier, seed, clock }: SandboxChoice): Promise<MadeEmulator> {
  const sandbox = await import('@holdfast/sandbox');
  const currency = book.accounts.find((account) => account.currency !== undefined)?.currency ?? 'USD';
  if (crm === 'hubspot') {
    const emulator = sandbox.createHubSpot({ book, tier: oneOf(TIERS, tier ?? 'professional'), clock, seed, currency });
    return { emulator, environment: (origin) => ({ HUBSPOT_TOKEN: sandbox.sandboxToken, HUBSPOT_BASE_URL: origin }) };
  }
  const emulator = sandbox.createSalesforce({
    book,
    edition: oneOf(EDITIONS, tier ?? 'enterprise'),
    clock,
    seed,
    users: [{ username: 'integration@example.com', currency, ...CLIENT }],
  });
  return {
    emulator,
    environment: (origin) => ({
      SALESFORCE_LOGIN_URL: origin,
      SALESFORCE_CLIENT_ID: CLIENT.clientId,
      SALESFORCE_CLIENT_SECRET: CLIENT.clientSecret,
    }),
  };
}

function oneOf<T extends string>(values: readonly T[], value: string): T {
  const found = values.find((it) => it === value);
  if (found) return found;
  throw new UserError('usage', `"${value}" is not a tier of this sandbox: choose one of ${values.join(', ')}.`, 2);
}
