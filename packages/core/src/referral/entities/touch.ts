import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { EvidenceClass } from './evidence-class.ts';

/** One sign that somebody introduced somebody, kept whatever is decided. `key` is a hash of its source record. */
export interface Touch {
  readonly key: string;
  readonly participantId: Id;
  /** The party that was referred: account where known, else contact. */
  readonly subjectId: Id;
  readonly evidence: EvidenceClass;
  /** When it happened, and when the CRM or form took it down. */
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** The record that proves it; `null` for free text. */
  readonly sourceId: Id | null;
}
