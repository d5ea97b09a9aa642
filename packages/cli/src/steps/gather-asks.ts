import {
  type AccountRecords,
  type AskAccount,
  type AskPerson,
  type AskSignal,
  type CalendarDay,
  lastAnswers,
  liveOrders,
  type OrgProfile,
  opportunityKind,
  opportunityState,
  type SignalSources,
  type SurveyResponse,
} from '@holdfast/core';
import type { ScoreChoice } from './score-step.ts';

/** What a pass over the book gathers for the asks; who is in dispute is known elsewhere. */
export interface GatheredAsks {
  readonly accounts: Omit<AskAccount, 'inDispute'>[];
  readonly people: AskPerson[];
  readonly surveys: SurveyResponse[];
  readonly renewals: SignalSources['renewals'][number][];
  readonly results: AskSignal[];
}

/** Hooks of a scoring pass that gather, account by account of the book, who could be asked and what speaks for it. */
export function gatherAsks(
  profile: OrgProfile,
  today: CalendarDay,
): Required<Pick<ScoreChoice, 'onRecords' | 'onScored'>> & { readonly gathered: GatheredAsks } {
  const gathered: GatheredAsks = { accounts: [], people: [], surveys: [], renewals: [], results: [] };
  let last: AccountRecords | null = null;
  return {
    gathered,
    onRecords: (records) => {
      last = records;
    },
    onScored: ({ account }, { facts, score }) => {
      if (last === null || last.account.id !== account.id) return;
      gathered.accounts.push({
        ...{ id: account.id, ownerId: account.ownerId, segment: account.industry, band: score.band },
        ...{ excluded: account.excluded === true, openUrgentTickets: facts.openUrgentTickets ?? 0 },
      });
      gatherPeople(last, gathered);
      gatherMoments(last, gathered, { profile, today });
      last = null;
    },
  };
}

function gatherPeople({ account, contacts, surveys }: AccountRecords, into: GatheredAsks): void {
  const answers = lastAnswers(surveys);
  for (const it of contacts) {
    into.people.push({
      ...{ id: it.id, accountId: account.id, doNotAsk: it.doNotAsk, lastAskedOn: it.lastAskedOn },
      ...{ lastScore: answers.get(it.id)?.score ?? null, advocateStatus: it.advocateStatus },
      country: /^[A-Z]{2}$/.test(account.country ?? '') ? account.country : null,
    });
  }
  into.surveys.push(...surveys);
}

function gatherMoments(
  { account, opportunities, orders, orderLines }: AccountRecords,
  into: GatheredAsks,
  { profile, today }: { readonly profile: OrgProfile; readonly today: CalendarDay },
): void {
  for (const it of opportunities) {
    const isRenewal = opportunityKind(it, profile) === 'renewal' && opportunityState(it, profile, today) === 'won';
    if (isRenewal && it.closeOn !== null)
      into.renewals.push({ accountId: account.id, on: it.closeOn, sourceId: it.id });
  }
  for (const { id } of liveOrders(orders, orderLines, profile)) {
    const on = acceptedOn(orderLines.filter((it) => it.orderId === id));
    if (on !== null)
      into.results.push({ trigger: 'result_achieved', accountId: account.id, contactId: null, on, sourceId: id });
  }
}

type Lines = AccountRecords['orderLines'];

/** The day on which the customer had accepted all of an order; goods that were only shipped are no result yet. */
function acceptedOn(lines: Lines): CalendarDay | null {
  const isWhole = (it: Lines[number]) => it.acceptedQuantity === null || it.acceptedQuantity >= (it.quantity ?? 0);
  const days = lines.flatMap((it) => (isWhole(it) ? (it.acceptedOn ?? []) : []));
  return days.length < lines.length ? null : (days.toSorted().at(-1) ?? null);
}
