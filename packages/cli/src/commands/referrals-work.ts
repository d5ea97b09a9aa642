import {
  type ConsentBasis,
  checkCode,
  codeOf,
  dayInZone,
  endOfDay,
  type Instant,
  type PersonsAct,
  parseDay,
} from '@holdfast/core';
import type { CommandInput, RunCommand } from '../commands.ts';
import { basisBy, CLAIM_CHANNELS } from '../referrals/claim-channel.ts';
import { programNamed } from '../referrals/program-named.ts';
import { openDesk, type ReferralDesk } from '../referrals/referral-desk.ts';
import { refusalError } from '../referrals/refusal.ts';
import { confirmedProfile, withSession } from '../session/session.ts';
import { actedText, actStep, programOfSale } from '../steps/referral-acts.ts';
import { explainedText, explainForReferrer, explainStep } from '../steps/referral-explain.ts';
import { graphStep, graphText } from '../steps/referral-graph.ts';
import { ledgerText, ledgerView } from '../steps/referral-ledger.ts';
import { claimsText, listClaims } from '../steps/referral-list.ts';
import { payeeStep, payeeText } from '../steps/referral-payee.ts';
import { refundedText, refundStep, waitsForPerson } from '../steps/referral-refund.ts';
import { settledText, settleStep } from '../steps/referral-settle.ts';
import { statementStep, statementText } from '../steps/referral-statement.ts';
import { submitStep, submittedText } from '../steps/referral-submit.ts';
import { readableInstants } from '../text/readable-instants.ts';
import { type Order, oneOf, type Work } from './referrals-order.ts';
import { ask, code, participant } from './referrals-people.ts';
import { type ReferralWork, referralUsage, usage } from './referrals-usage.ts';
import { resolveOrder, sayRenamed } from './resolve-order.ts';

/** `holdfast referrals WHAT`: claims, decisions, rewards, ledger, payouts and statements of the referral programs. */
export const referralsWork: RunCommand = async (input) => {
  const { work, about, option } = referralUsage(input);
  const asked: Order = { about, option, isSet: (name) => input.options[name] === true };
  checkValues(input.options);
  return withSession(input, `referrals ${work}`, async (session) => {
    const desk = await openDesk(session);
    const { order, renamed } = await resolveOrder(desk, asked);
    const answer = await WORK[work](desk, order);
    // a referrer is told nothing from which it could be read that a claim is on record
    const said = order.isSet('forReferrer') ? answer : sayRenamed(answer, renamed);
    return { ...said, json: readableInstants(said.json) };
  });
};

const CONSENTS: readonly ConsentBasis[] = [
  'introduced_in_person',
  'own_request',
  'consent',
  'legitimate_interest',
  'none',
];

/** What can be seen to be wrong before anything is opened. */
function checkValues({ month, consent, ...options }: CommandInput['options']): void {
  if (month !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(String(month)))
    throw usage('--month must be a month such as 2026-01.');
  for (const day of ['introduced', 'on', 'since', 'until']) {
    if (options[day] !== undefined && parseDay(String(options[day])) === null)
      throw usage(`--${day} must be a day such as 2026-01-31.`);
  }
  for (const who of ['by', 'approvedBy']) {
    if (/[\s@]/.test(String(options[who] ?? '')))
      throw usage('who does it is said by an id such as owner:7, never a name.');
  }
  if (consent !== undefined && !CONSENTS.includes(consent as ConsentBasis))
    throw usage(`--consent must be one of ${CONSENTS.join(', ')}.`);
}

/** The end of a day that was given; now where none is, and of today only what has gone by. */
function instantOf({ session, now }: ReferralDesk, day: string | undefined): Instant {
  const { timeZone } = confirmedProfile(session.config);
  return day === undefined || day === dayInZone(now, timeZone) ? now : endOfDay(day, timeZone);
}

/** Whoever gave out the code introduced the party, unless somebody is named. */
function advocateOf(desk: ReferralDesk, { option }: Order): string {
  const named = option('advocate');
  const typed = option('code');
  if (named !== undefined) return named;
  if (typed === undefined) throw usage('submit needs --advocate, or --code.');
  const { id } = programNamed(desk, option('program'));
  const code = checkCode(typed, id, (it) => codeOf(desk.state, id, it), desk.now);
  if ('refused' in code) throw refusalError(code);
  return code.participantId;
}

const submit: Work = async (desk, order) => {
  const { option } = order;
  const channel = oneOf(order, 'channel', CLAIM_CHANNELS) ?? 'introduction';
  const submitted = await submitStep(desk, {
    ...{ advocate: advocateOf(desk, order), party: option('party') ?? '', program: option('program') },
    ...{ channel, code: option('code') ?? null, introducedAt: instantOf(desk, option('introduced')) },
    factsFile: option('facts') ?? null,
    consent: (option('consent') ?? basisBy(channel)) as ConsentBasis,
  });
  return { exitCode: submitted.limit === null ? 0 : 1, json: submitted, text: submittedText(submitted) };
};

