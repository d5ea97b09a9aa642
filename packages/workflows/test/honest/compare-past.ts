import type { AccountRecords, RebuiltSlice } from '@holdfast/core';
import type { Book, ChangedTable, HonestBook } from '@holdfast/sandbox';
import { recordOf } from './records-of-rows.ts';

/** How the fields of rebuilt slices stand against the change log. */
export interface PastTally {
  /** As the CRM held them. */
  right: number;
  /** `null` (or no relation) where the CRM held something. */
  unknown: number;
  /** Anything else: also a record that was not entered yet. */
  readonly wrong: string[];
  /** Records that the CRM held and that the slice leaves out. */
  leftOut: number;
}

type Mapped = Exclude<ChangedTable, 'referrals' | 'owners' | 'contacts'>;
const LISTS: { readonly [T in Mapped]: keyof AccountRecords } = {
  accounts: 'account',
  opportunities: 'opportunities',
  opportunityLines: 'orderLines',
  contracts: 'contracts',
  orders: 'orders',
  orderLines: 'orderLines',
  tickets: 'tickets',
  activities: 'activities',
  surveys: 'surveys',
  usage: 'usage',
};

/** Where a record comes from. */
interface Source {
  readonly table: Mapped;
  readonly row: object;
}

/** Compares slices with what the change log says that the CRM held: every field of every record. */
export function openPastComparison({ book, log }: Pick<HonestBook, 'book' | 'log'>) {
  const sources = sourcesOf(book);
  const tally: PastTally = { right: 0, unknown: 0, wrong: [], leftOut: 0 };
  const heldAt = (id: string, at: string) => {
    const source = sources.get(id);
    const then = source && log.rowAt(source.row, at);
    return then && (recordOf[source.table] as (row: object) => object)(then);
  };
  return {
    tally,
    compare: (slice: Pick<RebuiltSlice, 'asOf'> & AccountRecords, now: AccountRecords) => {
      const at = new Date(slice.asOf).toISOString();
      const shown = new Set<string>();
      for (const record of recordsIn(slice)) {
        shown.add(record.id);
        const held = heldAt(record.id, at);
        if (held) compareFields(tally, record, held as Record<string, unknown>);
        else tally.wrong.push(`${record.id} was not entered by ${at}`);
      }
      tally.leftOut += recordsIn(now).filter((it) => !shown.has(it.id) && heldAt(it.id, at)).length;
    },
  };
}

function sourcesOf(book: Book): ReadonlyMap<string, Source> {
  const sources = new Map<string, Source>();
  for (const table of Object.keys(LISTS) as Mapped[])
    for (const row of book[table] as readonly object[])
      sources.set((recordOf[table] as (row: object) => { readonly id: string })(row).id, { table, row });
  return sources;
}

function recordsIn(records: AccountRecords): readonly { readonly id: string }[] {
  return [...new Set(Object.values(LISTS))].flatMap((list) => records[list] as unknown as { readonly id: string }[]);
}

/** When a record was last edited tells nothing of then unless it lies before. */
function compareFields(tally: PastTally, record: object, held: Readonly<Record<string, unknown>>): void {
  for (const [field, value] of Object.entries(record)) {
    if (field === 'updatedAt' && value === null) continue;
    const then = held[field];
    if (JSON.stringify(value) === JSON.stringify(then)) tally.right += 1;
    else if (value === null || (Array.isArray(value) && value.length === 0)) tally.unknown += 1;
    else tally.wrong.push(`${held['id']} ${field}: ${JSON.stringify(value)}, held ${JSON.stringify(then)}`);
  }
}
