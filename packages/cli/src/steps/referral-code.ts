import {
  type CalendarDay,
  codeOf,
  endOfDay,
  type Id,
  type Instant,
  makeCode,
  type Program,
  type ReferralCode,
  type ReferralEvent,
  refuse,
  statusAt,
  writeAskText,
} from '@holdfast/core';
import { programNamed } from '../referrals/program-named.ts';
import type { ReferralDesk } from '../referrals/referral-desk.ts';
import { refusalError } from '../referrals/refusal.ts';
import { confirmedProfile } from '../session/session.ts';

/** A code to give out, or one to end. */
export interface GivenCode {
  readonly contactId: Id;
  readonly program: string | undefined;
  readonly maxUses: number | null;
  /** The last day on which it is valid; `null`: it does not expire. */
  readonly until: CalendarDay | null;
  readonly withdraw: string | null;
  readonly by: Id | null;
}

/** A code as it stands, and the lines that its owner may pass on; `null` once it is withdrawn. */
export interface CodeStep {
  readonly code: ReferralCode;
  readonly share: string | null;
  /** What the lines call the company, where the program's file does not say it: the CRM's name for the org. */
  readonly unnamedSeller: string | null;
}

/** Makes a code for somebody who refers, or withdraws one. It is kept in the journal. */
export async function codeStep(desk: ReferralDesk, given: GivenCode): Promise<CodeStep> {
  const program = programNamed(desk, given.program);
  const participant = desk.state.participants.get(`${program.id} ${given.contactId}`);
  if (participant === undefined)
    throw refusalError(
      refuse(
        'unknown_participant',
        `${given.contactId} is no participant. Run \`holdfast referrals participant ${given.contactId} --status active\` first.`,
      ),
    );
  const status = statusAt(participant, desk.now);
  if (given.withdraw === null && (status === 'left' || status === 'suspended'))
    throw refusalError(refuse('participant_not_active', `${given.contactId} is ${status}. Activate them first.`));
  const code = given.withdraw === null ? newCode(desk, given, program) : ended(desk, given, program);
  const { now } = desk;
  const event: ReferralEvent = {
    ...{ key: `code ${program.id} ${code.code} ${code.status}`, occurredAt: now, recordedAt: now },
    ...{ kind: 'code', code, by: given.by ?? 'operator' },
  };
  await desk.take([event], event.key);
  const kept = codeOf(desk.state, program.id, code.code) ?? code;
  const share = kept.status === 'active' ? await shareText(desk, kept, program) : null;
  const isUnnamed = share !== null && program.seller === undefined;
  return { code: kept, share, unnamedSeller: isUnnamed ? desk.pulled.org.name : null };
}

function newCode(
  desk: ReferralDesk,
  { contactId, maxUses, until }: GivenCode,
  { id: programId }: Program,
): ReferralCode {
  const { session, state, now } = desk;
  const bytes = Uint8Array.from({ length: 64 }, () => Math.floor(session.random() * 256));
  const code = makeCode(bytes, (it) => codeOf(state, programId, it) !== undefined);
  if (code === null) throw refusalError(refuse('code_not_valid', 'No free code was found. Run it again.'));
  const expiresAt = until === null ? null : afterDay(until, confirmedProfile(session.config).timeZone, now);
  const common = { programId, participantId: contactId, createdAt: now, expiresAt, maxUses };
  return { code, ...common, status: 'active', uses: 0 };
}

function afterDay(until: CalendarDay, timeZone: string, now: Instant): Instant {
  const expiresAt = endOfDay(until, timeZone) + 1;
  if (expiresAt > now) return expiresAt;
  throw refusalError(refuse('clock_backwards', `${until} has gone by. Give a later day with --until.`));
}

function ended({ state }: ReferralDesk, { contactId, withdraw }: GivenCode, { id }: Program): ReferralCode {
  const code = codeOf(state, id, withdraw ?? '');
  if (code?.participantId === contactId) return { ...code, status: 'withdrawn' };
  throw refusalError(refuse('code_not_valid', `${contactId} has no code ${withdraw}.`));
}

/** In the words for the country of the owner's account; the disclosure stands last. */
async function shareText(
  { session, pulled, state }: ReferralDesk,
  code: ReferralCode,
  program: Program,
): Promise<string> {
  const accountId = state.participants.get(`${program.id} ${code.participantId}`)?.accountId ?? null;
  const account = accountId === null ? null : await session.store.get('account', accountId);
  const country = /^[A-Z]{2}$/.test(account?.country ?? '') ? (account?.country ?? null) : null;
  const facts = { seller: program.seller ?? pulled.org.name, link: null, rewarded: program.rules.length > 0 };
  return writeAskText('', country, { ...facts, termsVersion: program.terms.version, code: code.code }).share;
}

/** The code, its limits, and the lines to pass on. */
export function codeText({ code: { code, status, uses, maxUses, expiresAt }, share, unnamedSeller }: CodeStep): string {
  const limits = [
    `used ${uses}${maxUses === null ? '' : ` of ${maxUses}`} times`,
    ...(expiresAt === null ? [] : [`valid until ${new Date(expiresAt - 1).toISOString().slice(0, 10)}`]),
  ];
  return [
    `${code} is ${status}: ${limits.join(', ')}.`,
    ...(share === null ? [] : ['For its owner to pass on; the last sentence has to stay:', `  ${share}`]),
    ...(unnamedSeller === null
      ? []
      : [
          `They call your company "${unnamedSeller}", as the CRM does: put "seller" into the program's file first, with the name that customers know.`,
        ]),
  ].join('\n');
}
