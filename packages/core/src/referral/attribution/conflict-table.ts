/** One row of the published table: what can clash, who is credited, and what is put on record. */
export interface ConflictRow {
  readonly case: string;
  readonly result: string;
  readonly record: string;
}

/** How conflicts about credit are resolved. Published as it stands; each row is tested under its own title. */
export const CONFLICT_TABLE = [
  {
    case: 'Two referrers, both inside the tracking window, equal evidence',
    result: 'The earliest valid introduction.',
    record: 'The other is kept as influenced and told why.',
  },
  {
    case: 'Two referrers, both inside the tracking window, unequal evidence',
    result: 'The stronger evidence, whoever came first.',
    record: 'Both candidates with the strength of their evidence.',
  },
  {
    case: 'A referral and a paid ad or affiliate',
    result: 'The referral, unless the sale is credited already.',
    record: 'The first credit is never overridden silently: the referral is kept as influenced.',
  },
  {
    case: "A referral and a salesperson's own open opportunity",
    result: 'Influenced at most; no reward unless the policy pays influence.',
    record: 'The day the opportunity was opened against the day of the introduction.',
  },
  {
    case: 'A second claim during protection',
    result: 'A duplicate, unless its evidence is stronger: then it waits, or contests if its introduction was earlier.',
    record: 'A link to the first claim and the day on which its protection ends.',
  },
  {
    case: 'A claim lapses without progress',
    result: 'It lets go, and the next in the queue moves up.',
    record: 'The order of the queue and the day of the promotion.',
  },
  {
    case: 'Two programs match',
    result:
      'The program of the highest priority; one that is added later leaves to the others what stands under them; both only where both are stackable.',
    record: 'The program that was chosen and those that were skipped.',
  },
  {
    case: 'The referrer has left or is suspended at the conversion',
    result: 'What was earned before stays; nothing later, unless the policy keeps it.',
    record: 'The status at the instant of the conversion.',
  },
  {
    case: 'Two accounts or contacts are merged in the CRM',
    result: 'Decided again on the record that is left; after an approved reward a person looks at it.',
    record: 'Both histories and the id of the merge.',
  },
  {
    case: 'A person decides otherwise',
    result: 'Allowed to a role, with a reason; a second person above a limit and after an approved reward.',
    record: 'The decision before and the one after.',
  },
  {
    case: 'A dispute is opened',
    result: 'Rewards of that sale wait; a ruling is due by a day, and is final after one appeal.',
    record: 'The dispute with its evidence, rulings and appeal.',
  },
] as const satisfies readonly ConflictRow[];
