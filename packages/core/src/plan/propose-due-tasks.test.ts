import { describe, expect, it } from 'vitest';
import type { Task } from '../model/types.ts';
import { ASK_POLICY } from '../referral/ask/ask-policy.ts';
import type { AskAccount, AskPerson } from '../referral/ask/may-ask.ts';
import { asksOfTasks } from './asks-of-tasks.ts';
import { type DueTask, proposeDueTasks, workingDay } from './propose-due-tasks.ts';
import { type SentTask, taskHistory } from './task-history.ts';
import { withdrawAsks } from './withdraw-asks.ts';

/** 2026-03-02 is a Monday. */
const MONDAY = '2026-03-02';
const at = (day: string) => Date.parse(`${day}T09:00:00Z`);
const due = (n: number, change: Partial<DueTask> = {}): DueTask => ({
  ...{ kind: 'ask', about: `about ${n}`, accountId: `account:${n}`, ownerId: 'owner:1', contactId: `contact:${n}` },
  ...{ label: `Account ${n}`, subject: 'Ask', body: 'Please ask', inDays: 2, restDays: 90, ...change },
});
const scope = {
  ...{ today: MONDAY, fields: ['subject', 'body', 'dueOn', 'ownerId'], mayWrite: () => true },
};
const propose = (
  tasks: readonly DueTask[],
  history: ReturnType<typeof taskHistory> = [],
  change: Partial<typeof scope> = {},
) => [...proposeDueTasks(tasks, history, { ...scope, ...change })];
const outcomes = (...call: Parameters<typeof propose>) =>
  propose(...call).map((it) => it.heldBack ?? ('externalKey' in it.write.write.target ? 'made' : 'changed'));

/** What was sent for a due task on a day, as the store keeps it. */
function sent(task: DueTask, on: string, id: string | null): SentTask {
  const [proposal] = propose([task], [], { today: on });
  if (proposal?.write?.entity !== 'task') throw new Error('No task was proposed.');
  return { key: proposal.write.write.key, write: proposal.write.write, at: at(on), id };
}
function inCrm({ key, write }: SentTask, change: Partial<Task> = {}): Task {
  const externalKey = 'externalKey' in write.target ? write.target.externalKey : key;
  const account = write.links?.find((it) => it.to === 'account')?.id ?? null;
  return {
    ...{ id: 'task:1', key: externalKey, subject: null, body: null, dueOn: null, ownerId: 'owner:1' },
    ...{ accountId: account, done: false, createdAt: at(MONDAY), updatedAt: at(MONDAY), ...change },
  };
}
const history = (all: readonly SentTask[], tasks: readonly Task[], gone: readonly (readonly [string, string])[] = []) =>
  taskHistory(all, tasks, new Map(gone.map(([id, on]) => [id, at(on)])), 'UTC');