const act =
  (does: (desk: ReferralDesk, order: Order) => PersonsAct): Work =>
  async (desk, order) => {
    const done = await actStep(desk, does(desk, order), order.option('by') ?? 'operator');
    return { exitCode: 0, json: done, text: actedText(done) };
  };

/** What a person does about a sale; `--to stands` or nothing: to nobody, or the decision stands. */
const actOnSale = (does: 'override' | 'dispute' | 'appeal' | 'rule') =>
  act((desk, { about: opportunityId, option }) => {
    const given = option('to');
    const referralId = given === undefined || given === 'nobody' ? null : given;
    const program = option('program');
    const programId = programOfSale(desk, opportunityId, { claim: referralId, program });
    const common = { programId, opportunityId, why: option('why') ?? '' };
    if (does === 'appeal') return { act: does, ...common };
    if (does === 'rule') return { act: does, ...common, referralId };
    if (does === 'dispute') return { act: does, ...common, referralId: referralId ?? '' };
    return { act: does, ...common, referralId, role: option('role') ?? '', approvedBy: option('approvedBy') ?? null };
  });

const actOnClaim = (does: 'confirm' | 'withdraw' | 'disqualify') =>
  act((_desk, { about, option }) => ({ act: does, referralId: about, why: option('why') ?? '' }));

const elsewhere = act((desk, { about, option }) => ({
  ...{ act: 'credit_elsewhere', opportunityId: about, since: instantOf(desk, option('on')) },
  why: option('why') ?? '',
}));

const refund: Work = async (desk, { about, option }) => {
  const given = { amount: option('amount') ?? '', at: instantOf(desk, option('on')) };
  const refunded = await refundStep(desk, about, given);
  return { exitCode: waitsForPerson(refunded.rewards) ? 1 : 0, json: refunded, text: refundedText(refunded) };
};

const clear = act((_desk, { about, option }) => ({
  ...{ act: 'clear', referralId: about, check: option('check') ?? '' },
  why: option('why') ?? '',
}));

const actOnReward = (does: 'approve' | 'reject' | 'fulfil') =>
  act((_desk, { about, option }) => ({ act: does, rewardKey: about, why: option('why') ?? '' }));

const WORK: Readonly<Record<ReferralWork, Work>> = {
  list: async (desk, { isSet }) => {
    const listed = await listClaims(desk);
    return {
      exitCode: listed.toMend.length > 0 ? 1 : 0,
      json: listed,
      text: await claimsText(desk, listed, isSet('names')),
    };
  },
  ask,
  participant,
  code,
  submit,
  decide: actOnSale('override'),
  dispute: actOnSale('dispute'),
  appeal: actOnSale('appeal'),
  rule: actOnSale('rule'),
  refund,
  elsewhere,
  confirm: actOnClaim('confirm'),
  withdraw: actOnClaim('withdraw'),
  disqualify: actOnClaim('disqualify'),
  notify: act((_desk, { about: referralId }) => ({ act: 'notify', referralId, why: '' })),
  clear,
  approve: actOnReward('approve'),
  reject: actOnReward('reject'),
  fulfil: actOnReward('fulfil'),
  ledger: async (desk, { option, isSet }) => {
    const view = ledgerView(desk, option('party') ?? null);
    return { exitCode: 0, json: view, text: await ledgerText(desk, view, isSet('names')) };
  },
  payee: async (desk, { about, option }) => {
    const entered = await payeeStep(desk, about, option('from') ?? '');
    return { exitCode: 0, json: entered, text: payeeText(entered) };
  },
  settle: async (desk, { option, isSet }) => {
    const settled = await settleStep(desk, {
      ...{ programId: option('program') ?? '', period: option('month') ?? '', by: option('by') ?? 'operator' },
      ...{ payeesFile: option('payees') ?? null, withVault: isSet('withVault') },
    });
    const held = settled.batch.rows.some((it) => it.held > 0);
    return { exitCode: held ? 1 : 0, json: settled, text: await settledText(desk, settled) };
  },
  statement: async (desk, { about, option, isSet }) => {
    const made = statementStep(desk, about === '' ? null : about, option('month') ?? '');
    return { exitCode: 0, json: made, text: await statementText(desk, made, isSet('names')) };
  },
  explain: async (desk, { about, isSet }) => {
    if (isSet('forReferrer')) {
      const told = explainForReferrer(desk, about);
      return { exitCode: 0, json: told, text: `${told.on}: ${told.text}` };
    }
    const explained = explainStep(desk, about);
    return { exitCode: 0, json: explained, text: explainedText(explained) };
  },
  graph: async (desk, { isSet }) => {
    const layout = graphStep(desk);
    return { exitCode: 0, json: layout, text: await graphText(desk, layout, isSet('names')) };
  },
};
