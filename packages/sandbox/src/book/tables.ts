import type { Book } from './book.ts';

/** How a cell is written and checked; `csv-value.ts` knows each kind. */
export type ColumnKind = 'text' | 'day' | 'instant' | 'number' | 'whole' | 'yes-no' | 'choice' | 'link' | 'links';

/** One column of a book's file. An empty cell means: not known. */
export interface Column {
  readonly kind: ColumnKind;
  readonly required: boolean;
  /** What it holds, for the documentation. */
  readonly about: string;
  /** The words that a choice allows. */
  readonly choices?: readonly string[];
  /** The table that a link points into. */
  readonly to?: keyof Book;
  /** Bounds of a number, both included. */
  readonly low?: number;
  readonly high?: number;
}

type Optional<Row, Key extends keyof Row> = Record<never, never> extends Pick<Row, Key> ? true : false;
type ColumnOf<Row, Key extends keyof Row> = Column & {
  readonly required: Optional<Row, Key> extends true ? false : true;
  readonly kind: KindOf<NonNullable<Row[Key]>>;
};
type KindOf<Value> = [Value] extends [boolean]
  ? 'yes-no'
  : [Value] extends [number]
    ? 'number' | 'whole'
    : [Value] extends [readonly string[]]
      ? 'links'
      : string extends Value
        ? 'text' | 'day' | 'instant' | 'link'
        : 'choice';

/** One file of a book. */
export interface Table<Row> {
  readonly file: string;
  readonly about: string;
  /** Columns that together name a row; no two rows may agree in all of them. */
  readonly key: readonly (keyof Row & string)[];
  /** Every property of the row: one left out does not compile. */
  readonly columns: { readonly [Key in keyof Required<Row>]: ColumnOf<Row, Key> };
}

const must = <K extends ColumnKind>(kind: K, about: string, more?: Partial<Column>) =>
  ({ ...more, kind, about, required: true }) as const;
const may = <K extends ColumnKind>(kind: K, about: string, more?: Partial<Column>) =>
  ({ ...more, kind, about, required: false }) as const;

const id = must('text', 'The row’s own id, unique in the file.');
const createdAt = must('instant', 'When the CRM got the record.');
const updatedAt = must('instant', 'When it was last changed.');
const currency = may('text', 'ISO 4217 code of the money in this row.');
const ownerId = may('link', 'Who looks after it.', { to: 'owners' });
const accountId = may('link', 'The account it belongs to.', { to: 'accounts' });
const ofAccount = must('link', 'The account it belongs to.', { to: 'accounts' });
const positive = { low: 0 } as const;

/**
 * The files of a book and their columns, in the order in which they are written. Loading, saving and
 * `docs/book-format.md` all come from this one declaration.
 */
