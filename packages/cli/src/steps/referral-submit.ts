import {
  type ConsentBasis,
  claimId,
  dayInZone,
  type Id,
  type Instant,
  namedParties,
  type Program,
  REASONS,
  type ReasonCode,
  type ReferralClaim,
  type ReferralEvent,
  readBookEvents,
  readReferralRows,
  refuse,
  resolveClaimId,
  type Touch,
} from '@holdfast/core';
import { boundDigest, feedRows, screenClaims } from '@holdfast/workflows';
import { type ClaimChannel, evidenceBy } from '../referrals/claim-channel.ts';
import { readClaimFacts } from '../referrals/claim-facts.ts';
import { programNamed } from '../referrals/program-named.ts';
import type { ReferralDesk } from '../referrals/referral-desk.ts';
import { refusalError } from '../referrals/refusal.ts';
import { confirmedProfile } from '../session/session.ts';

/** A claim as it is given on the command line. */
export interface GivenClaim {
  readonly advocate: Id;
  readonly party: Id;
  /** `undefined`: the one program there is. */
  readonly program: string | undefined;
  readonly channel: ClaimChannel;
  readonly code: string | null;
  readonly introducedAt: Instant;
  readonly consent: ConsentBasis;
  /** A file of what the form knew beside it, for the checks; `null`: nothing. */
  readonly factsFile: string | null;
}

/** What became of a claim. */
export interface SubmittedClaim {
  readonly claim: ReferralClaim;
  /** `false`: the same claim was taken before. */
  readonly isNew: boolean;
  /** Why it can be credited as influenced at most; `null`: nothing stands against it. */
  readonly limit: ReasonCode | null;
}

/** Takes a claim that somebody brings; what the CRM knew of the party on this day goes into the journal with it. */
export async function submitStep(desk: ReferralDesk, given: GivenClaim): Promise<SubmittedClaim> {
  const program = programNamed(desk, given.program);
  refuseNoPartner(desk, given, program);
  const events = await claimEvents(desk, given, program);
  const key = events.at(-1)?.key ?? '';
  const last = events.at(-1);
  const said = last?.kind === 'claim' ? claimId(program.id, given.advocate, last.claim.subjectId) : '';
  const id = resolveClaimId(desk.state, said);
  const isNew = await desk.take(events, key, () => {
    const kept = desk.state.claims.get(id);
    return kept?.history.at(-1)?.actor === key ? `The claim is kept on record: ${kept.state}.` : null;
  });
  const claim = desk.state.claims.get(id);
  if (!claim) throw refusalError(refuse('illegal_transition', `The claim ${id} is not on record.`));
  return { claim, isNew, limit: limitOf(claim) };
}

/** Who refers, and then the claim; it is on the party that the book and the journal say. */
async function claimEvents(desk: ReferralDesk, given: GivenClaim, program: Program): Promise<readonly ReferralEvent[]> {
  const { now, pulled, session, state } = desk;
  const { advocate, introducedAt, channel, code, consent } = given;
  const evidence = evidenceBy(channel, code);
  const { asOf } = pulled;
  const profile = confirmedProfile(session.config);
  const named = [...namedParties(state), advocate, given.party];
  const reading = readReferralRows(profile, named, asOf);
  await feedRows(session.store, [reading], session.io.signal);
  const rows = reading.finish();
  if (![...rows.accounts, ...rows.contacts, ...rows.leads].some(({ id }) => id === given.party))
    throw refusalError(
      refuse('ineligible', `No account, contact or lead ${given.party} was read. Check the id, or pull first.`),
    );
  const told: Touch = {
    ...{ key: `touch submitted ${given.party}`, participantId: advocate, subjectId: given.party },
    ...{ evidence, sourceId: null },
    ...{ occurredAt: introducedAt, recordedAt: now },
  };
  const read = readBookEvents(rows, { profile, program, asOf, touches: [told], claims: state.claims.values() });
  const found = read.find((it) => it.kind === 'claim' && it.claim.touch.key === told.key);
  if (found?.kind !== 'claim')
    throw refusalError(refuse('unknown_participant', `No contact ${advocate} was read. Give the id of a contact.`));
  const day = dayInZone(introducedAt, profile.timeZone);
  const key = `submitted ${program.id} ${advocate}>${found.claim.subjectId} ${day} ${code ?? (evidence === 'free_text' ? '-' : evidence)}`;
  const touch = { ...found.claim.touch, key: `touch ${key}` };
  const said = { ...found.claim, introducedAt, code, consent, touch };
  const people = read.filter((it) => it.kind === 'participant').filter((it) => it.participant.id === advocate);
  const digest = await boundDigest(session);
  const facts = given.factsFile === null ? {} : readClaimFacts(given.factsFile, digest);
  const screen = await screenClaims(session.store, desk, rows, { asOf: now, digest, given: () => facts });
  const screened = people.map(({ participant }) => {
    const claim = { key, program, participant, said, claimedAt: now, recordedAt: now };
    return screen(claim, [claim]);
  });
  const known = { ...found.known, ...screened[0] };
  return [...people, { ...found, key, occurredAt: now, recordedAt: now, claim: said, known }];
}

/** A partner's lead is stronger evidence than a word: only who takes part as one hands parties over. */
function refuseNoPartner({ state }: ReferralDesk, { advocate, channel }: GivenClaim, { id }: Program): void {
  const role = state.participants.get(`${id} ${advocate}`)?.role ?? 'customer';
  if (channel !== 'partner' || role === 'partner') return;
  const made = `\`holdfast referrals participant ${advocate} --status active --role partner\``;
  const said = `${advocate} takes part in "${id}" as ${role.replaceAll('_', ' ')}, not as a partner.`;
  throw refusalError(refuse('ineligible', `${said} Run ${made} first, or leave --channel out.`));
}

function limitOf({ state, history }: ReferralClaim): ReasonCode | null {
  const reason = history.findLast((it) => it.to === 'influenced')?.reason;
  const limits = state === 'influenced' && (reason === 'existing_relation' || reason === 'open_opportunity');
  return limits ? reason : null;
}

/** What became of it, and what to do next. */
export function submittedText({ claim, isNew, limit }: SubmittedClaim): string {
  const { id, state, history, protectedUntil } = claim;
  const reason = history.at(-1)?.reason ?? 'accepted';
  return [
    `${isNew ? 'Taken' : 'Taken before'}: ${id} is ${state.replaceAll('_', ' ')} (${reason}). ${REASONS[reason].staff}`,
    ...(limit === null ? [] : [`Refused (${limit}): credit as sourced. ${REASONS[limit].staff}`]),
    ...(protectedUntil === null ? [] : [`Protected until ${new Date(protectedUntil).toISOString().slice(0, 10)}.`]),
    `Next: contact the party; \`holdfast referrals explain '${id}'\` shows how it stands.`,
  ].join('\n');
}
