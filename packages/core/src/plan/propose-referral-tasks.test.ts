import { describe, expect, it } from 'vitest';
import { writeAskText } from '../referral/ask/write-ask-text.ts';
import type { ReferralClaim } from '../referral/entities/referral.ts';
import { type ReferralTaskInput, referralTasks } from './propose-referral-tasks.ts';

const at = (day: string) => Date.parse(`${day}T09:00:00Z`);
const claim: ReferralClaim = {
  ...{ id: 'main/contact:1>account:7', programId: 'main', policyVersion: '1', participantId: 'contact:1' },
  ...{ referrerAccountId: 'account:1', subjectId: 'account:7', referredContactId: 'contact:7', evidence: 'recorded' },
  ...{ introducedAt: at('2026-02-20'), claimedAt: at('2026-02-20'), protectedUntil: null, expiresAt: at('2027-02-20') },
  ...{ consent: 'introduced_in_person', state: 'accepted', credit: null, opportunityId: null, history: [] },
};
const clock = { standing: 'overdue', dueAt: at('2026-02-23'), escalatesAt: at('2026-03-02') } as const;
const input: ReferralTaskInput = {
  late: [{ claim, clock }],
  toConfirm: [
    {
      ...{
        key: 'contact:1>account:9',
        advocateId: 'contact:1',
        advocateAccountId: 'account:1',
        subjectId: 'account:9',
      },
      ...{
        prospectContactId: null,
        evidence: 'activity',
        introducedAt: at('2026-02-25'),
        recordedAt: at('2026-02-25'),
      },
      ...{ sourceIds: ['meeting:5'], standing: 'needs_confirmation', reasons: ['same_meeting'] },
    },
  ],
  asks: [
    {
      ...{ key: 'ask/main/contact:2/promoter/2026-02-20', programId: 'main', accountId: 'account:2' },
      ...{ contactId: 'contact:2', ownerId: 'owner:2', trigger: 'promoter', triggeredOn: '2026-02-20' },
      ...{ sourceId: 'survey:1', reason: 'The last survey answer says that they would recommend us.' },
      text: writeAskText('your answer', 'GB', { seller: 'Example', link: null, rewarded: true, termsVersion: '1' }),
    },
  ],
  accountOf: (id) => ({ id, name: `Company ${id.slice(8)}`, ownerId: `owner:${id.slice(8)}`, country: 'FR' }),
  timeZone: 'UTC',
};

describe('tasks of referrals', () => {
  it('late first contacts, introductions to confirm, asks: each for the owner of the account that it is about', () => {
    const tasks = referralTasks(input);
    expect(tasks.map((it) => [it.kind, it.accountId, it.ownerId, it.contactId, it.restDays])).toEqual([
      ['contact', 'account:7', 'owner:7', 'contact:7', 0],
      ['confirm', 'account:1', 'owner:1', 'contact:1', 0],
      ['ask', 'account:2', 'owner:2', 'contact:2', 90],
    ]);
    expect(tasks[0]?.body).toContain('The first contact was due on 2026-02-23');
    expect(tasks[0]?.body).toContain('A business contact of yours introduced us.');
    expect(tasks[1]?.body).toContain('On 2026-02-25 you seem to have put us in touch');
    expect(tasks[2]?.body).toContain('Thank you for your answer. Do you know somebody');
  });

  it('written as if the customer will read it: no person, no other company, no reward, no suspicion', () => {
    for (const { subject, body } of referralTasks(input)) {
      expect(`${subject} ${body}`).not.toMatch(/reward|benefit|bonus|fraud|suspic|score|risk|promoter|advocate/i);
      expect(`${subject} ${body}`).not.toMatch(/Company|contact:|account:|owner:/);
      expect(subject.length).toBeLessThanOrEqual(60);
    }
  });

  it('where the account is not known there is no task; the contact that was due first comes first', () => {
    expect(referralTasks({ ...input, accountOf: () => null })).toEqual([]);
    const earlier = { claim: { ...claim, id: 'earlier' }, clock: { ...clock, dueAt: at('2026-02-22') } };
    const [first] = referralTasks({ ...input, late: [...input.late, earlier] });
    expect(first?.about).toBe('first contact earlier');
  });
});
