import { addDays, type CalendarDay, dayInZone, daysBetween, type Instant } from '../../model/dates.ts';
import { listed } from '../../model/listed.ts';
import type { Money } from '../../model/money.ts';
import type { OrgProfile } from '../../model/profile.ts';
import { convertMoney } from '../../snapshot/convert-money.ts';
import { endOfDay } from '../../snapshot/end-of-day.ts';
import type { FieldHistory } from '../../snapshot/field-history.ts';
import type { AccountRecords } from '../../snapshot/slice.ts';
import type { Decision, DecisionOutcome } from './decision.ts';
import type { NoteLeftOut } from './left-out.ts';
import type { OutcomeSettings } from './outcome-settings.ts';

/** A renewal day as it stood on the account, and when it was first seen there. */
interface Stand {
  readonly day: CalendarDay;
  readonly from: CalendarDay;
}

/** A day moved by less is a correction, not a renewal. */
const CORRECTION_DAYS = 45;
const USUAL_TERM_DAYS = 365;
/** The day is looked up at the end of each month, so a change is seen up to a month late. */
const STEP_DAYS = 31;
const LOOK_BACK_YEARS = 10;

/**
 * The decisions of an account whose contract is only a renewal day and an amount on the account, as far as field history
 * goes: a day that was moved on is a renewal, kept if it was moved within the days of grace; a day that came and passed
 * is a loss where the account was marked churned, or its recurring amount set to 0, within half a year of it. A day that
 * nobody touched is left out and counted, and so is an account whose history is not kept.
 */
export function renewalDayDecisions(
  records: AccountRecords,
  profile: OrgProfile,
  settings: OutcomeSettings,
  on: CalendarDay,
  history: FieldHistory,
  leave: NoteLeftOut,
): readonly Decision[] {
  const then = (day: CalendarDay, field: 'renewalOn' | 'recurring'): unknown => {
    const past = history.valueAt(records.account.id, field, endOfDay(day, profile.timeZone));
    return past.known ? past.value : undefined;
  };
  const amountOn = (day: CalendarDay): Money | null => {
    const recurring = then(day, 'recurring') as Money | null | undefined;
    return recurring ? convertMoney(recurring, profile).money : null;
  };
  const stands = standsOf(records.account.createdAt, profile, on, (day) => then(day, 'renewalOn'));
  if (stands.length === 0) leave('renewal day without history');
  return stands.flatMap((stand, index) => {
    const next = stands[index + 1];
    if (stand.day > on || (next && daysBetween(stand.day, next.day) <= CORRECTION_DAYS)) return [];
    const knownOn = addDays(stand.day, settings.graceDays + 1);
    const term: Term = {
      startsOn: stands[index - 1]?.day ?? addDays(stand.day, -USUAL_TERM_DAYS),
      endsOn: stand.day,
      knownOn,
      movedOn: next?.from ?? null,
      before: amountOn(addDays(stand.day, -1)),
      after: amountOn(knownOn),
    };
    const ended = outcomeOf(term, records, settings);
    if (ended !== null || on < knownOn) return decisionOf(term, ended, records, profile, settings, on);
    leave('renewal still open');
    return [];
  });
}

/** A term by the renewal day at its end. */
interface Term {
  readonly startsOn: CalendarDay;
  readonly endsOn: CalendarDay;
  readonly knownOn: CalendarDay;
  /** When the day was moved on. */
  readonly movedOn: CalendarDay | null;
  readonly before: Money | null;
  readonly after: Money | null;
}

type Ended = Exclude<DecisionOutcome, 'pending'>;

/** `null`: the day came and passed, and nothing says what became of it. */
function outcomeOf(
  { endsOn, knownOn, movedOn, before, after }: Term,
  { account }: AccountRecords,
  settings: OutcomeSettings,
): Ended | null {
  if (movedOn !== null && daysBetween(knownOn, movedOn) <= STEP_DAYS)
    return before && after && after.minor < before.minor ? 'contracted' : 'kept';
  if (movedOn !== null) return 'lost';
  const marked = account.churnedOn !== null && Math.abs(daysBetween(endsOn, account.churnedOn)) <= 183;
  if (!marked && after?.minor !== 0) return null;
  return listed(settings.causes, account.lifecycle) ? 'competing' : 'lost';
}

function decisionOf(
  { startsOn, endsOn, knownOn, movedOn, before, after }: Term,
  ended: Ended | null,
  { account }: AccountRecords,
  { currency }: OrgProfile,
  settings: OutcomeSettings,
  on: CalendarDay,
): Decision {
  const outcome = ended === null || on < knownOn ? 'pending' : ended;
  const gone = outcome === 'lost' || outcome === 'competing';
  const notice = account.noticeGivenOn;
  return {
    accountId: account.id,
    model: 'contract',
    decidesOn: addDays(endsOn, -settings.noticeDays),
    startsOn,
    endsOn,
    horizonDays: Math.max(daysBetween(startsOn, endsOn), 1),
    outcome,
    knownOn: outcome === 'pending' ? null : knownOn,
    cause: outcome === 'competing' ? (listed(settings.causes, account.lifecycle) ?? null) : null,
    reactivatedOn: gone ? movedOn : null,
    dates: {
      noticeOn: gone && notice !== null && notice >= startsOn && notice <= knownOn ? notice : null,
      endOfTermOn: gone ? endsOn : null,
      lastPaymentOn: null,
    },
    annualBefore: before,
    annualAfter: outcome === 'pending' ? null : gone ? { minor: 0, currency } : after,
  };
}

/** The renewal days that stood on the account one after the other, month by month. */
function standsOf(
  createdAt: Instant | null,
  profile: OrgProfile,
  on: CalendarDay,
  stoodOn: (day: CalendarDay) => unknown,
): readonly Stand[] {
  const oldest = addDays(on, -LOOK_BACK_YEARS * 365);
  const created = createdAt === null ? oldest : dayInZone(createdAt, profile.timeZone);
  const [, first = oldest] = [oldest, created].sort();
  const stands: Stand[] = [];
  for (let day = first; ; day = nextMonthEnd(day)) {
    const seen = day < on ? day : on;
    const value = stoodOn(seen);
    if (typeof value === 'string' && stands.at(-1)?.day !== value) stands.push({ day: value, from: seen });
    if (day >= on) return stands;
  }
}

function nextMonthEnd(day: CalendarDay): CalendarDay {
  // 32 days after the first of a month lies in the next one.
  const firstOfNext = `${addDays(`${day.slice(0, 8)}01`, 32).slice(0, 8)}01`;
  const end = addDays(firstOfNext, -1);
  return end > day ? end : addDays(`${addDays(firstOfNext, 32).slice(0, 8)}01`, -1);
}
