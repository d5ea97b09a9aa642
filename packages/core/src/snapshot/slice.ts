import type { Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { RecordRole } from '../model/profile.ts';
import type {
  Account,
  Activity,
  Contact,
  ContactRole,
  Contract,
  Opportunity,
  Order,
  OrderLine,
  Owner,
  SurveyResponse,
  Ticket,
  Usage,
} from '../model/types.ts';

/** All records around one account, as the store hands them out: merged ids already re-pointed, nothing filtered. */
export interface AccountRecords {
  readonly account: Account;
  readonly owner: Owner | null;
  readonly parentId: Id | null;
  readonly childIds: readonly Id[];
  readonly contacts: readonly Contact[];
  readonly roles: readonly ContactRole[];
  readonly opportunities: readonly Opportunity[];
  readonly contracts: readonly Contract[];
  readonly orders: readonly Order[];
  /** Lines of the account's opportunities and orders. */
  readonly orderLines: readonly OrderLine[];
  readonly tickets: readonly Ticket[];
  readonly activities: readonly Activity[];
  readonly surveys: readonly SurveyResponse[];
  readonly usage: readonly Usage[];
}

/** One account as of one instant: only records whose own dates lie before it, with the account's part in the book. */
export interface AccountSlice extends AccountRecords {
  readonly asOf: Instant;
  readonly role: RecordRole;
}
