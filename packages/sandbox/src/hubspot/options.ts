import type { Book } from '../book/book.ts';
import type { BookMail } from '../book/introductions/index.ts';
import type { SandboxClock } from '../server/emulator.ts';
import type { TokenGrant } from './http/access.ts';
import type { HubSpotTier, ObjectType } from './schema/object-type.ts';
import type { PropertyInput } from './schema/property.ts';

/** How to make an emulated HubSpot account. */
export interface HubSpotOptions {
  /** Seeds the account as the org of a customer who runs this book. */
  readonly book?: Book;
  /** What the mail system told of the book's mails. */
  readonly mails?: readonly BookMail[];
  /** Further addresses of the book's contacts, by contact. */
  readonly otherEmails?: Readonly<Record<string, readonly string[]>>;
  readonly tier: HubSpotTier;
  readonly clock: SandboxClock;
  /** Decides ids, orders and delays; 1 when left out. */
  readonly seed?: number;
  readonly portalId?: number;
  /** The longest time until search sees a change, milliseconds; 0 when left out. */
  readonly indexLagMs?: number;
  /** By bearer token. One token with every scope, `sandbox-token`, when left out. */
  readonly tokens?: Readonly<Record<string, TokenGrant>>;
  /** An OAuth app that may exchange its refresh token or a code. */
  readonly oauth?: OAuthApp;
  /**
   * The customer's own properties, by object name (`companies`). When left out, those that the book needs
   * (`seed/customer-properties.ts`); `{}` for none.
   */
  readonly customFields?: Readonly<Record<string, readonly PropertyInput[]>>;
  /** The customer's own objects (Enterprise). */
  readonly customObjects?: readonly ObjectType[];
  /** Counts calls and refuses them with 429 on the emulator's clock; true when left out. */
  readonly rateLimits?: boolean;
  /** Overrides of the tier's limits. */
  readonly limits?: { readonly burst?: number; readonly daily?: number; readonly search?: number };
  /** Properties that an administrator made compulsory, by object name; bind writes on the 2026-09 paths only. */
  readonly requiredByAdmin?: Readonly<Record<string, readonly string[]>>;
  /** Most custom properties per object, in place of the tier's. */
  readonly propertyLimit?: number;
  readonly timeZone?: string;
  readonly currency?: string;
  readonly exchangeRates?: Readonly<Record<string, number>>;
  readonly accountType?: 'STANDARD' | 'SANDBOX' | 'DEVELOPER_TEST';
  /** Keeps the journal of changes; true when left out. A benchmark may do without. */
  readonly journal?: boolean;
}

/** An OAuth app installed in the account. */
export interface OAuthApp {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  readonly scopes: readonly string[] | 'all';
  /** Authorization codes that may be exchanged once. */
  readonly codes?: readonly string[];
}

/** The token that works when no tokens are given. */
export const sandboxToken = 'sandbox-token';
