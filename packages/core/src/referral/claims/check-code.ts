import type { Instant } from '../../model/dates.ts';
import { type Refusal, refuse } from '../entities/reason-code.ts';
import { foldCode, isCodeIntact, type ReferralCode } from './referral-code.ts';

/** The code that was typed in, or why it does not count at that instant: mistyped, unknown, withdrawn, expired, used up. */
export function checkCode(
  typed: string,
  programId: string,
  find: (code: string) => ReferralCode | undefined,
  at: Instant,
): ReferralCode | Refusal {
  if (!isCodeIntact(typed)) return refuse('bad_code');
  const code = find(foldCode(typed));
  if (code === undefined || code.programId !== programId)
    return refuse('code_not_valid', 'The program has no such code. Ask the referrer for theirs.');
  if (at < code.createdAt) return refuse('clock_backwards', 'The code was used before it was made. Check the date.');
  if (code.status === 'withdrawn')
    return refuse('code_not_valid', 'The code was withdrawn. Give the participant a new one.');
  if (code.expiresAt !== null && at >= code.expiresAt)
    return refuse('code_not_valid', 'The code has expired. Give the participant a new one.');
  if (code.maxUses !== null && code.uses >= code.maxUses)
    return refuse(
      'code_not_valid',
      `The code was used ${code.uses} times and is used up. Raise its limit or give a new one.`,
    );
  return code;
}
