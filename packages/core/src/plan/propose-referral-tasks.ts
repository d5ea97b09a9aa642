import { dayInZone, type Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import { displayName } from '../model/mask-addresses.ts';
import type { Account } from '../model/types.ts';
import { ASK_POLICY } from '../referral/ask/ask-policy.ts';
import { wordingFor } from '../referral/ask/ask-wording.ts';
import type { AskProposal } from '../referral/ask/propose-asks.ts';
import type { FollowUp } from '../referral/claims/follow-up.ts';
import type { ReferralClaim } from '../referral/entities/referral.ts';
import type { FoundIntroduction } from '../referral/evidence/found-introduction.ts';
import type { DueTask } from './propose-due-tasks.ts';

/** What of the referrals somebody has to do. */
export interface ReferralTaskInput {
  /** Claims whose first contact is late. */
  readonly late: readonly { readonly claim: ReferralClaim; readonly clock: FollowUp }[];
  /** What the CRM shows and somebody has to confirm. */
  readonly toConfirm: readonly FoundIntroduction[];
  /** In the order in which they are worth making. */
  readonly asks: readonly AskProposal[];
  /** The accounts that these are about; who is not among them gets no task. */
  readonly accountOf: (id: Id) => Pick<Account, 'id' | 'name' | 'ownerId' | 'country'> | null;
  readonly timeZone: string;
}

/**
 * The tasks that referrals give, the most worth first: first contacts that are late, introductions to be confirmed, asks.
 * Each has the words for a person to send; none names a person, another company, a reward or a suspicion.
 */
export function referralTasks(input: ReferralTaskInput): readonly DueTask[] {
  const late = [...input.late].sort(
    (a, b) => (a.clock.dueAt ?? 0) - (b.clock.dueAt ?? 0) || byText(a.claim.id, b.claim.id),
  );
  return [
    ...late.flatMap((it) => firstContact(it, input)),
    ...input.toConfirm.flatMap((it) => confirmation(it, input)),
    ...input.asks.flatMap((it) => askTask(it, input)),
  ];
}

function firstContact(
  { claim, clock }: ReferralTaskInput['late'][number],
  { accountOf, timeZone }: ReferralTaskInput,
): readonly DueTask[] {
  const account = accountOf(claim.subjectId);
  if (!account) return [];
  const { notice, noticeWithinDays } = wordingFor(countryOf(account));
  const lines = [
    `This company was introduced to us on ${day(claim.introducedAt, timeZone)}. The first contact was due on ${day(clock.dueAt, timeZone)} and is not on record yet: please get in touch, or note it if you have.`,
    `For the first message, at the latest ${noticeWithinDays} days after the introduction:\n${notice}`,
  ];
  return [
    {
      ...{ kind: 'contact', about: `first contact ${claim.id}`, contactId: claim.referredContactId, ...whose(account) },
      ...{ subject: 'First contact after an introduction', body: lines.join('\n\n'), inDays: 0, restDays: 0 },
    },
  ];
}

function confirmation(found: FoundIntroduction, { accountOf, timeZone }: ReferralTaskInput): readonly DueTask[] {
  const account = found.advocateAccountId === null ? null : accountOf(found.advocateAccountId);
  if (!account) return [];
  const on = day(found.introducedAt, timeZone);
  const [record] = found.sourceIds;
  const lines = [
    `What is recorded of ${on} looks as if somebody here had put us in touch with somebody else${record === undefined ? '' : ` (record ${record})`}. Please ask, and note the answer in the CRM.`,
    `To send in your own name:\nOn ${on} you seem to have put us in touch with somebody you know. Is that so, and may we note that you introduced us? A short yes or no is enough.`,
  ];
  return [
    {
      ...{ kind: 'confirm', about: `confirm ${found.key}`, contactId: found.advocateId, ...whose(account) },
      ...{ subject: 'Ask whether this was an introduction', body: lines.join('\n\n'), inDays: 2, restDays: 0 },
    },
  ];
}

function askTask(ask: AskProposal, { accountOf }: ReferralTaskInput): readonly DueTask[] {
  const account = accountOf(ask.accountId);
  if (!account) return [];
  const lines = [
    ask.reason,
    `To send in your own name, or to say:\n${ask.text.request}`,
    'Close the task once you have asked. Delete it if it does not fit: then nobody here is asked for 90 days.',
  ];
  return [
    {
      ...{ kind: 'ask', about: ask.key, contactId: ask.contactId, ...whose(account) },
      ...{ subject: 'Ask for an introduction', body: lines.join('\n\n'), inDays: 2 },
      restDays: ASK_POLICY.accountCoolDownDays,
    },
  ];
}

function whose(account: NonNullable<ReturnType<ReferralTaskInput['accountOf']>>) {
  return { accountId: account.id, ownerId: account.ownerId, label: displayName(account) };
}

function countryOf({ country }: Pick<Account, 'country'>): string | null {
  return country !== null && /^[A-Z]{2}$/.test(country) ? country : null;
}

function day(at: Instant | null, timeZone: string): string {
  return at === null ? 'an unknown day' : dayInZone(at, timeZone);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
