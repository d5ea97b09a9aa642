import { type EntityMap, type MailParties, type Party, readSubject, statedParty } from '@holdfast/core';
import { held, instant, text } from '../codecs.ts';
import { asArray, asObject } from '../json.ts';
import { directionFrom } from './activity.ts';
import { constant, field, fields, linksTo } from './rules.ts';

type Raw = Readonly<Record<string, unknown>>;

/** Properties of a mail that are hidden without the scope `sales-email-read`. */
export const HIDDEN_OF_MAILS = [
  'hs_email_headers',
  ...['from', 'to', 'cc'].flatMap((role) => ['email', 'firstname', 'lastname'].map((it) => `hs_email_${role}_${it}`)),
];

/**
 * Who wrote a mail and to whom; the subject becomes hints at once and goes no further.
 * Names: https://developers.hubspot.com/docs/api-reference/latest/crm/activities/email/guide
 */
export const mailParties = {
  sources: [
    {
      object: 'email',
      fields: {
        createdAt: field('hs_createdate', instant),
        updatedAt: field('hs_lastmodifieddate', instant),
        activityId: constant<MailParties['activityId']>(null),
        direction: directionFrom('hs_email_direction'),
        occurredAt: field('hs_timestamp', instant),
        thread: field('hs_email_thread_id', text),
        hints: fields(['hs_email_subject'], (raw) => readSubject(held(raw['hs_email_subject']))),
        contactIds: linksTo('contact'),
        parties: fields(HIDDEN_OF_MAILS, (raw) => inHeaders(raw) ?? inProperties(raw)),
      },
    },
  ],
} as const satisfies EntityMap<'mailParties'>;

/** `hs_email_headers` is JSON as text: `{ from: { email, firstName, lastName }, to: [...], cc: [...] }`. */
function inHeaders(raw: Raw): readonly Party[] | null {
  const headers = parsed(held(raw['hs_email_headers']));
  const of = (role: Party['role'], people: readonly unknown[]) => people.map((it) => person(role, asObject(it)));
  const from = headers['from'] === undefined ? [] : [headers['from']];
  return shown([...of('from', from), ...of('to', asArray(headers['to'])), ...of('cc', asArray(headers['cc']))]);
}

function person(role: Party['role'], { email, firstName, lastName }: Raw): Party | null {
  return statedParty({ role, email: held(email), name: `${held(firstName) ?? ''} ${held(lastName) ?? ''}` });
}

/** The same as single properties; several recipients stand in one of them, divided by semicolons. */
function inProperties(raw: Raw): readonly Party[] | null {
  const of = (role: 'from' | 'to' | 'cc') => {
    const list = (part: string) => (held(raw[`hs_email_${role}_${part}`]) ?? '').split(';');
    const [emails, firsts, lasts] = [list('email'), list('firstname'), list('lastname')];
    const named = firsts.length === emails.length && lasts.length === emails.length;
    return emails.map((email, i) => statedParty({ role, email, name: named ? `${firsts[i]} ${lasts[i]}` : null }));
  };
  return shown([...of('from'), ...of('to'), ...of('cc')]);
}

function shown(parties: readonly (Party | null)[]): readonly Party[] | null {
  const found = parties.filter((it) => it !== null);
  return found.length === 0 ? null : found;
}

function parsed(json: string | null): Raw {
  try {
    return asObject(JSON.parse(json ?? '{}'));
  } catch {
    return {};
  }
}
