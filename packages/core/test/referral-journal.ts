import { DAY_MS } from '../src/model/dates.ts';
import { NO_RELATION } from '../src/referral/claims/existing-relation.ts';
import { openReferralEngine, type ReferralEngine } from '../src/referral/engine/open-engine.ts';
import type { AttributionPolicy } from '../src/referral/entities/attribution-policy.ts';
import type { DenyingSide } from '../src/referral/entities/denial.ts';
import type { Program } from '../src/referral/entities/program.ts';
import type { QualifyingType } from '../src/referral/entities/qualifying-event.ts';
import type { PersonsAct, ReferralEvent } from '../src/referral/entities/referral-event.ts';

const policy: AttributionPolicy = {
  version: 'p1',
  model: 'best_evidence_then_first',
  ...{ trackingDays: 90, creditDays: 365, protectionDays: 90, contactedBeforeDays: 30, retainedDays: 180 },
  ...{ disputeDays: 30, rulingDays: 14, splitWeights: [6000, 4000], paysInfluence: false, afterLeaving: 'none' },
  openClaimsPerParticipant: 20,
  override: { roles: ['manager'], secondAbove: null },
};
/** 10 % of the sale as credit to the referrer's account, at most 500.00 a person and year; held for 30 days. */
export const program: Program = {
  ...{ id: 'main', name: 'Friends', state: 'active', startsOn: '2020-01-01', endsOn: null, currency: 'EUR' },
  ...{ priority: 1, stackable: false, terms: { version: 't1', url: null, acceptedWithinDays: null }, budget: null },
  policy,
  rules: [
    {
      ...{ id: 'won', version: '1', event: 'won', beneficiary: 'referrer', kind: 'credit', tiers: [] },
      amount: { percent: 1000, disclosesAmount: true },
      caps: [{ scope: 'participant', interval: 'year', minor: 50_000 }],
      ...{ durationMonths: 0, priority: 1, startsOn: '2020-01-01', endsOn: null, expiresAfterDays: null },
    },
  ],
  ...{ holdingDays: 30, checksOff: [], approvalAbove: null, jurisdictions: [] },
};

const START = Date.parse('2026-01-01T00:00:00Z');
export const day = (n: number) => START + n * DAY_MS;
export const at = (n: number) => ({ occurredAt: day(n), recordedAt: day(n) });
export const person = (n: number): ReferralEvent => ({
  ...{ key: `person ${n}`, ...at(-9), kind: 'participant' },
  participant: {
    ...{ id: `contact:${n}`, programId: 'main', accountId: `account:${n}`, role: 'customer', status: 'active' },
    ...{ statusSince: day(-9), termsVersion: 't1', employerPermission: false, segment: 'private' },
    ...{ country: 'AT', taxFormOn: null },
  },
});
export const claim = (
  by: number,
  on: number,
  n: number,
  evidence: 'activity' | 'recorded' | 'code' | 'click' = 'activity',
): ReferralEvent => ({
  ...{ key: `claim ${by}>${on} ${n} ${evidence}`, ...at(n), kind: 'claim' },
  claim: {
    ...{
      programId: 'main',
      participantId: `contact:${by}`,
      referrerAccountId: `account:${by}`,
      subjectId: `account:${on}`,
    },
    ...{
      referredContactId: null,
      opportunityId: null,
      introducedAt: day(n),
      consent: 'introduced_in_person',
      code: null,
    },
    touch: {
      ...{ key: `touch ${by}>${on} ${n}`, participantId: `contact:${by}`, subjectId: `account:${on}`, evidence },
      ...{ ...at(n), sourceId: null },
    },
  },
  known: { relation: NO_RELATION, signals: [], isErased: false },
});
export const sale = (type: QualifyingType, on: number, n: number, minor: number | null = null): ReferralEvent => ({
  ...{ key: `${type} ${on} ${n}`, ...at(n), kind: 'progress' },
  progress: {
    ...{ key: `${type} ${on} ${n}`, type, subjectId: `account:${on}`, opportunityId: `opportunity:${on}`, ...at(n) },
    amount: minor === null ? null : { minor, currency: 'EUR' },
  },
});
/** A win of a sale that had been taken back. */
export const again = (on: number, n: number, minor: number): ReferralEvent => {
  const said = sale('won', on, n, minor);
  if (said.kind !== 'progress') throw new TypeError('No progress.');
  const key = `${said.key} again`;
  return { ...said, key, progress: { ...said.progress, key, again: true } };
};
/** The same happening to somebody who has no account yet: to a contact, a lead, or a sale that nobody is named of. */
export const onPerson = (event: ReferralEvent, subjectId: string): ReferralEvent => {
  const key = `${event.key} ${subjectId}`;
  if (event.kind === 'progress') return { ...event, key, progress: { ...event.progress, key, subjectId } };
  if (event.kind !== 'claim') return event;
  const touch = { ...event.claim.touch, subjectId };
  return { ...event, key, claim: { ...event.claim, subjectId, referredContactId: subjectId, touch } };
};
/** Who was claimed under one id belongs to another party by now. */
export const rollUp = (fromId: string, toId: string, n: number): ReferralEvent => ({
  ...{ key: `roll_up ${fromId}>${toId}`, ...at(n), kind: 'roll_up', fromId, toId },
});
export const tick = (n: number): Extract<ReferralEvent, { readonly kind: 'day' }> => ({
  key: `day ${n}`,
  ...at(n),
  kind: 'day',
});
export const act = (n: number, does: PersonsAct, by = 'owner:1'): ReferralEvent => ({
  key: `${does.act} ${n}`,
  ...at(n),
  kind: 'act',
  by,
  does,
});

/** What stands against a pair from a day on: who denies it, or that the CRM shows it no longer; nobody, and it was taken back. */
export const denial = (by: number, on: number, n: number, ...saidBy: readonly DenyingSide[]): ReferralEvent => ({
  ...{ key: `denial ${by}>${on} ${n}`, ...at(n), kind: 'denial' },
  denial: { recordId: `referral:${by}-${on}`, advocateId: `contact:${by}`, partyIds: [`account:${on}`], saidBy },
});

export const opened = (...batches: readonly (readonly ReferralEvent[])[]): ReferralEngine => {
  const engine = openReferralEngine({ programs: [program], rates: [] });
  for (const batch of [[1, 2, 3, 4].map(person), ...batches]) engine.take(batch);
  return engine;
};
export const stateOf = (engine: ReferralEngine, by: number, on: number) =>
  engine.state.claims.get(`main/contact:${by}>account:${on}`)?.state;
export const balance = (engine: ReferralEngine, n: number) => engine.state.rewards.ledger.balancesOf(`account:${n}`)[0];
