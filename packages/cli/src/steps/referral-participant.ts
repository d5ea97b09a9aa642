import {
  type CalendarDay,
  DAY_MS,
  dayNumber,
  formatInstant,
  type Id,
  type Participant,
  type ReferralEvent,
  refuse,
} from '@holdfast/core';
import { accountOf } from '../referrals/account-of.ts';
import { programNamed } from '../referrals/program-named.ts';
import type { ReferralDesk } from '../referrals/referral-desk.ts';
import { refusalError } from '../referrals/refusal.ts';
import { words } from '../text/format.ts';

/** What is said of somebody who refers; what is left out stays as it is. */
export interface GivenParticipant {
  readonly contactId: Id;
  readonly program: string | undefined;
  readonly status: Participant['status'] | null;
  /** From which day on the status holds; `null`: from now on. */
  readonly since: CalendarDay | null;
  /** The version of the terms that they accepted just now. */
  readonly terms: string | null;
  readonly permission: boolean | null;
  readonly role: Participant['role'] | null;
  readonly segment: Participant['segment'] | null;
  readonly country: string | null;
  readonly by: Id | null;
}

/** A participant as they stand now. */
export interface ParticipantStep {
  readonly participant: Participant;
  readonly isNew: boolean;
}

/** Writes down what a person says of a participant: it stands, whatever the CRM is read to say later. */
export async function participantStep(desk: ReferralDesk, given: GivenParticipant): Promise<ParticipantStep> {
  const program = programNamed(desk, given.program);
  const { contactId, by } = given;
  const saysNothing = [given.status, given.terms, given.permission, given.role, given.segment, given.country].every(
    (it) => it === null,
  );
  const find = () => desk.state.participants.get(`${program.id} ${contactId}`);
  const known = find() ?? (await newcomer(desk, contactId, program.id));
  if (saysNothing && find() === undefined)
    throw refusalError(
      refuse('unknown_participant', `${contactId} is no participant. Give --status to make them one.`),
    );
  const said = await withWhatIsSaid(desk, known, given, program.terms.version);
  const isNew = JSON.stringify(said) !== JSON.stringify(find());
  if (!isNew) return { participant: known, isNew };
  const at = { occurredAt: desk.now, recordedAt: desk.now, by: by ?? 'operator' };
  const events = [said, ...elsewhere(desk, said)].map((participant): ReferralEvent => {
    const key = `participant ${participant.programId} ${contactId} said ${formatInstant(desk.now)}`;
    return { key, ...at, kind: 'participant', participant };
  });
  await desk.take(events, events[0]?.key ?? '');
  return { participant: find() ?? said, isNew };
}

/** What is true of the person holds in every program that they take part in. */
function elsewhere({ state, programs }: ReferralDesk, said: Participant): readonly Participant[] {
  const { id, programId, employerPermission, role, segment, country } = said;
  const others = programs.flatMap((it) =>
    it.id === programId ? [] : (state.participants.get(`${it.id} ${id}`) ?? []),
  );
  return others.map((it) => ({ ...it, employerPermission, role, segment, country }));
}

/** Somebody who does not refer yet is invited, and counts from the day on which they are active. */
async function newcomer({ session, now }: ReferralDesk, id: Id, programId: string): Promise<Participant> {
  if ((await session.store.get('contact', id)) === null)
    throw refusalError(refuse('unknown_participant', `No contact ${id} was read. Give the id of a contact.`));
  return {
    ...{ id, programId, accountId: await accountOf(session.store, id), role: 'customer', status: 'invited' },
    ...{ statusSince: now, termsVersion: null, employerPermission: false, segment: 'private' },
    ...{ country: null, taxFormOn: null },
  };
}

async function withWhatIsSaid(
  { now }: ReferralDesk,
  known: Participant,
  { status, since, terms, permission, role, segment, country }: GivenParticipant,
  current: string,
): Promise<Participant> {
  const statusSince = since === null ? now : dayNumber(since) * DAY_MS;
  if (statusSince > now) throw refusalError(refuse('future_event'));
  if (terms !== null && terms !== current)
    throw refusalError(
      refuse('terms_expired', `The program's terms are ${current}, not ${terms}. Give --terms ${current}.`),
    );
  return {
    ...known,
    ...(status !== null && (status !== known.status || since !== null) && { status, statusSince }),
    ...(terms !== null && { termsVersion: terms, termsAcceptedAt: now }),
    ...(permission !== null && { employerPermission: permission }),
    ...(role !== null && { role }),
    ...(segment !== null && { segment }),
    ...(country !== null && { country }),
  };
}

/** How somebody stands in a program. */
export function participantText({ participant, isNew }: ParticipantStep): string {
  const { id, programId, status, statusSince, termsVersion, employerPermission, role, segment, country } = participant;
  const past = (participant.past ?? []).map((it) => `${it.status} from ${day(it.since)}`);
  return [
    `${isNew ? 'Written down' : 'As it stands'}: ${id} is ${status} in ${programId} since ${day(statusSince)}${past.length > 0 ? ` (before: ${past.join(', ')})` : ''}.`,
    `${words(role)}, ${words(segment)}, ${country ?? 'country unknown'}; terms ${termsVersion ?? 'not accepted'}; the employer ${employerPermission ? 'has permitted' : 'has not permitted'} rewards to the person.`,
  ].join('\n');
}

function day(at: number): string {
  return at === 0 ? 'the start' : formatInstant(at).slice(0, 10);
}
