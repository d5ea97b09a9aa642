import {
  type Account,
  ASK_POLICY,
  asksOfTasks,
  type CalendarDay,
  dayInZone,
  type FoundIntroduction,
  followUp,
  type Id,
  type MadeTask,
  type Program,
  type Proposal,
  proposeDueTasks,
  type ReferralEngine,
  type ReferralTaskInput,
  referralTasks,
  withdrawAsks,
} from '@holdfast/core';
import { readTaskHistory, type ScoredBook, takeReferralEvents } from '@holdfast/workflows';
import { followClauses, promisedAccounts } from '../referrals/clause-file.ts';
import { leftOutOf, referralsLeftOut } from '../referrals/left-out.ts';
import { referralOptions, type WorkspaceReferrals } from '../referrals/referral-options.ts';
import type { Pulled } from '../session/run-files.ts';
import { confirmedProfile, type Session } from '../session/session.ts';
import { type GatheredAsks, gatherAsks } from './gather-asks.ts';
import { armEvents, type BookAsks, proposeBookAsks } from './propose-book-asks.ts';
import type { ScoreChoice } from './score-step.ts';

/**
 * Plans tasks beside a scoring pass: hand its hooks and its `referrals` to the pass, then ask for the proposals. All tasks
 * are of referrals, so where these are left out there are none.
 */
export interface TaskPlanning
  extends Required<Pick<ScoreChoice, 'onRecords' | 'onScored'>>,
    Pick<ScoreChoice, 'referrals'> {
  readonly propose: (book: ScoredBook) => Promise<PlannedTasks>;
}

interface PlannedTasks {
  readonly proposals: readonly Proposal[];
  /** What a person who reads the plan must know of them. */
  readonly remarks: readonly string[];
}

const NONE: PlannedTasks = { proposals: [], remarks: [] };

/** Tasks are planned at stage `act` only, and only where the org takes them on a key of ours. */
export async function openTaskPlanning(session: Session, pulled: Pulled): Promise<TaskPlanning> {
  const hooks = { onRecords: () => {}, onScored: () => {} };
  const referrals = readableReferrals(session, pulled);
  if (referrals === null) return { ...hooks, propose: async () => NONE }; // the scoring says why
  const idle = { referrals, ...hooks };
  const noted = remarksOnNotes(session, pulled);
  if (session.config.stage !== 'act') return { ...idle, propose: async () => ({ ...NONE, remarks: noted }) };
  const fields = pulled.writable.task;
  if (fields === undefined || pulled.noTasks !== undefined) {
    const remarks = [`No tasks are planned: ${pulled.noTasks ?? 'the org takes none'}.`, ...noted];
    return { ...idle, propose: async () => ({ ...NONE, remarks }) };
  }
  const profile = confirmedProfile(session.config);
  const today = dayInZone(pulled.asOf, profile.timeZone);
  const history = await readTaskHistory(session.store, profile.timeZone);
  const open = history.flatMap((it) => (it.standing === 'open' ? (it.accountId ?? []) : []));
  const promised = new Set([...(await promisedAccounts(session, referrals.clauses)), ...open]);
  const { gathered, ...gathering } = gatherAsks({ profile, today, promised });
  const propose = async (book: ScoredBook) => {
    if (leftOutOf(book)) return { ...NONE, remarks: noted };
    const proposals = await proposeTasks(session, { book, pulled, referrals, gathered, fields, today, history });
    return { proposals, remarks: noted };
  };
  return { referrals, ...gathering, propose };
}

/** `null` where the files beside the workspace are refused. */
function readableReferrals(session: Session, pulled: Pulled): WorkspaceReferrals | null {
  try {
    return referralOptions(session, pulled);
  } catch (error) {
    referralsLeftOut(error);
    return null;
  }
}

/** Notes that were switched on and are not planned: why. */
function remarksOnNotes({ config: { notes, stage } }: Session, { noNotes, writable }: Pulled): readonly string[] {
  if (!notes) return [];
  if (stage !== 'act') return ['No notes are planned: they are written at the stage act (`holdfast trust act`).'];
  return writable.note ? [] : [`No notes are planned: ${noNotes ?? 'run `holdfast pull` first'}.`];
}