describe('tasks within their limits', () => {
  it('a task has an opaque key, its owner, account and person, and a working day', () => {
    const [proposal] = propose([due(1)]);
    expect(proposal?.write).toMatchObject({
      ...{ entity: 'task', before: {}, label: 'Account 1' },
      write: {
        key: 'about 1',
        target: { externalKey: expect.stringMatching(/^ask-[0-9a-f]{16}$/) },
        set: { subject: 'Ask', body: 'Please ask', ownerId: 'owner:1', dueOn: '2026-03-04' },
        links: [
          { to: 'account', id: 'account:1' },
          { to: 'contact', id: 'contact:1' },
        ],
      },
    });
  });

  it('two new a day for each owner; a weekend counts with its Monday', () => {
    const three = [due(1), due(2), due(3), due(4, { ownerId: 'owner:2' })];
    expect(outcomes(three)).toEqual(['made', 'made', 'the owner has enough tasks', 'made']);
    const saturday = history([sent(due(8), '2026-02-28', null)], []);
    const made = [sent(due(8), '2026-02-28', 'task:8')];
    expect(saturday).toEqual([]);
    expect(outcomes([due(1), due(2)], history(made, []))).toEqual(['made', 'the owner has enough tasks']);
    const friday = [sent(due(8), '2026-02-27', 'task:8')];
    expect(outcomes([due(1), due(2)], history(friday, []))).toEqual(['made', 'made']);
  });

  it('five open for each owner; closed ones do not count', () => {
    const all = [11, 12, 13, 14, 15].map((n) => sent(due(n), '2026-02-02', `task:${n}`));
    const tasks = (done: boolean) =>
      all.map((it) => inCrm(it, { id: `task:${it.key}`, createdAt: at('2026-02-02'), done }));
    expect(outcomes([due(1)], history(all, tasks(false)))).toEqual(['the owner has enough tasks']);
    expect(outcomes([due(1)], history(all, tasks(true)))).toEqual(['made']);
  });

  it('one for each account, whatever its kind; nothing without an owner or outside the book', () => {
    const others = [due(1), due(1, { kind: 'contact', about: 'other' })];
    expect(outcomes(others)).toEqual(['made', 'the account has a task']);
    expect(outcomes([due(1, { ownerId: null })])).toEqual(['nobody looks after the account']);
    expect(outcomes([due(1)], [], { mayWrite: () => false })).toEqual(['outside the book']);
  });

  it('the same in every run: sent, read back, closed, it is not made again', () => {
    const [it] = [sent(due(1), '2026-02-27', 'task:1')];
    expect(outcomes([due(1)], history([it], []))).toEqual(['nothing changed']);
    expect(outcomes([due(1)], history([it], [inCrm(it)]))).toEqual(['nothing changed']);
    expect(outcomes([due(1)], history([], [inCrm(it, { done: true })]))).toEqual(['nothing changed']);
  });

  it('deleted by a person on 1 March: no for 90 days, a new one with another key on 30 May', () => {
    const it = sent(due(1), '2026-02-27', 'task:1');
    const gone = history([it], [], [['task:1', '2026-03-01']]);
    const tried = [due(1), due(1, { about: 'another moment' })];
    const no = 'a person deleted such a task';
    expect(outcomes(tried, gone)).toEqual([no, no]);
    expect(outcomes(tried, gone, { today: '2026-05-29' })).toEqual([no, no]);
    expect(outcomes([due(1)], gone, { today: '2026-05-30' })).toEqual(['made']);
    const [again] = propose([due(1)], gone, { today: '2026-05-30' });
    expect(again?.write?.write.target).not.toEqual(it.write.target);
    expect(outcomes([due(1, { kind: 'contact', about: 'first contact' })], gone)).toEqual(['made']);
  });

  it('an account asked by a task rests, whatever the next moment is; our own undo is no no', () => {
    const it = sent(due(1), '2026-02-02', 'task:1');
    const closed = history([it], [inCrm(it, { done: true, createdAt: at('2026-02-02') })]);
    const next = due(1, { about: 'another moment' });
    expect(outcomes([next], closed)).toEqual(['the account had such a task lately']);
    expect(outcomes([next], closed, { today: '2026-05-03' })).toEqual(['made']);
    const undo: SentTask = { ...it, write: { ...it.write, set: {}, archive: true }, at: at('2026-02-03') };
    expect(outcomes([next], history([it, undo], [], [['task:1', '2026-02-03']]))).toEqual(['made']);
  });

  it('working days: Friday and three are Wednesday, a Saturday belongs to its Monday', () => {
    expect([0, 1, 3].map((n) => workingDay('2026-02-27', n))).toEqual(['2026-02-27', '2026-03-02', '2026-03-04']);
    expect(['2026-02-28', '2026-03-01', '2026-03-02'].map((it) => workingDay(it))).toEqual([MONDAY, MONDAY, MONDAY]);
  });

  it('a closed ask is one that was made, on the day of its closing; an open one is not', () => {
    const key = 'ask/main/contact:1/promoter/2026-02-20';
    const it = sent(due(1, { about: key }), '2026-02-27', 'task:1');
    expect(asksOfTasks(history([it], [inCrm(it)]), 0)).toEqual([]);
    const [event] = asksOfTasks(history([it], [inCrm(it, { done: true, updatedAt: at('2026-03-03') })]), 7);
    expect(event).toMatchObject({
      ...{ key, kind: 'ask', recordedAt: 7, by: 'task' },
      ask: {
        ...{ key, programId: 'main', contactId: 'contact:1', accountId: 'account:1', ownerId: 'owner:1' },
        ...{ trigger: 'promoter', askedOn: '2026-03-03', outcome: null },
      },
    });
    // whoever was erased since does not come back by the task
    const done = history([it], [inCrm(it, { done: true, updatedAt: at('2026-03-03') })]);
    expect(asksOfTasks(done, 7, new Set(['contact:1']))).toEqual([]);
  });
});

describe('asks that nobody should make any more', () => {
  const key = 'ask/main/contact:1/promoter/2026-02-20';
  const it1 = sent(due(1, { about: key }), '2026-02-27', 'task:1');
  const account: AskAccount = {
    ...{ id: 'account:1', ownerId: 'owner:1', segment: null, band: 'healthy', excluded: false, inDispute: false },
    openUrgentTickets: 0,
  };
  const person: AskPerson = {
    ...{ id: 'contact:1', accountId: 'account:1', doNotAsk: null, lastAskedOn: MONDAY, lastScore: 9, country: null },
    advocateStatus: null,
  };
  const whys = (change: Partial<AskAccount>, own: Partial<AskPerson> = {}, made = history([it1], [inCrm(it1)])) =>
    withdrawAsks(made, { accounts: [{ ...account, ...change }], people: [{ ...person, ...own }] }, ASK_POLICY).map(
      (proposal) => proposal.write?.why,
    );

  it('an open one is taken back where the account is at risk, in dispute, or the person does not want it', () => {
    expect(whys({})).toEqual([]);
    expect(whys({ band: 'at_risk' })).toEqual(['task taken back: The account is at risk: help first.']);
    expect(whys({ inDispute: true })).toHaveLength(1);
    expect(whys({ excluded: true })).toHaveLength(1);
    expect(whys({ id: 'account:2' })).toHaveLength(1);
    expect(whys({}, { doNotAsk: true })).toEqual(['task taken back: The person is not to be asked.']);
    expect(whys({ band: 'at_risk' }, {}, history([it1], [inCrm(it1, { done: true })]))).toEqual([]);
    expect(whys({ band: 'at_risk' }, {}, history([], [inCrm(it1)]))).toEqual([]);
  });

  it('it is archived on its key, and only while it holds what it was given', () => {
    const [proposal] = withdrawAsks(history([it1], [inCrm(it1)]), { accounts: [], people: [] }, ASK_POLICY);
    expect(proposal?.write).toMatchObject({
      write: { target: it1.write.target, set: {}, archive: true },
      before: { subject: 'Ask', body: 'Please ask', ownerId: 'owner:1' },
    });
  });
});
