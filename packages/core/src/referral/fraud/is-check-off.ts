import type { Id } from '../../model/ids.ts';
import type { Program } from '../entities/program.ts';

/** Whether a program has switched a check off, for everybody or for this participant. */
export function isCheckOff({ checksOff }: Pick<Program, 'checksOff'>, check: string, participantId: Id): boolean {
  return checksOff.some((it) => it.check === check && (it.participantId ?? participantId) === participantId);
}
