/**
 * A book of business in no vendor's words: what a folder of CSV files holds, what the generator makes,
 * and what each emulated CRM is seeded from. Every table may be empty. Days are `YYYY-MM-DD`, instants are
 * ISO 8601 with `Z`, money is a decimal in major units with its ISO 4217 currency beside it.
 */
export interface Book {
  readonly owners: readonly BookOwner[];
  readonly accounts: readonly BookAccount[];
  readonly contacts: readonly BookContact[];
  readonly opportunities: readonly BookOpportunity[];
  readonly opportunityLines: readonly BookOpportunityLine[];
  readonly contracts: readonly BookContract[];
  readonly orders: readonly BookOrder[];
  readonly orderLines: readonly BookOrderLine[];
  readonly tickets: readonly BookTicket[];
  readonly activities: readonly BookActivity[];
  readonly surveys: readonly BookSurvey[];
  readonly usage: readonly BookUsage[];
  readonly referrals: readonly BookReferral[];
}

export interface BookOwner {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly active: boolean;
}

export interface BookAccount {
  readonly id: string;
  readonly name: string;
  readonly domain?: string;
  readonly type: 'customer' | 'prospect' | 'partner' | 'test';
  readonly parentId?: string;
  readonly ownerId?: string;
  readonly industry?: string;
  readonly country?: string;
  readonly employees?: number;
  readonly annualRevenue?: number;
  readonly currency?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface BookContact {
  readonly id: string;
  readonly accountId?: string;
  /** Further accounts that the person also works with. */
  readonly otherAccountIds?: readonly string[];
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly title?: string;
  /** decision maker, champion, user, billing ... */
  readonly role?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface BookOpportunity {
  readonly id: string;
  readonly accountId?: string;
  readonly ownerId?: string;
  readonly contactIds?: readonly string[];
  readonly name: string;
  readonly kind: 'new' | 'renewal' | 'expansion';
  readonly stage: 'qualification' | 'proposal' | 'negotiation' | 'won' | 'lost';
  readonly amount?: number;
  readonly currency?: string;
  readonly closeOn?: string;
  /** How it came in: Web, Referral, Partner Referral, Trade Show ... */
  readonly source?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface BookOpportunityLine {
  readonly id: string;
  readonly opportunityId: string;
  readonly product: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface BookContract {
  readonly id: string;
  readonly accountId: string;
  readonly status: 'draft' | 'active' | 'ended' | 'terminated';
  readonly startsOn: string;
  readonly endsOn: string;
  readonly noticeDays?: number;
  readonly autoRenews?: boolean;
  readonly annualValue: number;
  readonly currency?: string;
  /** The day the customer gave notice. */
  readonly noticeGivenOn?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface BookOrder {
  readonly id: string;
  readonly accountId?: string;
  readonly ownerId?: string;
  readonly number: string;
  readonly status: 'open' | 'shipped' | 'delivered' | 'cancelled';
  readonly orderedOn: string;
  readonly promisedOn?: string;
  readonly shippedOn?: string;
  readonly amount?: number;
  readonly currency?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface BookOrderLine {
  readonly id: string;
  readonly orderId: string;
  readonly product: string;
  /** A service milestone is an order line too. */
  readonly kind: 'goods' | 'service';
  readonly quantity: number;
  readonly unitPrice: number;
  /** 0.15 for 15 %. */
  readonly discount?: number;
  readonly promisedOn?: string;
  readonly shippedOn?: string;
  readonly deliveredOn?: string;
  readonly acceptedOn?: string;
  readonly deliveredQuantity?: number;
  readonly acceptedQuantity?: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface BookTicket {
  readonly id: string;
  readonly accountId?: string;
  readonly contactId?: string;
  readonly subject: string;
  readonly priority: 'low' | 'medium' | 'high' | 'urgent';
  readonly status: 'open' | 'waiting' | 'closed';
  readonly escalated?: boolean;
  /** It was closed once before. */
  readonly reopened?: boolean;
  readonly openedAt: string;
  readonly closedAt?: string;
  readonly updatedAt: string;
}

export interface BookActivity {
  readonly id: string;
  readonly accountId?: string;
  readonly contactIds?: readonly string[];
  readonly ownerId?: string;
  readonly kind: 'call' | 'email' | 'meeting' | 'note' | 'task';
  readonly direction?: 'inbound' | 'outbound';
  readonly subject?: string;
  readonly occurredAt: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface BookSurvey {
  readonly id: string;
  readonly accountId?: string;
  readonly contactId?: string;
  readonly kind: 'nps' | 'csat' | 'ces';
  readonly score: number;
  readonly respondedAt: string;
}

export interface BookUsage {
  readonly accountId: string;
  /** First day of the period of 30 or so days. */
  readonly periodOn: string;
  readonly seatsBought?: number;
  readonly seatsUsed?: number;
  readonly events?: number;
  readonly recordedAt: string;
}

export interface BookReferral {
  readonly id: string;
  readonly referrerContactId: string;
  readonly referredAccountId?: string;
  readonly referredContactId?: string;
  readonly opportunityId?: string;
  /** How the CRM knows: a link between two contacts, a field on the opportunity, or only the lead source. */
  readonly evidence: 'association' | 'field' | 'source';
  readonly claimedAt: string;
}
