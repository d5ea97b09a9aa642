/** Limits of what counts as an introduction. Spans in days. */
export interface EvidencePolicy {
  /** A two-way contact in the last so many days before means that the party was known (rule 2). */
  readonly contactedBeforeDays: number;
  /** Records of the same two people within so many days belong to one introduction; a forward is followed up within it. */
  readonly sameOccasionDays: number;
  /** The party takes it up within so many days. */
  readonly engagedDays: number;
  /** An opportunity opened within so many days is a result. */
  readonly opportunityDays: number;
  /** More people from outside, or more outside organisations, than that are a crowd. */
  readonly mostPeople: number;
  readonly mostOrganisations: number;
}

export const EVIDENCE_POLICY: EvidencePolicy = {
  contactedBeforeDays: 90,
  sameOccasionDays: 14,
  engagedDays: 60,
  opportunityDays: 180,
  mostPeople: 8,
  mostOrganisations: 3,
};
