import type { Book } from '../book/book.ts';
import type { BookMail } from '../book/introductions/index.ts';
import type { SandboxClock } from '../server/emulator.ts';
import type { ReferralProduct } from './schema/standard/referral.ts';

/** Editions that differ in what the API allows. */
export type Edition = 'developer' | 'professional' | 'enterprise' | 'unlimited';

/** A user who may log in, with what it may do. Everything optional has an administrator's value. */
export interface SalesforceUser {
  readonly username: string;
  readonly name?: string;
  readonly email?: string;
  /** Client credentials and JWT bearer run as this user. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** First refresh token and authorization code accepted for this user. */
  readonly refreshToken?: string;
  readonly authorizationCode?: string;
  /** A token that is valid from the start, for tests that skip the login. */
  readonly accessToken?: string;
  readonly timeZone?: string;
  readonly currency?: string;
  readonly modifyAllData?: boolean;
  readonly viewAllData?: boolean;
  readonly modifyMetadata?: boolean;
  readonly apiEnabled?: boolean;
  /** `Account.Industry: 'none'` hides the field from describe and SOQL, `'read'` makes it read-only. */
  readonly fieldAccess?: Readonly<Record<string, 'none' | 'read'>>;
  /** `Contract: 'none'` hides the object, `'read'` refuses writes. */
  readonly objectAccess?: Readonly<Record<string, 'none' | 'read'>>;
}

/** A record type of an object; `default` is the one that new records get. */
export interface RecordTypeOption {
  readonly object: string;
  readonly developerName: string;
  readonly label: string;
  readonly isDefault?: boolean;
  /** Allowed picklist values by field where they differ from the master's. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
}

/** How the org behaves; every switch has the plain default of a fresh org. */
export interface SalesforceSettings {
  /** Rows per query page; Salesforce's own default is 2,000. */
  readonly pageSize?: number;
  /** Calls a day; by edition otherwise. */
  readonly dailyRequestLimit?: number;
  readonly sessionMinutes?: number;
  /** A used refresh token stops working (default true). */
  readonly rotateRefreshTokens?: boolean;
  /** Contacts may relate to several accounts: AccountContactRelation exists. */
  readonly contactsToMultipleAccounts?: boolean;
  /** "Sync Email as Salesforce Activity": captured mails are EmailMessage records and not tasks alone. */
  readonly mailsAsRecords?: boolean;
  /** The org has bought a product that brings the standard object Referral, with that product's fields. */
  readonly referrals?: ReferralProduct;
  /** Objects whose records only their owner sees, unless the user may view all data. */
  readonly privateObjects?: readonly string[];
  /** Statuses that a task may have, and whether one of them means that it is done; those of a new org otherwise. */
  readonly taskStatuses?: Readonly<Record<string, boolean>>;
  readonly recordTypes?: readonly RecordTypeOption[];
  /** Days after which a closed activity is only returned by queryAll. */
  readonly archiveActivitiesAfterDays?: number;
  /** Fields whose history is kept, `Account.OwnerId`. */
  readonly trackedFields?: readonly string[];
  /** Polls of checkDeployStatus before a deploy is done. */
  readonly deployPolls?: number;
  /** Rates by currency against the corporate currency, in a multi-currency org. */
  readonly currencyRates?: Readonly<Record<string, number>>;
  readonly corporateCurrency?: string;
  /** First month of the fiscal year, 1 to 12. */
  readonly fiscalYearStartMonth?: number;
  /** Address that the token endpoint names as the instance; the request's own host otherwise. */
  readonly instanceUrl?: string;
}

/** What `createSalesforce` needs to know. */
export interface SalesforceOptions {
  readonly book?: Book;
  /** What the mail system told of the book's mails; records of it exist only with the setting `mailsAsRecords`. */
  readonly mails?: readonly BookMail[];
  readonly edition: Edition;
  readonly clock: SandboxClock;
  readonly seed?: number;
  /** 18-character organization id; made from the seed otherwise. */
  readonly orgId?: string;
  /** Newest API version; 66.0 (Spring '26) unless given. */
  readonly apiVersion?: string;
  readonly multiCurrency?: boolean;
  readonly personAccounts?: boolean;
  readonly users?: readonly SalesforceUser[];
  readonly options?: SalesforceSettings;
}
