import type { Instant } from '../../model/dates.ts';
import type { Participant } from '../entities/participant.ts';

/**
 * A participant's status at an instant. Before the first change on record somebody who left or was suspended counts as
 * active, somebody active as invited.
 */
export function statusAt({ status, statusSince, past = [] }: Participant, at: Instant): Participant['status'] {
  if (at >= statusSince) return status;
  const then = past.findLast((it) => at >= it.since);
  if (then) return then.status;
  const first = past[0]?.status ?? status;
  return first === 'left' || first === 'suspended' ? 'active' : 'invited';
}
