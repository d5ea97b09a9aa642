import type { Instant } from '../../model/dates.ts';
import type { Participant } from '../entities/participant.ts';

/**
 * A participant's status at an instant. Only the last change is on record: somebody who left or was suspended counts as
 * active before it, somebody active as invited.
 */
export function statusAt({ status, statusSince }: Participant, at: Instant): Participant['status'] {
  if (at >= statusSince) return status;
  return status === 'left' || status === 'suspended' ? 'active' : 'invited';
}
