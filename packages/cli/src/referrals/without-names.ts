import { type Id, maskAddresses, type PersonsAct, textScrubber, UNKNOWN_PARTY } from '@holdfast/core';
import { personOf } from './person-of.ts';
import type { ReferralDesk } from './referral-desk.ts';

/**
 * A person's act without the names of those whom it is about, and without addresses or numbers of anybody: what somebody
 * typed as a reason goes into the journal, where ids are enough.
 */
export async function withoutNames<Act extends PersonsAct>(desk: ReferralDesk, does: Act): Promise<Act> {
  const names: string[] = [];
  for (const id of await peopleOf(desk, does)) {
    const person = await personOf(desk.session.store, id);
    if (person?.name) names.push(person.name);
  }
  const scrub = textScrubber({ ...UNKNOWN_PARTY, names });
  const why = maskAddresses(scrub(does.why)).replaceAll(NUMBER, '(a number)');
  return why === does.why ? does : { ...does, why };
}

const NUMBER = /(?<![\w.])(?:\+|00)\(?\d[\d\s().\-/]{6,}\d/gu;

/** The people of the claims, the sale or the reward that an act is about. */
async function peopleOf({ state, session }: ReferralDesk, does: PersonsAct): Promise<ReadonlySet<Id>> {
  const saleId = 'opportunityId' in does ? does.opportunityId : null;
  const reward = 'rewardKey' in does ? state.rewards.get(does.rewardKey) : undefined;
  const decided = saleId === null ? [] : [...(state.decisions.get(saleId)?.values() ?? [])].flat();
  const claims = [
    ...decided.flatMap((it) => it.candidates.map(({ referralId }) => referralId)),
    ...('referralId' in does && does.referralId !== null ? [does.referralId] : []),
    ...(reward ? [reward.referralId] : []),
  ].flatMap((id) => state.claims.get(id) ?? []);
  const sale = saleId === null ? null : await session.store.get('opportunity', saleId);
  const named = claims.flatMap((it) => [it.participantId, it.subjectId, it.referredContactId ?? []].flat());
  return new Set([...named, ...(sale?.contactIds ?? []), ...(reward ? [reward.participantId] : [])]);
}
