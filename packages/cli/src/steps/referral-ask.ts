import { ASK_REFUSALS, asksOfTasks, dayInZone } from '@holdfast/core';
import { readTaskHistory } from '@holdfast/workflows';
import { followClauses, promisedAccounts } from '../referrals/clause-file.ts';
import { partyNames } from '../referrals/party-names.ts';
import { programNamed } from '../referrals/program-named.ts';
import type { ReferralDesk } from '../referrals/referral-desk.ts';
import { confirmedProfile } from '../session/session.ts';
import { count, words } from '../text/format.ts';
import { clauseLines } from './clause-lines.ts';
import { gatherAsks } from './gather-asks.ts';
import { armEvents, type BookAsks, proposeBookAsks } from './propose-book-asks.ts';
import { scoreStep } from './score-step.ts';

const SHOWN = 20;

/**
 * Whom to ask for an introduction today, with the text to send. Into the journal go the asks of tasks that were closed, and
 * the draw of the hold-out: an account that is kept aside to measure by stays so.
 */
export async function askStep(desk: ReferralDesk, programId: string | undefined): Promise<BookAsks> {
  const { session, pulled, state, now } = desk;
  const program = programNamed(desk, programId);
  const profile = confirmedProfile(session.config);
  const { timeZone } = profile;
  const { asOf } = pulled;
  const today = dayInZone(asOf, timeZone);
  const promised = await promisedAccounts(session, desk.clauses);
  const { gathered, ...hooks } = gatherAsks({ profile, today, promised });
  await scoreStep(session, { pulled, asOf, keep: false, ...hooks });
  await desk.take(asksOfTasks(await readTaskHistory(session.store, timeZone), now, state.erased), '');
  const clauses = await followClauses(desk, { today, timeZone });
  const seller = pulled.org.name;
  const found = proposeBookAsks(gathered, { state, program, clauses, seller, today, timeZone, asOf });
  await desk.take(armEvents(found, now), '');
  return found;
}

/** Each ask with its reason and the words to send, why others rest, and what came of earlier ones. */
export async function askText(desk: ReferralDesk, found: BookAsks, withNames: boolean): Promise<string> {
  const { proposals, notAsked, asks, clauses } = found;
  const name = partyNames(desk.session.store, withNames);
  const shown: string[] = [];
  for (const it of proposals.slice(0, SHOWN)) {
    const who = `${await name(it.contactId)} at ${await name(it.accountId)}`;
    shown.push(`  ${who} (${words(it.trigger)}, ${it.triggeredOn}): ${it.reason}`, `    ${it.text.request}`);
  }
  const refusals = new Map<keyof typeof ASK_REFUSALS, number>();
  for (const { refusal } of notAsked) refusals.set(refusal, (refusals.get(refusal) ?? 0) + 1);
  const [open, accepted] = [null, 'accepted'].map((outcome) => asks.filter((it) => it.outcome === outcome).length);
  return [
    proposals.length === 0
      ? 'Nobody to ask today.'
      : `To ask for an introduction (${count(Math.min(SHOWN, proposals.length))} of ${count(proposals.length)}); send it yourself, Holdfast mails nobody:`,
    ...shown,
    ...[...refusals].map(([refusal, n]) => `Not asked, ${count(n)}: ${ASK_REFUSALS[refusal]}`),
    ...(await clauseLines(clauses, name)),
    ...(asks.length > 0
      ? [`Asked so far: ${count(asks.length)}, accepted ${count(accepted ?? 0)}, open ${count(open ?? 0)}.`]
      : []),
    ...(proposals.length > 0 ? ['Write down whom you asked: `holdfast referrals ask --note CONTACT`.'] : []),
  ].join('\n');
}
