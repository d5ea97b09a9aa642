import { APPEAL, fraudCheck } from '../fraud-check.ts';
import { isNextInSeries, mailSeries } from '../identity/mail-series.ts';
import { similarity } from '../identity/name-similarity.ts';

/** Names nearly alike (0.85 by Levenshtein, from 6 letters on), or addresses made one after the other (up to 5 apart). */
export const similarIdentity = fraudCheck({
  id: 'similar_identity',
  title: 'Similar name, sequential e-mails',
  inputs: ['claim', 'limits', 'referrer', 'referred', 'earlier'],
  from: "contacts: name, e-mail; accounts: name; the participant's earlier claims",
  about: 'claim',
  action: 'flag',
  severity: 'low',
  reason: 'fraud_check',
  explanation: 'Names are nearly alike, or addresses look as if they had been made one after the other.',
  appeal: APPEAL,
  ifWrong: 'Nothing: relatives and namesakes exist.',
  expiresAfterDays: 30,
  find({ claim, limits, referrer, referred, earlier }) {
    for (const a of referrer.names) {
      for (const b of referred.names) {
        if (Math.min(a.length, b.length) < limits.nameLength) continue;
        const alike = similarity(a, b);
        if (alike >= limits.nameSimilarity) return { evidence: { matched: 'name', percent: Math.floor(alike * 100) } };
      }
    }
    for (const series of referred.emails.map(mailSeries)) {
      if (!series) continue;
      for (const own of referrer.emails.map(mailSeries)) {
        if (own && isNextInSeries(series, own, limits.mailGap)) return { evidence: { matched: 'own_email' } };
      }
      const near = (earlier?.byStem.get(series.stem) ?? []).filter(
        (it) => it.referralId !== claim.id && isNextInSeries(series, { ...it, stem: series.stem }, limits.mailGap),
      );
      const [first] = near.map((it) => it.referralId).sort();
      if (first) return { evidence: { matched: 'earlier_email', earlierClaim: first, claims: near.length } };
    }
    return null;
  },
});
