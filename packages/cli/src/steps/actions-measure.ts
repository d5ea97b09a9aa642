import { type Decision, dayInZone, type MeasuredActions, measureActions, readDecisions } from '@holdfast/core';
import { type ActionLog, readActionLog } from '@holdfast/workflows';
import type { Pulled } from '../session/run-files.ts';
import { confirmedProfile, type Session } from '../session/session.ts';

/** Joins the log to the decisions that came since: what acting did, told by the accounts that were left alone. */
export async function measureStep(
  session: Session,
  pulled: Pulled,
  log: ActionLog = readActionLog(session.workspace),
): Promise<MeasuredActions> {
  const profile = confirmedProfile(session.config);
  const on = dayInZone(pulled.asOf, profile.timeZone);
  const drawn = new Set(log.arms.filter((it) => it.arm !== 'exempt').map((it) => it.accountId));
  const decisions: Decision[] = [];
  if (drawn.size > 0) {
    for await (const records of session.store.slices()) {
      session.io.signal.throwIfAborted();
      if (drawn.has(records.account.id)) decisions.push(...readDecisions(records, profile, on));
    }
  }
  return measureActions(log.arms, log.actions, decisions, profile.timeZone);
}