export const tables: { readonly [Name in keyof Book]: Table<Book[Name][number]> } = {
  owners: {
    file: 'owners.csv',
    about: 'The people who look after accounts: users of the CRM.',
    key: ['id'],
    columns: {
      id,
      name: must('text', 'First and last name.'),
      email: must('text', 'Mail address, as the CRM knows the user.'),
      active: must('yes-no', 'Whether the user can still sign in.'),
    },
  },
  accounts: {
    file: 'accounts.csv',
    about: 'Companies: customers, prospects, partners, and records made for a test.',
    key: ['id'],
    columns: {
      id,
      name: must('text', 'Name; two accounts may share it.'),
      domain: may('text', 'Web domain without `www`.'),
      type: must('choice', 'What the CRM calls it; a customer who left may still be called one.', {
        choices: ['customer', 'prospect', 'partner', 'test'],
      }),
      parentId: may('link', 'The account above it.', { to: 'accounts' }),
      ownerId,
      industry: may('text', 'Industry in words.'),
      country: may('text', 'Country in words.'),
      employees: may('whole', 'Number of people.', positive),
      annualRevenue: may('number', 'The account’s own revenue a year.', positive),
      currency,
      createdAt,
      updatedAt,
    },
  },
  contacts: {
    file: 'contacts.csv',
    about: 'People at accounts.',
    key: ['id'],
    columns: {
      id,
      accountId: may('link', 'The account where the person works.', { to: 'accounts' }),
      otherAccountIds: may('links', 'Further accounts that the person works with.', { to: 'accounts' }),
      firstName: may('text', 'First name.'),
      lastName: may('text', 'Last name.'),
      email: may('text', 'Mail address; CRMs expect it to be unique.'),
      phone: may('text', 'Phone number.'),
      title: may('text', 'Job title.'),
      role: may('text', 'Role towards us: champion, decision maker, user, billing, former champion, ...'),
      createdAt,
      updatedAt,
    },
  },
  opportunities: {
    file: 'opportunities.csv',
    about: 'Sales, renewals and expansions, open or closed.',
    key: ['id'],
    columns: {
      id,
      accountId,
      ownerId,
      contactIds: may('links', 'People who take part.', { to: 'contacts' }),
      name: must('text', 'Name.'),
      kind: must('choice', 'What kind of sale.', { choices: ['new', 'renewal', 'expansion'] }),
      stage: must('choice', 'How far it is.', { choices: ['qualification', 'proposal', 'negotiation', 'won', 'lost'] }),
      amount: may('number', 'Value; the sum of the lines where there are any.'),
      currency,
      closeOn: may('day', 'The day it closed, or is expected to.'),
      source: may('text', 'How it came in: Web, Referral, Trade Show, ...'),
      createdAt,
      updatedAt,
    },
  },
  opportunityLines: {
    file: 'opportunity-lines.csv',
    about: 'What an opportunity is about.',
    key: ['id'],
    columns: {
      id,
      opportunityId: must('link', 'The opportunity.', { to: 'opportunities' }),
      product: must('text', 'Product in words.'),
      quantity: must('number', 'How many.', positive),
      unitPrice: must('number', 'Price of one, in the opportunity’s currency.'),
      createdAt,
      updatedAt,
    },
  },
  contracts: {
    file: 'contracts.csv',
    about: 'Terms of recurring business, one row a term.',
    key: ['id'],
    columns: {
      id,
      accountId: ofAccount,
      status: must('choice', '`draft` before it begins, `ended` at the end of its term, `terminated` when cut short.', {
        choices: ['draft', 'active', 'ended', 'terminated'],
      }),
      startsOn: must('day', 'First day.'),
      endsOn: must('day', 'Last day.'),
      noticeDays: may('whole', 'Days before the end by which notice must be given.', positive),
      autoRenews: may('yes-no', 'Whether it goes on unless notice is given.'),
      annualValue: must('number', 'Value of one year.', positive),
      currency,
      noticeGivenOn: may('day', 'The day the customer gave notice.'),
      createdAt,
      updatedAt,
    },
  },
  orders: {
    file: 'orders.csv',
    about: 'Orders for goods or services.',
    key: ['id'],
    columns: {
      id,
      accountId,
      ownerId,
      number: must('text', 'The number that people use.'),
      status: must('choice', 'How far it is.', { choices: ['open', 'shipped', 'delivered', 'cancelled'] }),
      orderedOn: must('day', 'The day it was ordered.'),
      promisedOn: may('day', 'The day promised for shipping (goods) or delivery (services).'),
      shippedOn: may('day', 'The day the goods left.'),
      amount: may('number', 'Value after discounts.'),
      currency,
      createdAt,
      updatedAt,
    },
  },
  orderLines: {
    file: 'order-lines.csv',
    about: 'Lines of orders: goods, or milestones of a service.',
    key: ['id'],
    columns: {
      id,
      orderId: must('link', 'The order.', { to: 'orders' }),
      product: must('text', 'Product or milestone in words.'),
      kind: must('choice', 'Goods, or a milestone of a service.', { choices: ['goods', 'service'] }),
      quantity: must('number', 'How many were ordered.', positive),
      unitPrice: must('number', 'Price of one before the discount, in the order’s currency.'),
      discount: may('number', 'Share taken off the price: 0.15 is 15 %.', { low: 0, high: 1 }),
      promisedOn: may('day', 'The day promised.'),
      shippedOn: may('day', 'The day it left.'),
      deliveredOn: may('day', 'The day it arrived or was done.'),
      acceptedOn: may('day', 'The day the customer accepted it.'),
      deliveredQuantity: may('number', 'How many arrived; fewer than ordered is a partial delivery.', positive),
      acceptedQuantity: may('number', 'How many the customer accepted.', positive),
      createdAt,
      updatedAt,
    },
  },
  tickets: {
    file: 'tickets.csv',
    about: 'Requests for help and complaints.',
    key: ['id'],
    columns: {
      id,
      accountId,
      contactId: may('link', 'Who asked.', { to: 'contacts' }),
      subject: must('text', 'What it is about.'),
      priority: must('choice', 'How pressing.', { choices: ['low', 'medium', 'high', 'urgent'] }),
      status: must('choice', '`waiting` is for the customer’s answer.', { choices: ['open', 'waiting', 'closed'] }),
      escalated: may('yes-no', 'Whether it was passed upwards.'),
      reopened: may('yes-no', 'Whether it was closed once before.'),
      openedAt: must('instant', 'When it was opened.'),
      closedAt: may('instant', 'When it was closed.'),
      updatedAt,
    },
  },
  activities: {
    file: 'activities.csv',
    about: 'Calls, mails, meetings, notes and tasks.',
    key: ['id'],
    columns: {
      id,
      accountId,
      contactIds: may('links', 'People who took part, or whom it is about.', { to: 'contacts' }),
      ownerId,
      kind: must('choice', 'What it was.', { choices: ['call', 'email', 'meeting', 'note', 'task'] }),
      direction: may('choice', 'Who began it; empty where that means nothing.', { choices: ['inbound', 'outbound'] }),
      subject: may('text', 'Subject.'),
      occurredAt: must('instant', 'When it took place.'),
      createdAt: must('instant', 'When it was logged; not before it took place.'),
      updatedAt,
    },
  },
  surveys: {
    file: 'surveys.csv',
    about: 'Answers to surveys.',
    key: ['id'],
    columns: {
      id,
      accountId,
      contactId: may('link', 'Who answered.', { to: 'contacts' }),
      kind: must('choice', 'Scale: `nps` 0 to 10, `csat` 1 to 5, `ces` 1 to 7.', { choices: ['nps', 'csat', 'ces'] }),
      score: must('number', 'The answer on that scale.', { low: 0, high: 10 }),
      respondedAt: must('instant', 'When it was given.'),
    },
  },
  usage: {
    file: 'usage.csv',
    about: 'Use of a subscription, one row an account and period.',
    key: ['accountId', 'periodOn'],
    columns: {
      accountId: ofAccount,
      periodOn: must('day', 'First day of the period, which is about 30 days long.'),
      seatsBought: may('whole', 'Seats that the account pays for.', positive),
      seatsUsed: may('whole', 'Seats that somebody used.', positive),
      events: may('whole', 'Actions counted in the period.', positive),
      recordedAt: must('instant', 'When the figure became known: after the period’s end.'),
    },
  },
  referrals: {
    file: 'referrals.csv',
    about: 'Who is said to have referred whom. Claims, not facts: some may be wrong.',
    key: ['id'],
    columns: {
      id,
      referrerContactId: must('link', 'Who refers.', { to: 'contacts' }),
      referredAccountId: may('link', 'The account referred.', { to: 'accounts' }),
      referredContactId: may('link', 'The person referred.', { to: 'contacts' }),
      opportunityId: may('link', 'The opportunity that came of it.', { to: 'opportunities' }),
      evidence: must(
        'choice',
        'How the CRM knows: a link between two people, a field on the opportunity, or only the source.',
        { choices: ['association', 'field', 'source'] },
      ),
      claimedAt: must('instant', 'When it was entered.'),
    },
  },
};

/** The names of a book's tables, in the order of `tables`. */
export const tableNames = Object.keys(tables) as readonly (keyof Book)[];

/** A table's columns by name, when it does not matter which table it is. */
export function columnsOf(name: keyof Book): readonly (readonly [string, Column])[] {
  return Object.entries<Column>(tables[name].columns);
}
