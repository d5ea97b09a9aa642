import { addDays, type CalendarDay, dayFromNumber, dayNumber } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { WritableFields } from '../model/types.ts';
import { fingerprint } from './fingerprint.ts';
import type { HeldBack, Proposal } from './proposal.ts';
import type { MadeTask } from './task-history.ts';

/** A reason to give somebody a task. Subject and body are written as if the customer will read them. */
export interface DueTask {
  readonly kind: string;
  /** What it is about: the same in every run. It stays in the workspace; the CRM gets a fingerprint of it. */
  readonly about: string;
  readonly accountId: Id;
  /** Whose account it is; `null`: nobody's, then there is no task. */
  readonly ownerId: Id | null;
  /** Whom it is about, tied to the task and named nowhere in it. */
  readonly contactId: Id | null;
  /** The account's name, for the person who reads the plan. */
  readonly label: string;
  readonly subject: string;
  readonly body: string;
  /** Working days that it gives, from the next one on. */
  readonly inDays: number;
  /** Days in which an account gets no second task of this kind, whatever became of the first. */
  readonly restDays: number;
}

/** How many tasks people are given. */
export const TASK_LIMITS = { openPerOwner: 5, newPerDay: 2, deletedRestDays: 90 } as const;

export interface TaskScope {
  /** Today in the owners' zone: that of the org. */
  readonly today: CalendarDay;
  /** What may be set on a task. */
  readonly fields: readonly string[];
  /** Whether anything of this account may be written at all. */
  readonly mayWrite: (accountId: Id) => boolean;
}

/**
 * Tasks for what is due, the most worth first, within the limits: so many open and so many new a working day for each
 * owner, one open for each account, and none for 90 days where a person deleted one of the kind. A weekend counts with
 * the Monday after it.
 */
export function* proposeDueTasks(
  due: Iterable<DueTask>,
  history: readonly MadeTask[],
  scope: TaskScope,
): Iterable<Proposal> {
  const made = [...history];
  for (const it of due) {
    const free = freeKey(it, made, scope.today);
    const heldBack = 'heldBack' in free ? free.heldBack : against(it, made, scope);
    if ('heldBack' in free || heldBack !== null) {
      yield { heldBack: heldBack ?? 'nothing changed' };
      continue;
    }
    const { accountId, ownerId, contactId } = it;
    made.push({ ...free, accountId, ownerId, contactId, given: null, madeOn: scope.today, ...OPEN });
    yield taskWrite(it, free, scope);
  }
}

const OPEN = { standing: 'open', endedOn: null } as const;

/** The first key that is not in use: one more after each task that was deleted long enough ago. */
function freeKey(
  { kind, about }: DueTask,
  made: readonly MadeTask[],
  today: CalendarDay,
): Pick<MadeTask, 'key' | 'externalKey'> | { readonly heldBack: HeldBack } {
  for (let n = 1; ; n += 1) {
    const key = n === 1 ? about : `${about} #${n}`;
    const externalKey = `${kind}-${fingerprint([key])}`;
    const known = made.find((it) => it.externalKey === externalKey);
    if (!known) return { key, externalKey };
    if (known.standing !== 'deleted') return { heldBack: 'nothing changed' };
    if (isDeletedLately(known, today)) return { heldBack: 'a person deleted such a task' };
  }
}

function against(it: DueTask, made: readonly MadeTask[], { today, mayWrite }: TaskScope): HeldBack | null {
  if (!mayWrite(it.accountId)) return 'outside the book';
  if (it.ownerId === null) return 'nobody looks after the account';
  const onAccount = made.filter(({ accountId }) => accountId === it.accountId);
  const ofKind = onAccount.filter(({ externalKey }) => externalKey.startsWith(`${it.kind}-`));
  if (ofKind.some((other) => isDeletedLately(other, today))) return 'a person deleted such a task';
  if (onAccount.some(({ standing }) => standing === 'open')) return 'the account has a task';
  if (ofKind.some(({ madeOn }) => addDays(madeOn, it.restDays) > today)) return 'the account had such a task lately';
  const ofOwner = made.filter(({ ownerId }) => ownerId === it.ownerId);
  const open = ofOwner.filter(({ standing }) => standing === 'open').length;
  const fresh = ofOwner.filter(({ madeOn }) => workingDay(madeOn) === workingDay(today)).length;
  const isFull = open >= TASK_LIMITS.openPerOwner || fresh >= TASK_LIMITS.newPerDay;
  return isFull ? 'the owner has enough tasks' : null;
}

function isDeletedLately({ standing, endedOn }: MadeTask, today: CalendarDay): boolean {
  return standing === 'deleted' && endedOn !== null && addDays(endedOn, TASK_LIMITS.deletedRestDays) > today;
}

function taskWrite(
  it: DueTask,
  { key, externalKey }: Pick<MadeTask, 'key' | 'externalKey'>,
  { today, fields }: TaskScope,
): Proposal {
  const { subject, body, ownerId, contactId, accountId, label } = it;
  const wanted: Partial<WritableFields['task']> = { subject, body, ownerId, dueOn: workingDay(today, it.inDays) };
  const set = Object.fromEntries(Object.entries(wanted).filter(([field]) => fields.includes(field)));
  const links = [{ to: 'account' as const, id: accountId }];
  const people = contactId === null ? [] : [{ to: 'contact' as const, id: contactId }];
  return {
    write: {
      entity: 'task',
      write: { key, target: { externalKey }, set, links: [...links, ...people] },
      before: {},
      label,
      why: `task: ${subject}`,
    },
  };
}

/** The working day, Monday to Friday, that a day belongs to, or so many working days after it. Holidays are not known. */
export function workingDay(day: CalendarDay, after = 0): CalendarDay {
  let number = onWeekday(dayNumber(day));
  for (let left = after; left > 0; left -= 1) number = onWeekday(number + 1);
  return dayFromNumber(number);
}

/** 1970-01-01 was a Thursday: of (number + 3) modulo 7, Monday is 0. */
function onWeekday(number: number): number {
  const weekday = (number + 3) % 7;
  return weekday < 5 ? number : number + 7 - weekday;
}
