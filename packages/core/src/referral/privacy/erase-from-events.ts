import type { ReferralEvent } from '../entities/referral-event.ts';
import { concerns } from './erase-from-records.ts';
import type { ErasureRules } from './erasure-rules.ts';
import { stripSignal } from './strip-signal.ts';

/**
 * The journal without an erased person, in the same order. What is taken out is only what nothing else rests on, so that
 * working everything out again from what is left gives the same decisions and the same ledger.
 */
export function eraseFromEvents(events: readonly ReferralEvent[], rules: ErasureRules): readonly ReferralEvent[] {
  return events.flatMap((it) => eraseFromEvent(it, rules) ?? []);
}

function eraseFromEvent(event: ReferralEvent, rules: ErasureRules): ReferralEvent | null {
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
      return eraseFromAct(event, rules);
    default:
      return event;
  }
}

type Of<Kind extends ReferralEvent['kind']> = Extract<ReferralEvent, { readonly kind: Kind }>;

function eraseFromSubmission(event: Of<'claim'>, rules: ErasureRules): ReferralEvent | null {
  const { claim, known } = event;
  if (!rules.keepsPair(claim.participantId, claim.subjectId)) return null;
  const isTheirs = concerns(claim, rules);
  const signals = known.signals.map((it) => stripSignal(it, isTheirs, rules));
  const referredContactId = rules.isErased(claim.referredContactId) ? null : claim.referredContactId;
  const stripped = { ...claim, referredContactId, touch: withoutSource(claim.touch, rules) };
  return { ...event, claim: stripped, known: { ...known, signals } };
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

function eraseFromAct(event: Of<'act'>, { gone, scrub }: ErasureRules): ReferralEvent | null {
  const { does } = event;
  if ('referralId' in does && does.referralId !== null && gone.has(does.referralId)) return null;
  const why = scrub(does.why);
  const by = scrub(event.by);
  return why === does.why && by === event.by ? event : { ...event, by, does: { ...does, why } };
}

/** A merge matters while either side stays. */
function keepsId(id: string, rules: ErasureRules): boolean {
  return !rules.isErased(id) || rules.isSettled(id) || rules.keepsParticipant(id);
}
