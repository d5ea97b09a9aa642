import {
  type AccountRecords,
  ASK_POLICY,
  ASK_REFUSALS,
  type AskAccount,
  type AskPerson,
  type AskProposals,
  type CalendarDay,
  dayInZone,
  disputeStanding,
  findAskSignals,
  type Id,
  lastAnswers,
  type OrgProfile,
  opportunityKind,
  opportunityState,
  type Program,
  proposeAsks,
  type SignalSources,
  type SurveyResponse,
} from '@holdfast/core';
import { partyNames } from '../referrals/party-names.ts';
import { programNamed } from '../referrals/program-named.ts';
import type { ReferralDesk } from '../referrals/referral-desk.ts';
import { confirmedProfile } from '../session/session.ts';
import { count, words } from '../text/format.ts';
import { scoreStep } from './score-step.ts';

const SHOWN = 20;

/** What the pass over the book gathers for the ask. */
interface Gathered {
  readonly accounts: AskAccount[];
  readonly people: AskPerson[];
  readonly surveys: SurveyResponse[];
  readonly renewals: SignalSources['renewals'][number][];
}

/** Whom to ask for an introduction today, by promoters and won renewals, with the text to send. Writes nothing. */
export async function askStep(desk: ReferralDesk, programId: string | undefined): Promise<AskProposals> {
  const { session, pulled } = desk;
  const program = programNamed(desk, programId);
  const profile = confirmedProfile(session.config);
  const today = dayInZone(pulled.asOf, profile.timeZone);
  const gathered: Gathered = { accounts: [], people: [], surveys: [], renewals: [] };
  const records = new Map<Id, AccountRecords>();
  const disputed = inDispute(desk, program);
  await scoreStep(session, {
    ...{ pulled, asOf: pulled.asOf, keep: false },
    onRecords: (it) => records.set(it.account.id, it),
    onScored: ({ account }, { facts, score }) => {
      const of = records.get(account.id);
      records.clear();
      if (!of) return;
      gathered.accounts.push({
        ...{ id: account.id, ownerId: account.ownerId, segment: account.industry, band: score.band },
        ...{ excluded: account.excluded === true, inDispute: disputed.has(account.id) },
        openUrgentTickets: facts.openUrgentTickets ?? 0,
      });
      gather(of, gathered, { profile, today });
    },
  });
  const { accounts, people, surveys, renewals } = gathered;
  const { timeZone } = profile;
  const sources = { surveys, renewals, results: [], clauses: [] };
  const facts = { seller: pulled.org.name, link: null, rewarded: program.rules.length > 0 };
  return proposeAsks(
    {
      ...{ programId: program.id, accounts, people, asks: [], arms: [] },
      signals: findAskSignals(sources, ASK_POLICY, { today, timeZone }),
      facts: { ...facts, termsVersion: program.terms.version },
    },
    ASK_POLICY,
    { today, asOf: pulled.asOf },
  );
}

function gather(
  { account, contacts, surveys, opportunities }: AccountRecords,
  into: Gathered,
  { profile, today }: { readonly profile: OrgProfile; readonly today: CalendarDay },
): void {
  const answers = lastAnswers(surveys);
  for (const it of contacts) {
    into.people.push({
      ...{ id: it.id, accountId: account.id, doNotAsk: it.doNotAsk, lastAskedOn: it.lastAskedOn },
      ...{ lastScore: answers.get(it.id)?.score ?? null, advocateStatus: it.advocateStatus },
      country: /^[A-Z]{2}$/.test(account.country ?? '') ? account.country : null,
    });
  }
  into.surveys.push(...surveys);
  for (const it of opportunities) {
    const isRenewal = opportunityKind(it, profile) === 'renewal' && opportunityState(it, profile, today) === 'won';
    if (isRenewal && it.closeOn !== null)
      into.renewals.push({ accountId: account.id, on: it.closeOn, sourceId: it.id });
  }
}

/** Parties of a sale whose dispute is not final: both sides of it rest. */
function inDispute({ state, now }: ReferralDesk, { policy }: Program): ReadonlySet<Id> {
  const open = [...state.disputes.values()].flat().filter((it) => disputeStanding(it, policy, now) !== 'final');
  const claims = open.flatMap((it) => state.claims.get(it.referralId) ?? []);
  return new Set(claims.flatMap((it) => [it.subjectId, ...(it.referrerAccountId ? [it.referrerAccountId] : [])]));
}

/** Each ask with its reason and the words to send, and why others rest. */
export async function askText(desk: ReferralDesk, found: AskProposals, withNames: boolean): Promise<string> {
  const { proposals, notAsked } = found;
  const name = partyNames(desk.session.store, withNames);
  const shown: string[] = [];
  for (const it of proposals.slice(0, SHOWN)) {
    const who = `${await name(it.contactId)} at ${await name(it.accountId)}`;
    shown.push(`  ${who} (${words(it.trigger)}, ${it.triggeredOn}): ${it.reason}`, `    ${it.text.request}`);
  }
  const refusals = new Map<keyof typeof ASK_REFUSALS, number>();
  for (const { refusal } of notAsked) refusals.set(refusal, (refusals.get(refusal) ?? 0) + 1);
  return [
    proposals.length === 0
      ? 'Nobody to ask today.'
      : `To ask for an introduction (${count(Math.min(SHOWN, proposals.length))} of ${count(proposals.length)}); send it yourself, Holdfast mails nobody:`,
    ...shown,
    ...[...refusals].map(([refusal, n]) => `Not asked, ${count(n)}: ${ASK_REFUSALS[refusal]}`),
  ].join('\n');
}
