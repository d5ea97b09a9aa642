import { DAY_MS } from '../../model/dates.ts';
import type { FraudSignal } from '../entities/fraud-signal.ts';
import type { FraudAction, FraudCheck } from './fraud-check.ts';
import { FRAUD_CHECKS } from './fraud-checks.ts';
import type { FraudContext } from './fraud-context.ts';
import { isCheckOff } from './is-check-off.ts';

/**
 * What the checks say about one claim or reward, in the order of `checks`. Never throws: a check that fails to run gives
 * a signal `failed`, which sends the reward to review and lets the record proceed (rule 9). Checks that the program has
 * switched off, for all or for this participant, are not run.
 */
export function evaluateFraud(
  context: FraudContext,
  checks: readonly FraudCheck[] = FRAUD_CHECKS,
): readonly FraudSignal[] {
  const { program, participant } = context;
  return checks.flatMap((it) => (isCheckOff(program, it.id, participant.id) ? [] : (raise(it, context) ?? [])));
}

function raise(check: FraudCheck, context: FraudContext): FraudSignal | null {
  try {
    const found = check.find(context);
    if (!found) return null;
    const { id, about, action, severity, reason, explanation } = check;
    const own = context.program.checkSettings?.actions?.[id];
    const said = { action, severity, reason, explanation, ...found, ...(own && { action: own }) };
    return { check: id, about, ...said, ...terms(check, said.action, context), failed: false };
  } catch (error) {
    return failure(check, context, error);
  }
}

/** The error's message is left out: it may quote the person's data. */
function failure(check: FraudCheck, context: FraudContext, error: unknown): FraudSignal {
  return {
    check: check.id,
    about: 'reward',
    action: 'review',
    severity: 'medium',
    reason: 'check_failed',
    explanation: `The check "${check.title}" could not be run: the record proceeds, the reward waits for a person.`,
    evidence: { error: error instanceof TypeError || error instanceof RangeError ? error.name : 'Error' },
    ...terms(check, 'review', context),
    failed: true,
  };
}

/** What stops or holds something lasts at least as long as its claim can lead to a reward, however slow the sale. */
function terms(check: FraudCheck, action: FraudAction, { asOf, claim, program }: FraudContext) {
  const usual = asOf + check.expiresAfterDays * DAY_MS;
  const lastReward = claim.expiresAt + program.policy.retainedDays * DAY_MS;
  const expiresAt = action === 'flag' ? usual : Math.max(usual, lastReward);
  return { raisedAt: asOf, expiresAt, appeal: check.appeal };
}
