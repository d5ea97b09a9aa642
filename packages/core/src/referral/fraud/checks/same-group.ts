import { APPEAL, fraudCheck } from '../fraud-check.ts';

/** Both accounts have the same ultimate parent. */
export const sameGroup = fraudCheck({
  id: 'same_group',
  title: 'Same parent or group',
  inputs: ['claim', 'referrer', 'referred', 'groupOf'],
  from: 'the hierarchy of accounts',
  about: 'claim',
  action: 'review',
  severity: 'medium',
  reason: 'fraud_check',
  explanation: 'Both accounts belong to one group: an introduction inside it may be no new business.',
  appeal: APPEAL,
  ifWrong: 'Independent houses of one group: accept the claim by hand and say so in the reason.',
  expiresAfterDays: 90,
  find({ claim, referrer, referred, groupOf }) {
    if (!groupOf) return null;
    const from = new Set([...referrer.accountIds, ...(claim.referrerAccountId ? [claim.referrerAccountId] : [])]);
    const groups = new Map([...from].map((it) => [groupOf(it), it] as const));
    for (const accountId of referred.accountIds) {
      const groupId = groupOf(accountId);
      const relative = groups.get(groupId);
      // The same account is another check's case.
      if (relative !== undefined && !from.has(accountId)) return { evidence: { groupId, relative, accountId } };
    }
    return null;
  },
});