async function proposeTasks(session: Session, planning: Planning): Promise<readonly Proposal[]> {
  const { book, pulled, referrals, gathered, fields, today, history } = planning;
  const { timeZone, book: whose } = confirmedProfile(session.config);
  const { store, clock } = session;
  const { engine, mayTouch } = book;
  await takeReferralEvents(
    store,
    engine,
    asksOfTasks(history, Math.max(clock.now(), engine.state.now), engine.state.erased),
  );
  const found = await asksOf(session, planning);
  const asks = found?.proposals ?? [];
  const late = lateContacts(engine, pulled.asOf);
  const toConfirm = await unanswered(engine, referrals, pulled.asOf);
  const accountOf = await accountsOf(session, [
    ...late.map((it) => it.claim.subjectId),
    ...toConfirm.flatMap((it) => it.advocateAccountId ?? []),
    ...asks.map((it) => it.accountId),
  ]);
  const inPilot = (id: Id) => whose.pilot.length === 0 || whose.pilot.includes(id);
  const mayWrite = (id: Id) => mayTouch.has(id) || (gathered.scored.has(id) && inPilot(id));
  return [
    ...(found ? withdrawAsks(history, found, ASK_POLICY) : []),
    ...proposeDueTasks(referralTasks({ late, toConfirm, asks, accountOf, timeZone }), history, {
      today,
      fields,
      mayWrite,
    }),
  ];
}

interface Planning {
  readonly book: ScoredBook;
  readonly pulled: Pulled;
  readonly referrals: WorkspaceReferrals;
  readonly gathered: GatheredAsks;
  readonly fields: readonly string[];
  readonly today: CalendarDay;
  readonly history: readonly MadeTask[];
}

/** Asks of the program that goes first; accounts that are drawn to be left alone are kept so. */
async function asksOf(
  session: Session,
  { book: { engine }, pulled, referrals, gathered, today }: Planning,
): Promise<BookAsks | null> {
  const program = firstProgram(engine);
  if (!program) return null;
  const { timeZone } = confirmedProfile(session.config);
  const { asOf, org } = pulled;
  const { state } = engine;
  const clauses = await followClauses({ clauses: referrals.clauses, state, session }, { today, timeZone });
  const found = proposeBookAsks(gathered, { state, program, clauses, seller: org.name, today, timeZone, asOf });
  await takeReferralEvents(session.store, engine, armEvents(found, Math.max(session.clock.now(), state.now)));
  return found;
}

function firstProgram({ state }: ReferralEngine): Program | undefined {
  const active = state.options.programs.filter((it) => it.state === 'active');
  return [...active].sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1))[0];
}

function lateContacts({ state }: ReferralEngine, asOf: number): ReferralTaskInput['late'] {
  const policies = new Map(state.options.programs.map((it) => [it.id, it.policy]));
  return [...state.claims.values()].flatMap((claim) => {
    const policy = policies.get(claim.programId);
    const clock = policy && followUp(claim, policy, asOf);
    return clock && (clock.standing === 'overdue' || clock.standing === 'escalated') ? [{ claim, clock }] : [];
  });
}

/** Introductions that nobody has claimed yet, as long as a claim could still use them. */
async function unanswered(
  engine: ReferralEngine,
  { introductions }: WorkspaceReferrals,
  asOf: number,
): Promise<readonly FoundIntroduction[]> {
  const days = firstProgram(engine)?.policy.trackingDays ?? 0;
  const { claims } = engine.state;
  const claimed = new Set([...claims.values()].map((it) => `${it.participantId}>${it.subjectId}`));
  return (await introductions()).toConfirm.filter(
    ({ advocateId, subjectId, introducedAt }) =>
      introducedAt + days * 86_400_000 > asOf && !claimed.has(`${advocateId}>${subjectId}`),
  );
}

async function accountsOf({ store }: Session, ids: readonly Id[]): Promise<ReferralTaskInput['accountOf']> {
  const accounts = new Map<Id, Account>();
  for (const id of new Set(ids)) {
    const account = await store.get('account', id);
    if (account) accounts.set(id, account);
  }
  return (id) => accounts.get(id) ?? null;
}
