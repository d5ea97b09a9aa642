import {
  type AccountRecords,
  ASK_POLICY,
  type AskAccount,
  type AskPerson,
  type AskSignal,
  type CalendarDay,
  findAskSignals,
  type Id,
  lastAnswers,
  liveOrders,
  type OrgProfile,
  opportunityKind,
  opportunityState,
  type SignalSources,
} from '@holdfast/core';
import type { ScoreChoice } from './score-step.ts';

/** What a pass over the book gathers for the asks: accounts with a moment that speaks for it. Disputes are known elsewhere. */
export interface GatheredAsks {
  readonly accounts: Omit<AskAccount, 'inDispute'>[];
  readonly people: AskPerson[];
  readonly signals: AskSignal[];
  /** Every account of the book. */
  readonly scored: Set<Id>;
}

/** What is looked for on which day; `promised` are the accounts with a clause in a contract, asked without a moment too. */
interface Moments {
  readonly profile: OrgProfile;
  readonly today: CalendarDay;
  readonly promised: ReadonlySet<Id>;
}

/** Hooks of a scoring pass that gather, account by account of the book, who could be asked and what speaks for it. */
export function gatherAsks(
  moments: Moments,
): Required<Pick<ScoreChoice, 'onRecords' | 'onScored'>> & { readonly gathered: GatheredAsks } {
  const gathered: GatheredAsks = { accounts: [], people: [], signals: [], scored: new Set() };
  let last: AccountRecords | null = null;
  return {
    gathered,
    onRecords: (records) => {
      last = records;
    },
    onScored: ({ account }, { facts, score }) => {
      gathered.scored.add(account.id);
      if (last === null || last.account.id !== account.id) return;
      const signals = signalsOf(last, moments);
      if (signals.length > 0 || moments.promised.has(account.id)) {
        gathered.accounts.push({
          ...{ id: account.id, ownerId: account.ownerId, segment: account.industry, band: score.band },
          ...{ excluded: account.excluded === true, openUrgentTickets: facts.openUrgentTickets ?? 0 },
        });
        gathered.people.push(...peopleOf(last));
        gathered.signals.push(...signals);
      }
      last = null;
    },
  };
}

function peopleOf({ account, contacts, surveys }: AccountRecords): readonly AskPerson[] {
  const answers = lastAnswers(surveys);
  const country = /^[A-Z]{2}$/.test(account.country ?? '') ? account.country : null;
  return contacts.map((it) => ({
    ...{ id: it.id, accountId: account.id, doNotAsk: it.doNotAsk, lastAskedOn: it.lastAskedOn, country },
    ...{ lastScore: answers.get(it.id)?.score ?? null, advocateStatus: it.advocateStatus },
  }));
}

function signalsOf(records: AccountRecords, { profile, today }: Moments): readonly AskSignal[] {
  const { surveys } = records;
  const renewals = wonRenewals(records, profile, today);
  const sources: SignalSources = { surveys, renewals, results: acceptedOrders(records, profile), clauses: [] };
  return findAskSignals(sources, ASK_POLICY, { today, timeZone: profile.timeZone });
}

function wonRenewals(
  { account, opportunities }: AccountRecords,
  profile: OrgProfile,
  today: CalendarDay,
): SignalSources['renewals'] {
  return opportunities.flatMap((it) => {
    const isRenewal = opportunityKind(it, profile) === 'renewal' && opportunityState(it, profile, today) === 'won';
    return isRenewal && it.closeOn !== null ? [{ accountId: account.id, on: it.closeOn, sourceId: it.id }] : [];
  });
}

function acceptedOrders({ account, orders, orderLines }: AccountRecords, profile: OrgProfile): readonly AskSignal[] {
  return liveOrders(orders, orderLines, profile).flatMap(({ id }): AskSignal[] => {
    const on = acceptedOn(orderLines.filter((it) => it.orderId === id));
    return on === null
      ? []
      : [{ trigger: 'result_achieved', accountId: account.id, contactId: null, on, sourceId: id }];
  });
}

type Lines = AccountRecords['orderLines'];

/** The day on which the customer had accepted all of an order; goods that were only shipped are no result yet. */
function acceptedOn(lines: Lines): CalendarDay | null {
  const isWhole = (it: Lines[number]) => it.acceptedQuantity === null || it.acceptedQuantity >= (it.quantity ?? 0);
  const days = lines.flatMap((it) => (isWhole(it) ? (it.acceptedOn ?? []) : []));
  return days.length < lines.length ? null : (days.toSorted().at(-1) ?? null);
}
