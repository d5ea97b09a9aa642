import type { Instant } from '../../model/dates.ts';
import type { Participant } from '../entities/participant.ts';
import type { Program } from '../entities/program.ts';
import type { ClaimSubmission, KnownAtClaim } from '../entities/referral-event.ts';

/** A claim as it is about to be taken, with what the checks need beside it. */
export interface ClaimToScreen {
  /** The key of the event that it will be. */
  readonly key: string;
  readonly program: Program;
  /** Who refers, as the book has them; what the journal says of them goes before. */
  readonly participant: Participant;
  readonly said: ClaimSubmission;
  readonly claimedAt: Instant;
  /** When the evidence was taken down; `null`: the CRM does not say. */
  readonly recordedAt: Instant | null;
}

/** What the checks say of a claim that comes in with others; the order of `all` changes nothing. */
export type ScreenClaim = (
  claim: ClaimToScreen,
  all: readonly ClaimToScreen[],
) => Pick<KnownAtClaim, 'signals' | 'isErased' | 'identities'>;
