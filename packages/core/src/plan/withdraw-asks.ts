import type { AskPolicy } from '../referral/ask/ask-policy.ts';
import {
  ASK_REFUSALS,
  type AskAccount,
  type AskPerson,
  accountRefusal,
  personRefusal,
} from '../referral/ask/may-ask.ts';
import type { Proposal } from './proposal.ts';
import type { MadeTask } from './task-history.ts';

/** Accounts and people as they are today; an account of the book that is not among them is not scored any more. */
export interface AskStandings {
  readonly accounts: readonly AskAccount[];
  readonly people: readonly AskPerson[];
}

/**
 * Takes back open asks that nobody should make any more: of an account that is by now at risk, in dispute, left out or
 * waiting for urgent help, or of a person who does not want it. A task that a person has changed stays: it is theirs.
 */
export function withdrawAsks(
  history: readonly MadeTask[],
  { accounts, people }: AskStandings,
  policy: AskPolicy,
): readonly Proposal[] {
  const accountOf = new Map(accounts.map((it) => [it.id, it]));
  const personOf = new Map(people.map((it) => [it.id, it]));
  return history.flatMap((it): Proposal[] => {
    const { key, externalKey, accountId, given } = it;
    if (it.standing !== 'open' || given === null || !externalKey.startsWith('ask-')) return [];
    const why = whyNot(accountOf.get(accountId ?? ''), personOf.get(it.contactId ?? ''), policy);
    if (why === null) return [];
    const write = { key: `${key} withdrawn`, target: { externalKey }, set: {}, archive: true as const };
    return [
      { write: { entity: 'task', write, before: given, label: accountId ?? key, why: `task taken back: ${why}` } },
    ];
  });
}

function whyNot(account: AskAccount | undefined, person: AskPerson | undefined, policy: AskPolicy): string | null {
  if (account === undefined) return ASK_REFUSALS.not_scored;
  if (person === undefined) return ASK_REFUSALS.nobody_to_ask;
  // that they were asked is no reason: the task itself may be why
  const refusal = accountRefusal(account, policy) ?? personRefusal({ ...person, lastAskedOn: null }, [], policy, '');
  return refusal === null ? null : ASK_REFUSALS[refusal];
}
