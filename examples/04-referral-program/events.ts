import {
  checkSign,
  type EvidenceClass,
  NO_RELATION,
  parseInstant,
  type QualifyingType,
  type ReferralCode,
  type ReferralEvent,
} from '@holdfast/core';

const on = (day: string) => parseInstant(`${day}T09:00:00Z`) ?? 0;
const at = (day: string) => ({ occurredAt: on(day), recordedAt: on(day) });

/** Ben's code: seven letters of his own and the check letter. */
const bensCode: ReferralCode = {
  ...{ code: `PARTNER${checkSign('PARTNER')}`, programId: 'friends', participantId: 'contact:ben', status: 'active' },
  ...{ createdAt: on('2026-01-01'), expiresAt: null, maxUses: null, uses: 0 },
};
const given: ReferralEvent = { key: 'code ben', ...at('2026-01-01'), kind: 'code', code: bensCode, by: 'owner:1' };

const joins = (name: string, accountId: string): ReferralEvent => ({
  ...{ key: `participant ${name}`, ...at('2026-01-01'), kind: 'participant' },
  participant: {
    ...{ id: `contact:${name}`, programId: 'friends', accountId, role: 'customer', status: 'active' },
    ...{ statusSince: on('2026-01-01'), termsVersion: '2026-1', employerPermission: false, segment: 'private' },
    ...{ country: 'AT', taxFormOn: null },
  },
});

/** A claim on Blue Ltd, who is nobody's customer yet. */
const claims = (
  name: string,
  accountId: string,
  days: { readonly introduced: string; readonly claimed: string },
  evidence: EvidenceClass,
): ReferralEvent => {
  const key = `claim ${name}`;
  const who = { participantId: `contact:${name}`, subjectId: 'account:blue' };
  const introducedAt = on(days.introduced);
  const code = evidence === 'code' ? bensCode.code : null;
  const touch = { key: `touch ${name}`, ...who, evidence, sourceId: `activity:${name}` };
  return {
    ...{ key, ...at(days.claimed), kind: 'claim' },
    claim: {
      ...{ ...who, programId: 'friends', referrerAccountId: accountId, referredContactId: null, opportunityId: null },
      ...{ introducedAt, consent: 'introduced_in_person', code },
      touch: { ...touch, occurredAt: introducedAt, recordedAt: on(days.claimed) },
    },
    known: { relation: NO_RELATION, signals: [], isErased: false },
  };
};

const happens = (type: QualifyingType, day: string, minor: number | null): ReferralEvent => ({
  ...{ key: `${type} sale:1`, ...at(day), kind: 'progress' },
  progress: {
    ...{ key: `${type} sale:1`, type, subjectId: 'account:blue', opportunityId: 'sale:1', ...at(day) },
    amount: minor === null ? null : { minor, currency: 'EUR' },
  },
});

const dayOf = (day: string): ReferralEvent => ({ key: `day ${day}`, ...at(day), kind: 'day' });

/** Half a year of a made-up program, batch by batch as a journal would hold it. */
export const journal: readonly (readonly ReferralEvent[])[] = [
  [joins('ada', 'account:acme'), joins('ben', 'account:birch'), given],
  // Ben's code is typed into a form; three days later the CRM shows that Ada had introduced the two people before
  [claims('ben', 'account:birch', { introduced: '2026-01-08', claimed: '2026-01-08' }, 'code')],
  [claims('ada', 'account:acme', { introduced: '2026-01-05', claimed: '2026-01-11' }, 'activity')],
  [happens('opportunity_opened', '2026-02-02', null)],
  [happens('won', '2026-03-10', 2_400_000)],
  [dayOf('2026-04-10')],
  [
    {
      ...{ key: 'act approve', ...at('2026-04-12'), kind: 'act', by: 'owner:lead' },
      does: { act: 'approve', rewardKey: 'friends/won sale:1/first-sale/referrer/0', why: 'Seen and agreed' },
    },
    dayOf('2026-04-12'),
  ],
  // a quarter of the sale is given back before anything was paid
  [happens('refunded', '2026-04-15', 600_000)],
  [
    {
      key: 'settle 2026-04',
      ...at('2026-04-30'),
      kind: 'settle',
      programId: 'friends',
      period: '2026-04',
      by: 'owner:lead',
      payees: {},
    },
  ],
];
