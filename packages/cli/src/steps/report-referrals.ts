import {
  ASK_POLICY,
  askArms,
  currentAsks,
  dayInZone,
  displayName,
  type Id,
  partiesOnPages,
  type ReferralEngine,
  type ReferralPages,
  referralPages,
  retentionEconomics,
  type UnavailableEvidence,
} from '@holdfast/core';
import type { Store } from '@holdfast/workflows';
import { evidenceShown } from '../referrals/kept-introductions.ts';
import { personOf } from '../referrals/person-of.ts';
import type { ReportReferrals } from '../report/referral-sections.ts';
import type { Pulled } from '../session/run-files.ts';
import { confirmedProfile, type Session } from '../session/session.ts';
import type { BookHistory } from './book-history.ts';
import { costsOf } from './economics-step.ts';

/** What the referral parts of the page show: sums from the journal, and names of accounts; of people only when asked for. */
export async function reportReferrals(
  { config, store }: Session,
  { state }: Pick<ReferralEngine, 'state'>,
  { accounts }: BookHistory,
  { pulled, names }: { readonly pulled: Pulled; readonly names: boolean },
): Promise<ReportReferrals> {
  const { currency, timeZone, grossMargin } = confirmedProfile(config);
  const { economics } = config;
  const today = dayInZone(state.now, timeZone);
  const pages = referralPages({
    ...{ state, currency, timeZone, accounts, answerDays: ASK_POLICY.answerDays },
    ...{ today, asks: currentAsks(state, ASK_POLICY, { today, timeZone }), askArms: askArms(state) },
    unavailable: unavailableClasses(evidenceShown(pulled)),
    marginSet: grossMargin !== undefined,
    acquisitionCost: economics ? retentionEconomics(costsOf(economics, null)).replacementCost.value : null,
  });
  return { pages, names: await namesOf(store, pages, names) };
}

/** The org's sources as classes: mails and meetings are one, so that one of them missing is a part of it. */
function unavailableClasses(shown: ReturnType<typeof evidenceShown>): readonly UnavailableEvidence[] {
  const { mail, meeting, link, confirmation } = shown;
  const whole = (evidence: UnavailableEvidence['evidence'], reason: string | null) =>
    reason === null ? [] : [{ evidence, reason }];
  const part = (of: string, reason: string | null) =>
    reason === null ? [] : [{ evidence: 'activity' as const, reason, part: of }];
  const both = mail !== null && meeting !== null;
  const activity = both
    ? whole('activity', mail === meeting ? mail : `mails: ${mail}; meetings: ${meeting}`)
    : [...part('mails', mail), ...part('meetings', meeting)];
  return [...whole('confirmed', confirmation), ...activity, ...whole('recorded', link)];
}

async function namesOf(
  store: Pick<Store, 'get'>,
  pages: ReferralPages,
  contacts: boolean,
): Promise<ReadonlyMap<Id, string>> {
  const names = new Map<Id, string>();
  for (const id of partiesOnPages(pages)) {
    const account = await store.get('account', id);
    const person = account ? null : await personOf(store, id);
    if (account) names.set(id, displayName(account));
    else if (!person) names.set(id, 'somebody');
    else if (contacts) names.set(id, displayName(person));
  }
  return names;
}
