import { groupBy } from '../../metrics/group-by.ts';
import type { CalendarDay, Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { assignHoldOut } from '../../retention/value/assign-hold-out.ts';
import type { ArmAssignment } from '../../retention/value/logged-action.ts';
import type { AskPolicy, AskTrigger, AskTriggerRule } from './ask-policy.ts';
import type { AskSignal } from './ask-signals.ts';
import {
  type AskAccount,
  type AskPerson,
  type AskRefusal,
  accountRefusal,
  accountRests,
  personRefusal,
} from './may-ask.ts';
import { askKey, type ReferralAsk } from './referral-ask.ts';
import { type AskText, type AskTextFacts, writeAskText } from './write-ask-text.ts';

/** One ask for a person to make. */
export interface AskProposal {
  /** Made of program, person, trigger and its day: the same in every run. */
  readonly key: string;
  readonly programId: string;
  readonly accountId: Id;
  readonly contactId: Id;
  readonly ownerId: Id;
  readonly trigger: AskTrigger;
  readonly triggeredOn: CalendarDay;
  readonly sourceId: string;
  readonly reason: string;
  readonly text: AskText;
}

/** An account with a reason to ask that is not asked now. */
export interface NotAsked {
  readonly accountId: Id;
  readonly trigger: AskTrigger;
  readonly refusal: AskRefusal;
}

export interface AskInput {
  readonly programId: string;
  readonly accounts: readonly AskAccount[];
  readonly people: readonly AskPerson[];
  /** See `findAskSignals`. */
  readonly signals: readonly AskSignal[];
  /** Asks of the past, settled; see `settleAsks`. */
  readonly asks: readonly ReferralAsk[];
  /** Arms drawn before: they are kept. */
  readonly arms: readonly ArmAssignment[];
  readonly facts: AskTextFacts;
}

export interface AskProposals {
  /** In the order in which they are worth making. */
  readonly proposals: readonly AskProposal[];
  readonly notAsked: readonly NotAsked[];
  /** Arms of the accounts that could have been asked today, those drawn before included. */
  readonly arms: readonly ArmAssignment[];
}

/**
 * Whom to ask for an introduction today, at most one person of each account. First what forbids it is looked at, then the
 * hold-out is drawn among those who may be asked (a due clause is a promise made: its account is exempt from a draw and is
 * asked in any arm), then each owner's number of open asks is kept to. The order of the rows changes nothing.
 */
export function proposeAsks(
  input: AskInput,
  policy: AskPolicy,
  at: { readonly today: CalendarDay; readonly asOf: Instant },
): AskProposals {
  const book = indexAsks(input);
  const found = signalsByAccount(input.signals, policy).flatMap((of) => firstPossible(of, book, policy, at.today));
  const possible = found.flatMap((it) => ('refusal' in it ? [] : [it]));
  const arms = drawAskArms(possible, policy, input.arms, at.asOf);
  const heldOut = new Set(arms.flatMap((it) => (it.arm === 'hold-out' ? [it.accountId] : [])));
  const open = new Map(
    [
      ...groupBy(
        input.asks.filter((it) => it.outcome === null),
        (it) => it.ownerId,
      ),
    ].map(([id, of]) => [id, of.length]),
  );
  const proposals: AskProposal[] = [];
  const notAsked = found.flatMap((it) => ('refusal' in it ? [it] : []));
  for (const ask of possible) {
    const { accountId, trigger } = ask.signal;
    const ownerId = ask.account.ownerId!;
    const count = open.get(ownerId) ?? 0;
    if (heldOut.has(accountId) && trigger !== 'clause_due') notAsked.push({ accountId, trigger, refusal: 'held_out' });
    else if (count >= policy.asksPerOwner) notAsked.push({ accountId, trigger, refusal: 'owner_has_enough' });
    else {
      open.set(ownerId, count + 1);
      proposals.push(proposal(ask, input, ownerId));
    }
  }
  return { proposals, notAsked, arms };
}

interface RuledSignal {
  readonly signal: AskSignal;
  readonly rule: AskTriggerRule;
}

interface PossibleAsk extends RuledSignal {
  readonly account: AskAccount;
  readonly person: AskPerson;
}

interface AskBook {
  readonly accounts: ReadonlyMap<Id, AskAccount>;
  readonly people: ReadonlyMap<Id, readonly AskPerson[]>;
  readonly asksOfAccount: ReadonlyMap<Id, readonly ReferralAsk[]>;
}

function indexAsks({ accounts, people, asks }: AskInput): AskBook {
  return {
    accounts: new Map(accounts.map((it) => [it.id, it])),
    people: groupBy(people, (it) => it.accountId),
    asksOfAccount: groupBy(asks, (it) => it.accountId),
  };
}

/** The signals of each account by the order of the policy's triggers, the newest first; accounts by their best one. */
function signalsByAccount(signals: readonly AskSignal[], { triggers }: AskPolicy): readonly (readonly RuledSignal[])[] {
  const ruled = signals.flatMap((signal) => {
    const rule = triggers.find((it) => it.trigger === signal.trigger);
    return rule ? [{ signal, rule }] : [];
  });
  const text = ({ signal: it }: RuledSignal) => `${it.accountId}\n${it.contactId}\n${it.sourceId}`;
  ruled.sort((a, b) => {
    const byRule = triggers.indexOf(a.rule) - triggers.indexOf(b.rule);
    if (byRule !== 0) return byRule;
    if (a.signal.on !== b.signal.on) return a.signal.on > b.signal.on ? -1 : 1;
    return text(a) < text(b) ? -1 : 1;
  });
  return [...groupBy(ruled, (it) => it.signal.accountId).values()];
}

/** The first signal that leads to somebody who may be asked, else what stands against the best one. */
function firstPossible(
  signals: readonly RuledSignal[],
  book: AskBook,
  policy: AskPolicy,
  today: CalendarDay,
): readonly (PossibleAsk | NotAsked)[] {
  const chosen = signals
    .filter(({ signal }) => book.accounts.has(signal.accountId))
    .map((it) => choosePerson(it, book, policy, today));
  return [chosen.find((it) => !('refusal' in it)) ?? chosen[0] ?? []].flat();
}

function choosePerson(it: RuledSignal, book: AskBook, policy: AskPolicy, today: CalendarDay): PossibleAsk | NotAsked {
  const { accountId, contactId, trigger } = it.signal;
  const account = book.accounts.get(accountId)!;
  const refuse = (refusal: AskRefusal): NotAsked => ({ accountId, trigger, refusal });
  const forbidden = accountRefusal(account, policy);
  if (forbidden) return refuse(forbidden);
  const people = book.people.get(accountId) ?? [];
  const asks = book.asksOfAccount.get(accountId) ?? [];
  const named = people.filter((person) => contactId === null || person.id === contactId);
  const refusals = named.map((person) =>
    personRefusal(
      person,
      asks.filter((ask) => ask.contactId === person.id),
      policy,
      today,
    ),
  );
  const free = named.filter((_, i) => refusals[i] === null).sort(byFitness);
  // whoever was named says why; a rest of the account as a whole comes after what is said of its people
  if (free.length === 0) return refuse((named.length === 1 && refusals[0]) || 'nobody_to_ask');
  if (accountRests(people, asks, policy, today)) return refuse('account_asked_lately');
  return { ...it, account, person: free[0]! };
}

/** Who would recommend us most, then who was asked longest ago. */
function byFitness(a: AskPerson, b: AskPerson): number {
  const score = (b.lastScore ?? 7) - (a.lastScore ?? 7);
  if (score !== 0) return score;
  const [left, right] = [a.lastAskedOn ?? '', b.lastAskedOn ?? ''];
  return left !== right ? (left < right ? -1 : 1) : a.id < b.id ? -1 : 1;
}

function drawAskArms(
  possible: readonly PossibleAsk[],
  { holdOut }: AskPolicy,
  before: readonly ArmAssignment[],
  at: Instant,
): readonly ArmAssignment[] {
  const promised = possible.filter((it) => it.signal.trigger === 'clause_due').map((it) => it.account.id);
  const candidates = possible.map(({ account }) => ({
    accountId: account.id,
    stratum: `${account.segment ?? 'no segment'}, ${account.band}`,
    value: null,
  }));
  return assignHoldOut(candidates, { ...holdOut, at, exempt: { fromValue: null, accountIds: promised } }, before);
}

function proposal({ signal, rule, person }: PossibleAsk, input: AskInput, ownerId: Id): AskProposal {
  const { accountId, trigger, on: triggeredOn, sourceId } = signal;
  return {
    key: askKey(input.programId, person.id, trigger, triggeredOn),
    programId: input.programId,
    accountId,
    contactId: person.id,
    ownerId,
    trigger,
    triggeredOn,
    sourceId,
    reason: rule.reason,
    text: writeAskText(rule.occasion, person.country, input.facts),
  };
}
