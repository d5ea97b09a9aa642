import { fraudCheck } from '../fraud-check.ts';

/**
 * One person takes part twice, or two participants are paid at one place. Colleagues of one account may share a bank
 * account or a tax number: the account is the beneficiary by default.
 */
export const duplicateParticipant = fraudCheck({
  id: 'duplicate_participant',
  title: 'Duplicate participant or payout identity',
  inputs: ['participant', 'identities', 'holdersOf'],
  from: 'contacts: e-mail, as digests; digests of payout and tax numbers where they are given',
  about: 'reward',
  action: 'hold',
  severity: 'high',
  reason: 'fraud_check',
  explanation: 'Another participant has the same address, number, bank account or tax number. All their rewards wait.',
  appeal: 'The participant shows that the other one is somebody else; a second person at the program confirms it.',
  ifWrong: 'Merge the two participants, or switch the check off for both.',
  expiresAfterDays: 90,
  find({ participant, identities, holdersOf }) {
    for (const { kind, hash } of identities) {
      const pooled = kind === 'payout' || kind === 'tax';
      const others = (holdersOf?.(hash) ?? []).filter(
        (it) =>
          it.participantId !== participant.id &&
          !(pooled && it.accountId !== null && it.accountId === participant.accountId),
      );
      const [other] = others.map((it) => it.participantId).sort();
      if (other !== undefined) return { evidence: { matched: kind, other, others: others.length, hash } };
    }
    return null;
  },
});
