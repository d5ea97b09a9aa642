import { ASK_CHANNELS, ASK_OUTCOMES, ASK_TRIGGERS } from '@holdfast/core';
import { askStep, askText } from '../steps/referral-ask.ts';
import { noteAskStep, notedText } from '../steps/referral-ask-note.ts';
import { codeStep, codeText } from '../steps/referral-code.ts';
import { participantStep, participantText } from '../steps/referral-participant.ts';
import { wholeNumber } from './option-values.ts';
import { oneOf, type Work } from './referrals-order.ts';
import { usage } from './referrals-usage.ts';

const NOTED = ['trigger', 'channel', 'on', 'outcome', 'by'];

/** `referrals ask`: whom to ask; with `--note` that somebody was asked, with `--outcome` what came of it. */
export const ask: Work = async (desk, order) => {
  const { option, isSet } = order;
  const contactId = option('note');
  if (contactId !== undefined) {
    const noted = await noteAskStep(desk, {
      ...{ contactId, program: option('program'), by: option('by') ?? null, on: option('on') ?? null },
      trigger: oneOf(order, 'trigger', ASK_TRIGGERS),
      channel: oneOf(order, 'channel', ASK_CHANNELS),
      outcome: oneOf(order, 'outcome', ASK_OUTCOMES),
    });
    return { exitCode: noted.against === null ? 0 : 1, json: noted, text: notedText(noted) };
  }
  const stray = NOTED.find((it) => option(it) !== undefined);
  if (stray !== undefined) throw usage(`--${stray} goes with --note CONTACT.`);
  const found = await askStep(desk, option('program'));
  const { accounts: _, people: __, ...json } = found;
  return { exitCode: 0, json, text: await askText(desk, found, isSet('names')) };
};

/** `referrals participant CONTACT`: what a person says of somebody who refers; without options how they stand. */
export const participant: Work = async (desk, order) => {
  const { about: contactId, option } = order;
  const [since, country] = [option('since') ?? null, option('country') ?? null];
  if (since !== null && option('status') === undefined) throw usage('--since goes with --status.');
  if (country !== null && !/^[A-Z]{2}$/.test(country))
    throw usage('--country must be two capital letters, such as AT.');
  const permission = oneOf(order, 'permission', ['yes', 'no']);
  const done = await participantStep(desk, {
    ...{ contactId, program: option('program'), since, country, by: option('by') ?? null },
    status: oneOf(order, 'status', ['invited', 'active', 'suspended', 'left']),
    terms: option('terms') ?? null,
    permission: permission === null ? null : permission === 'yes',
    role: oneOf(order, 'role', ['customer', 'partner', 'employee', 'account_manager', 'other']),
    segment: oneOf(order, 'segment', ['private', 'public_sector', 'health_care']),
  });
  return { exitCode: 0, json: done, text: participantText(done) };
};

/** `referrals code CONTACT`: makes a code for somebody who refers, or withdraws one. */
export const code: Work = async (desk, { about: contactId, option }) => {
  const uses = option('uses');
  const done = await codeStep(desk, {
    ...{ contactId, program: option('program'), until: option('until') ?? null, by: option('by') ?? null },
    maxUses: uses === undefined ? null : wholeNumber({ uses }, 'uses', 1, 1_000_000),
    withdraw: option('withdraw') ?? null,
  });
  return { exitCode: 0, json: done, text: codeText(done) };
};
