import type { ReferralEvent } from '../entities/referral-event.ts';
import type { ErasureRules } from './erasure-rules.ts';
import type { ReferralRecords } from './referral-records.ts';

/**
 * The journal without an erased person, in the same order. What is taken out is only what nothing else rests on, so that
 * working everything out again from what is left gives the same decisions and the same ledger.
 */
export function eraseFromEvents(
  { events, claims }: Pick<ReferralRecords, 'events' | 'claims'>,
  rules: ErasureRules,
): readonly ReferralEvent[] {
  const gone = new Set(claims.filter((it) => !rules.keepsPair(it.participantId, it.subjectId)).map((it) => it.id));
  return events.flatMap((it) => eraseFromEvent(it, gone, rules) ?? []);
}

function eraseFromEvent(event: ReferralEvent, gone: ReadonlySet<string>, rules: ErasureRules): ReferralEvent | null {
  switch (event.kind) {
    case 'participant':
      return rules.keepsParticipant(event.participant.id) ? event : null;
    case 'claim':
      return eraseFromSubmission(event, rules);
    case 'touch':
      return eraseFromTouch(event, rules);
    case 'progress':
      return rules.keepsSubject(event.progress.subjectId) ? event : null;
    case 'merge':
      return keepsId(event.loserId, rules) || keepsId(event.survivorId, rules) ? event : null;
    case 'act':
      return eraseFromAct(event, gone, rules);
    default:
      return event;
  }
}

type Of<Kind extends ReferralEvent['kind']> = Extract<ReferralEvent, { readonly kind: Kind }>;

function eraseFromSubmission(event: Of<'claim'>, rules: ErasureRules): ReferralEvent | null {
  const { claim } = event;
  if (!rules.keepsPair(claim.participantId, claim.subjectId)) return null;
  if (!rules.isErased(claim.referredContactId) && !rules.isErased(claim.touch.sourceId)) return event;
  const referredContactId = rules.isErased(claim.referredContactId) ? null : claim.referredContactId;
  return { ...event, claim: { ...claim, referredContactId, touch: withoutSource(claim.touch, rules) } };
}

function eraseFromTouch(event: Of<'touch'>, rules: ErasureRules): ReferralEvent | null {
  const { touch } = event;
  if (!rules.keepsPair(touch.participantId, touch.subjectId)) return null;
  return rules.isErased(touch.sourceId) ? { ...event, touch: withoutSource(touch, rules) } : event;
}

function withoutSource<Source extends { readonly sourceId: string | null }>(
  touch: Source,
  rules: ErasureRules,
): Source {
  return rules.isErased(touch.sourceId) ? { ...touch, sourceId: null } : touch;
}

function eraseFromAct(event: Of<'act'>, gone: ReadonlySet<string>, { scrub }: ErasureRules): ReferralEvent | null {
  const { does } = event;
  if ('referralId' in does && gone.has(does.referralId)) return null;
  const why = scrub(does.why);
  const by = scrub(event.by);
  return why === does.why && by === event.by ? event : { ...event, by, does: { ...does, why } };
}

/** A merge matters while either side stays. */
function keepsId(id: string, rules: ErasureRules): boolean {
  return !rules.isErased(id) || rules.isSettled(id) || rules.keepsParticipant(id);
}
