import { type CalendarDay, dayInZone, type Instant, parseDay } from '../../model/dates.ts';
import type { ConsentBasis } from '../entities/referral.ts';

/** Whether the referred person still has to be told who holds their data, from whom, and why. */
export interface ProspectNotice {
  readonly state: 'not_needed' | 'given' | 'due' | 'overdue';
  /** The last day on which it is in time; `null` where none is needed. */
  readonly dueOn: CalendarDay | null;
}

/**
 * A person whose data came from somebody else is told at the first contact, and within a month at the latest (GDPR, article
 * 14, 3 a and b; the month ends on the same day of the next one, or on its last: Regulation 1182/71, article 3). Not
 * needed where the data came from the person: an own request, or a consent given to the seller.
 */
export function prospectNotice(
  facts: {
    readonly consent: ConsentBasis;
    /** When the data arrived: the claim's `claimedAt`. */
    readonly receivedAt: Instant;
    readonly firstContactAt: Instant | null;
    readonly givenAt: Instant | null;
  },
  asOf: Instant,
  timeZone: string,
): ProspectNotice {
  if (facts.consent === 'own_request' || facts.consent === 'consent') return { state: 'not_needed', dueOn: null };
  const day = (at: Instant) => dayInZone(at, timeZone);
  const latest = monthAfter(day(facts.receivedAt));
  const contactOn = facts.firstContactAt === null ? null : day(facts.firstContactAt);
  const dueOn = contactOn !== null && contactOn < latest ? contactOn : latest;
  if (facts.givenAt !== null && facts.givenAt <= asOf) return { state: 'given', dueOn };
  return { state: day(asOf) > dueOn ? 'overdue' : 'due', dueOn };
}

/** The same day of the next month, or its last day. */
function monthAfter(day: CalendarDay): CalendarDay {
  const [year, month, number] = day.split('-').map(Number) as [number, number, number];
  const next = `${month === 12 ? year + 1 : year}-${String((month % 12) + 1).padStart(2, '0')}`;
  for (let last = number; last > 27; last--) {
    const found = parseDay(`${next}-${last}`);
    if (found) return found;
  }
  return `${next}-${String(number).padStart(2, '0')}`;
}
