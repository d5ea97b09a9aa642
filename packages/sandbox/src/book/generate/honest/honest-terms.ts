import type { BookContract } from '../../book.ts';
import { addMonths, DAY, dayOf, instantOf, startOfDay, workingTime } from '../../calendar.ts';
import type { Random } from '../../random.ts';
import type { AccountPlan } from '../account-plan.ts';
import { cents, currency } from '../draft.ts';
import { type Edit, enterRow } from './edited-row.ts';
import type { HonestDraft } from './honest-draft.ts';

/** One term. Instants are milliseconds. */
export interface HonestTerm {
  readonly id: string;
  readonly months: number;
  readonly noticeDays: number;
  readonly autoRenews: boolean;
  readonly enteredAt: number;
  readonly startsAt: number;
  /** The start of the last day, and of the last day for notice. */
  readonly endsAt: number;
  readonly decidesAt: number;
  readonly seats: number;
  /** A year, in major units. */
  readonly seatPrice: number;
  /** When a renewal opportunity is opened, at today's price, and when the new price is told and written down. */
  readonly offeredAt: number;
  readonly toldAt: number;
  readonly priceRise: number;
}

/** Price rises of a next term and their chances, the steep ones by the middles of three thirds. */
export const riseChances: readonly (readonly [rise: number, chance: number])[] = [
  [0, 0.84],
  [0.125, 0.16 / 3],
  [0.175, 0.16 / 3],
  [0.225, 0.16 / 3],
];

/** The price rise of a next term: 16 % get a steep one. */
function drawRise(random: Random): number {
  const steep = random.chance(0.16);
  return steep ? random.between(0.1, 0.25) : random.chance(0.6) ? random.between(0.01, 0.06) : 0;
}

/** The first term of an account, or for an older one the first that is still to be decided when the window opens. */
export function firstTerm(draft: HonestDraft, plan: AccountPlan, random: Random): HonestTerm {
  const months = random.pick([6, 6, 6, 12, 12, 12, 12, 24]);
  const price = cents((900 * random.between(0.75, 1.25)) / Math.max(1, plan.size) ** 0.15);
  const terms = {
    months,
    noticeDays: months === 6 ? 30 : random.pick([30, 30, 60, 90]),
    autoRenews: random.chance(0.6),
  };
  let start = startOfDay(plan.since!);
  while (addMonths(start, months) - DAY - terms.noticeDays * DAY < draft.start) start = addMonths(start, months);
  return drawTerm(draft, random, terms, start, Math.max(12, Math.round(30 * plan.size)), price);
}

/** The term after a renewal: begins the day after, or some weeks late. */
export function nextTerm(
  draft: HonestDraft,
  random: Random,
  old: HonestTerm,
  late: boolean,
  seats: number,
): HonestTerm {
  const start = old.endsAt + DAY + (late ? random.whole(3, 54) * DAY : 0);
  return drawTerm(draft, random, old, start, seats, cents(old.seatPrice * (1 + old.priceRise)), late);
}

function drawTerm(
  draft: HonestDraft,
  random: Random,
  { months, noticeDays, autoRenews }: Pick<HonestTerm, 'months' | 'noticeDays' | 'autoRenews'>,
  startsAt: number,
  seats: number,
  seatPrice: number,
  late = false,
): HonestTerm {
  const endsAt = addMonths(startsAt, months) - DAY;
  const decidesAt = endsAt - noticeDays * DAY;
  const entered = workingTime(startsAt - (late ? 2 : random.between(5, 12)) * DAY, random.next());
  const backDated = random.chance(draft.settings.backDated) ? random.between(5, 40) * DAY : 0;
  return {
    ...{ months, noticeDays, autoRenews, startsAt, endsAt, decidesAt, seats, seatPrice },
    id: draft.nextId('contract'),
    enteredAt: Math.floor(backDated > 0 ? startsAt + backDated : entered),
    offeredAt: workingTime(decidesAt - random.between(35, 75) * DAY, random.next()),
    toldAt: Math.floor(decidesAt - random.between(2, 24) * DAY),
    priceRise: drawRise(random),
  };
}

/** How a term ended before or with notice. Instants are milliseconds. */
export interface TermEnd {
  readonly decidedAt: number;
  readonly leftAt: number;
}

/** Records a term with all that was edited on it: begun, notice, cut short, ended. */
export function recordTerm(
  draft: HonestDraft,
  plan: AccountPlan,
  random: Random,
  term: HonestTerm,
  end: TermEnd | undefined,
): void {
  const enteredAt = Math.max(term.enteredAt, plan.createdAt);
  const cut = end !== undefined && end.leftAt < term.endsAt;
  const lastDay = cut ? end.leftAt : term.endsAt;
  const edits: Edit<BookContract>[] = [
    [term.startsAt, 'status', 'active'],
    [lastDay + DAY, 'status', cut ? 'terminated' : 'ended'],
  ];
  if (end && (term.autoRenews || cut || random.chance(0.6)))
    edits.push([end.decidedAt + Math.floor(random.between(0, 4) * DAY), 'noticeGivenOn', dayOf(end.decidedAt)]);
  if (cut) edits.push([end.decidedAt + DAY, 'endsOn', dayOf(lastDay)]);
  const at = instantOf(enteredAt);
  enterRow<BookContract>(
    draft,
    'contracts',
    enteredAt,
    {
      ...{ id: term.id, accountId: plan.id, startsOn: dayOf(term.startsAt), endsOn: dayOf(term.endsAt), currency },
      ...{ noticeDays: term.noticeDays, autoRenews: term.autoRenews, annualValue: cents(term.seats * term.seatPrice) },
      status: enteredAt < term.startsAt ? 'draft' : 'active',
      ...{ createdAt: at, updatedAt: at },
    },
    edits,
  );
}
