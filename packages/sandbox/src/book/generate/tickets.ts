import type { BookTicket } from '../book.ts';
import { DAY, instantOf } from '../calendar.ts';
import type { Random } from '../random.ts';
import { peopleAt } from './contact-plan.ts';
import type { Draft } from './draft.ts';
import type { Life } from './life.ts';

const subjects: readonly string[] = [
  'Cannot sign in',
  'Report shows wrong totals',
  'Import stops half-way',
  'Question about the invoice',
  'Device offline',
  'Slow since the update',
  'How do we add a user?',
  'Label printer jams',
];

/** Tickets of a month: few in quiet times, many and urgent and long open while an incident lasts. */
export function ticketsInMonth(draft: Draft, life: Life, from: number, to: number): void {
  const { random, plan } = life;
  const trouble = life.incidentUntil > from;
  const expected = (((to - from) / (30 * DAY)) * (trouble ? 0.9 : 0.08) * Math.min(3, 0.6 + plan.size)) / 1.6;
  const count = Math.floor(expected) + (random.chance(expected % 1) ? 1 : 0);
  for (let i = 0; i < count; i += 1) openTicket(draft, life, Math.floor(random.between(from, to)), trouble);
}

function openTicket(draft: Draft, life: Life, openedAt: number, trouble: boolean): void {
  const { random } = life;
  const priority = drawPriority(random, trouble);
  const slow = trouble && (priority === 'urgent' || priority === 'high');
  const closedAt = Math.floor(openedAt + DAY * (slow ? random.between(20, 120) : random.between(0.05, 12)));
  if (priority === 'urgent') life.urgent.push({ openedAt, closedAt });
  const flags = { escalated: slow && random.chance(0.4), reopened: random.chance(slow ? 0.2 : 0.05) };
  if (openedAt <= draft.asOf) recordTicket(draft, life, { priority, openedAt, closedAt, ...flags });
}

function drawPriority(random: Random, trouble: boolean): BookTicket['priority'] {
  const roll = random.next();
  if (trouble) return roll < 0.5 ? 'urgent' : roll < 0.75 ? 'high' : 'medium';
  return roll < 0.35 ? 'low' : roll < 0.8 ? 'medium' : roll < 0.96 ? 'high' : 'urgent';
}

interface TicketPlan extends Required<Pick<BookTicket, 'priority' | 'escalated' | 'reopened'>> {
  readonly openedAt: number;
  readonly closedAt: number;
}

function recordTicket(draft: Draft, { random, plan }: Life, ticket: TicketPlan): void {
  const { priority, openedAt, closedAt } = ticket;
  const closed = closedAt <= draft.asOf;
  const people = peopleAt(plan, openedAt);
  const touched = closed ? closedAt : openedAt + Math.floor(random.next() * (draft.asOf - openedAt));
  draft.book.tickets.push({
    ...{ id: draft.nextId('ticket'), accountId: plan.id, subject: random.pick(subjects), priority },
    ...(people.length > 0 && random.chance(0.9) && { contactId: random.pick(people).id }),
    status: closed ? 'closed' : random.chance(0.3) ? 'waiting' : 'open',
    ...(ticket.escalated && { escalated: true }),
    ...(ticket.reopened && { reopened: true }),
    openedAt: instantOf(openedAt),
    ...(closed && { closedAt: instantOf(closedAt) }),
    updatedAt: instantOf(touched),
  });
}
