import type { BookActivity } from '../book.ts';
import { DAY, instantOf, workingTime } from '../calendar.ts';
import type { Random } from '../random.ts';
import type { AccountPlan } from './account-plan.ts';
import { type ContactPlan, peopleAt } from './contact-plan.ts';
import type { Draft, Making } from './draft.ts';
import type { Life } from './life.ts';

/** Contacts of a month between us and a customer: fewer with poor attention, none of ours while it is neglected. */
export function touchesInMonth(draft: Draft, life: Life, from: number, to: number): void {
  const { random } = life;
  const neglected = life.silentUntil > from;
  const expected = ((to - from) / (30 * DAY)) * (neglected ? 0.04 : life.attention);
  const count = Math.floor(expected) + (random.chance(expected % 1) ? 1 : 0);
  for (let i = 0; i < count; i += 1) {
    const at = workingTime(random.between(from, to) - 3 * DAY, random.next());
    if (at < life.plan.since! || at >= to) continue;
    const kind = recordTouch(draft, life.plan, random, at);
    if (kind !== 'note' && kind !== 'task') life.lastTouchAt = Math.max(life.lastTouchAt, at);
  }
}

/** One touch of any kind; notes and tasks have no direction, and meetings none that matters. */
export function recordTouch(draft: Draft, plan: AccountPlan, random: Random, at: number): BookActivity['kind'] {
  const kind = drawKind(random);
  const people = peopleAt(plan, at);
  const words: Making<Words> = { kind, subject: random.pick(subjects[kind]) };
  const inbound = random.chance(0.36);
  if (kind === 'call' || kind === 'email') words.direction = inbound ? 'inbound' : 'outbound';
  if (people.length > 0 && random.chance(0.93)) words.contactIds = [random.pick(people).id];
  recordActivity(draft, plan, random, at, words);
  return kind;
}

const subjects: Readonly<Record<BookActivity['kind'], readonly string[]>> = {
  call: ['Check-in call', 'Call about open points', 'Call about the order'],
  email: ['Follow-up', 'Question about the plan', 'Documents you asked for', 'News for your team'],
  meeting: ['Quarterly review', 'On-site visit', 'Product walk-through'],
  note: ['Plans for next year', 'Budget round starts', 'Reorganisation heard of'],
  task: ['Send the summary', 'Prepare the review', 'Ask for feedback'],
};

function drawKind(random: Random): BookActivity['kind'] {
  const roll = random.next();
  return roll < 0.44 ? 'email' : roll < 0.66 ? 'call' : roll < 0.78 ? 'meeting' : roll < 0.9 ? 'note' : 'task';
}

/** A dated note that a person has left: the only dated trace that most CRMs keep of it. */
export function noteDeparture(draft: Draft, life: Life, gone: ContactPlan, at: number): void {
  const subject = `${gone.lastName} has left the company`;
  recordActivity(draft, life.plan, life.random, Math.floor(at), { kind: 'note', contactIds: [gone.id], subject });
}

type Words = Pick<BookActivity, 'kind' | 'direction' | 'contactIds' | 'subject'>;

/** Half are logged as they happen, one in ten a day or two late, one in ten edited afterwards; nothing outside the window is recorded. */
function recordActivity(draft: Draft, plan: AccountPlan, random: Random, at: number, words: Words): void {
  const roll = random.next();
  const delay = roll < 0.5 ? 0 : roll < 0.9 ? random.between(0, 0.01) : random.between(0.2, 2);
  const createdAt = at + Math.floor(delay * DAY);
  const edited = createdAt + Math.floor(random.chance(0.1) ? random.between(0, 3) * DAY : 0);
  if (createdAt > draft.asOf || at < draft.start) return;
  const occurred = instantOf(at);
  const created = createdAt === at ? occurred : instantOf(createdAt);
  const row: Making<BookActivity> = {
    id: draft.nextId('activity'),
    accountId: plan.id,
    kind: words.kind,
    occurredAt: occurred,
    createdAt: created,
    updatedAt: edited === createdAt || edited > draft.asOf ? created : instantOf(edited),
  };
  if (words.contactIds) row.contactIds = words.contactIds;
  if (plan.ownerId !== undefined) row.ownerId = plan.ownerId;
  if (words.direction) row.direction = words.direction;
  if (words.subject !== undefined) row.subject = words.subject;
  draft.book.activities.push(row);
}
