import type { ReferralEvent } from '../entities/referral-event.ts';
import { pairOf } from './journal-facts.ts';
import { concerns, type KeepRules } from './keep-rules.ts';
import { stripSignal } from './strip-signal.ts';

/** Call it on every event of the journal in its order, once: the event without what has to go, or `null`. */
export type Rewriting = (event: ReferralEvent) => ReferralEvent | null;

/**
 * The journal without what has to go; what is untouched stays the same object. What goes is only what nothing else rests
 * on, so that the rest gives the same decisions and the same ledger when it is taken again: a claim that was refused on
 * account of one that goes takes the refusal along, and time goes by as it did. `name` tells apart two rewritings.
 */
export function rewriteEvents(rules: KeepRules, name: string): Rewriting {
  let now = Number.NEGATIVE_INFINITY;
  return (event) => {
    const next = rewriteEvent(event, rules);
    const { occurredAt, recordedAt } = event;
    const isLate = recordedAt <= now;
    now = Math.max(now, recordedAt);
    if (next !== null || isLate) return next;
    return { key: `gone ${recordedAt} ${name}`, occurredAt, recordedAt, kind: 'gone' };
  };
}

function rewriteEvent(event: ReferralEvent, rules: KeepRules): ReferralEvent | null {
  if (rules.isOver(event)) return null;
  const by = 'by' in event && event.by !== undefined ? rules.scrub(event.by) : null;
  const said = by === null || !('by' in event) || by === event.by ? event : withoutName(event, by);
  return rewriteSaid(said, rules);
}

/** The key of what a person said holds who said it. */
function withoutName(event: ReferralEvent & { readonly by?: string }, by: string): ReferralEvent {
  return { ...event, ...{ by, key: event.key.replaceAll(event.by ?? by, by) } };
}

function rewriteSaid(event: ReferralEvent, rules: KeepRules): ReferralEvent | null {
  switch (event.kind) {
    case 'participant':
      return rules.keepsParticipant(event.participant.id) ? event : null;
    case 'code':
      return rules.keepsParticipant(event.code.participantId) ? event : null;
    case 'identity':
      return keepsId(event.partyId, rules) ? rewriteIdentity(event, rules) : null;
    case 'ask':
      return keepsId(event.ask.contactId, rules) ? event : null;
    case 'answer': {
      const asked = rules.askedOf(event.answer.askKey);
      return asked === null || keepsId(asked, rules) ? event : null;
    }
    case 'claim':
      return rewriteSubmission(event, rules);
    case 'touch':
      return rewriteTouch(event, rules);
    case 'progress':
      return rules.keepsSubject(event.progress.subjectId) ? event : null;
    case 'merge':
      return [event.loserId, event.survivorId].some((id) => keepsId(id, rules) || rules.keepsSubject(id))
        ? event
        : null;
    case 'roll_up': {
      if (!rules.keepsSubject(event.fromId)) return null;
      return rules.isErased(event.contactId ?? null) ? { ...event, contactId: null } : event;
    }
    case 'act':
      return rewriteAct(event, rules);
    case 'denial':
      return rewriteDenial(event, rules);
    case 'settle':
      return rewriteSettlement(event, rules);
    case 'erase': {
      const tombstones = event.tombstones.filter((it) => !rules.isExpired(it));
      return tombstones.length === event.tombstones.length ? event : { ...event, tombstones };
    }
    default:
      return event;
  }
}

function rewriteIdentity(event: Of<'identity'>, rules: KeepRules): ReferralEvent | null {
  const identities = event.identities.filter((it) => !rules.isStale(it.hash));
  if (identities.length === event.identities.length) return event;
  return identities.length === 0 ? null : { ...event, identities };
}

type Of<Kind extends ReferralEvent['kind']> = Extract<ReferralEvent, { readonly kind: Kind }>;

function rewriteSubmission(event: Of<'claim'>, rules: KeepRules): ReferralEvent | null {
  const { claim, known } = event;
  if (!rules.keepsPair(claim.participantId, claim.subjectId)) return null;
  const isTheirs = concerns(claim, rules);
  const found = known.signals.map((it) => stripSignal(it, isTheirs, rules));
  const noted = rules.restingOnOthers(event).filter(({ check }) => !found.some((it) => it.check === check));
  const signals = [...found, ...noted.map((it) => stripSignal(it, isTheirs, rules))];
  const referredContactId = rules.isErased(claim.referredContactId) ? null : claim.referredContactId;
  const rewritten = { ...claim, referredContactId, touch: withoutSource(claim.touch, rules) };
  const identities = known.identities?.filter((it) => !rules.isStale(it.hash));
  const isSame =
    identities?.length === known.identities?.length &&
    referredContactId === claim.referredContactId &&
    rewritten.touch === claim.touch &&
    signals.length === known.signals.length &&
    signals.every((it, place) => it === known.signals[place]);
  return isSame
    ? event
    : { ...event, claim: rewritten, known: { ...known, signals, ...(identities && { identities }) } };
}

function rewriteTouch(event: Of<'touch'>, rules: KeepRules): ReferralEvent | null {
  const { touch } = event;
  if (!rules.keepsPair(touch.participantId, touch.subjectId)) return null;
  return rules.isErased(touch.sourceId) ? { ...event, touch: withoutSource(touch, rules) } : event;
}

function withoutSource<Source extends { readonly sourceId: string | null }>(touch: Source, rules: KeepRules): Source {
  return rules.isErased(touch.sourceId) ? { ...touch, sourceId: null } : touch;
}

/** It stays where the pair does, without the person who was erased; a claim on their account is denied as before. */
function rewriteDenial(event: Of<'denial'>, rules: KeepRules): ReferralEvent | null {
  const { advocateId, partyIds } = event.denial;
  const kept = partyIds.filter((it) => rules.keepsPair(advocateId, it));
  if (kept.length === partyIds.length) return event;
  return kept.length === 0 ? null : { ...event, denial: { ...event.denial, partyIds: kept } };
}

function rewriteAct(event: Of<'act'>, rules: KeepRules): ReferralEvent | null {
  const { does } = event;
  const pair = 'referralId' in does && does.referralId !== null ? pairOf(does.referralId) : null;
  if (pair && !rules.keepsPair(pair.participantId, pair.subjectId)) return null;
  const why = rules.scrub(does.why);
  const approvedBy = 'approvedBy' in does && does.approvedBy !== null ? rules.scrub(does.approvedBy) : null;
  const isSame = why === does.why && (approvedBy === null || !('approvedBy' in does) || approvedBy === does.approvedBy);
  return isSame ? event : { ...event, does: { ...does, why, ...('approvedBy' in does && { approvedBy }) } };
}

/** What was paid stays as it was paid; whoever was not is not mentioned. */
function rewriteSettlement(event: Of<'settle'>, rules: KeepRules): ReferralEvent {
  const all = Object.entries(event.payees);
  const kept = all.filter(([id]) => keepsId(id, rules));
  return kept.length === all.length ? event : { ...event, payees: Object.fromEntries(kept) };
}

/** A merge matters while either side stays. */
function keepsId(id: string, rules: KeepRules): boolean {
  return !rules.isErased(id) || rules.isSettled(id) || rules.keepsParticipant(id);
}
