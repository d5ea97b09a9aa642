import type { CrmCapabilities, EvidenceCapabilities, EvidenceSourceName } from '@holdfast/core';

/** Why a class of evidence cannot be read in this org; `null` where it can. Unavailable, not absent. */
export type EvidenceShown = Readonly<Record<EvidenceSourceName, string | null>>;

/** What an org lets us read of introductions, as found at connect; kept with the pull, since later commands do not connect. */
export function evidenceShown({ read, unavailable }: CrmCapabilities): EvidenceShown {
  const reason = (entity: 'mailParties' | 'meetingParties' | 'referralLink' | 'referral') =>
    read[entity] ? null : (unavailable[entity] ?? 'It is not read here');
  const named = read.opportunity !== undefined && read.opportunity.missing['referredById'] === undefined;
  const noted = ['advocateConfirmed', 'prospectConfirmed'].map((field) => read.referral?.missing[field] ?? null);
  return {
    mail: reason('mailParties'),
    meeting: reason('meetingParties'),
    link: named ? null : reason('referralLink'),
    confirmation: reason('referral') ?? noted.find((it) => it !== null) ?? null,
  };
}

/** The same for the matcher. */
export function evidenceCapabilities(shown: EvidenceShown): EvidenceCapabilities {
  return {
    mailParticipants: shown.mail === null,
    meetingParticipants: shown.meeting === null,
    links: shown.link === null,
    confirmations: shown.confirmation === null,
  };
}
