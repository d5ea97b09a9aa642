import { DAY_MS } from '../../../model/dates.ts';
import { mayBackDate } from '../../entities/evidence-class.ts';
import { APPEAL, fraudCheck } from '../fraud-check.ts';

/**
 * The introduction is dated before what the CRM can bear out: by text, more than a day before the claim (rule 2: text may
 * not back-date); by a record taken down only after the opportunity that it would precede, unless both confirmed it; or by
 * one taken down more than 60 days late.
 */
export const backDated = fraudCheck({
  id: 'back_dated',
  title: 'Back-dated claim',
  inputs: ['claim', 'evidenceRecordedAt', 'opportunityCreatedAt', 'limits'],
  from: 'day of the introduction, day on which it was taken down (mails, meetings, links with a date), opportunities: day of creation',
  about: 'claim',
  action: 'review',
  severity: 'medium',
  reason: 'fraud_check',
  explanation: 'The introduction is said to be older than the records bear out.',
  appeal: APPEAL,
  ifWrong: 'Have both people confirm the introduction; then its date stands.',
  expiresAfterDays: 90,
  find({ claim, evidenceRecordedAt: recordedAt, opportunityCreatedAt: createdAt, limits }) {
    const { evidence, introducedAt, claimedAt } = claim;
    if (evidence === 'confirmed') return null;
    if (!mayBackDate(evidence)) {
      const early = claimedAt - introducedAt;
      return early > limits.textBackDays * DAY_MS ? { evidence: { why: 'text', days: wholeDays(early) } } : null;
    }
    if (recordedAt === null) return null;
    const days = wholeDays(recordedAt - introducedAt);
    if (createdAt !== null && introducedAt < createdAt && createdAt < recordedAt) {
      return { evidence: { why: 'recorded_after_opportunity', days } };
    }
    const late = recordedAt - introducedAt > limits.lateRecordDays * DAY_MS;
    return late ? { evidence: { why: 'recorded_late', days, limit: limits.lateRecordDays } } : null;
  },
});

function wholeDays(span: number): number {
  return Math.floor(span / DAY_MS);
}
