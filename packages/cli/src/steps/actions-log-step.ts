import { type CalendarDay, dayInZone, PLAYBOOKS, parseDay, parseInstant, type TreatmentArm } from '@holdfast/core';
import { logAction, readActionLog } from '@holdfast/workflows';
import { UserError } from '../failure.ts';
import type { Pulled } from '../session/run-files.ts';
import { confirmedProfile, type Session } from '../session/session.ts';
import { type ActionRow, actionBook, worthOf } from './actions-book.ts';

/** What was put into the log. */
export interface Logged {
  readonly account: ActionRow['account'];
  readonly driver: string;
  readonly on: CalendarDay;
  readonly probability: number;
  readonly arm: TreatmentArm;
  /** `false`: the same action on the same day was there already. */
  readonly isNew: boolean;
}

/** The driver that `--what` names; anything else is wrong usage. */
export function driverOption(option: unknown): string {
  const drivers = PLAYBOOKS.map((it) => it.driver);
  const found = drivers.find((it) => it === option);
  if (found) return found;
  throw new UserError('usage', `--what must name the driver that was acted on: ${drivers.join(', ')}.`, 2);
}

/** The day that `--on` names, at most today; today where it is left out. */
export function dayOption(option: unknown, today: CalendarDay): CalendarDay {
  if (option === undefined) return today;
  const day = parseDay(String(option));
  if (day !== null && day <= today) return day;
  throw new UserError('usage', `--on must be a day such as 2026-01-31, not after today (${today}).`, 2);
}

/** Logs that somebody acted on an account, with what its score said on that day. */
export async function logStep(
  session: Session,
  pulled: Pulled,
  act: { readonly account: string; readonly driver: string; readonly on: CalendarDay },
): Promise<Logged> {
  const { driver, on } = act;
  const log = readActionLog(session.workspace);
  const row = findRow(await rowsOfDay(session, pulled, on), act.account, on);
  const drawn = log.arms.find((it) => it.accountId === row.account.id);
  const [arm, propensity] = drawn ? [drawn.arm, drawn.propensity] : (['treat', 1] as const);
  const { probability, modelVersion } = row;
  const isNew = logAction(session.workspace, {
    ...{ accountId: row.account.id, driver, on, probability, modelVersion, arm, propensity },
    ...{ cost: null, hours: null },
  });
  return { account: row.account, driver, on, probability, arm, isNew };
}

/** An earlier day is scored as of its noon in UTC, which is the same day in nearly every zone. */
async function rowsOfDay(session: Session, pulled: Pulled, on: CalendarDay): Promise<readonly ActionRow[]> {
  const { timeZone } = confirmedProfile(session.config);
  const noon = parseInstant(`${on}T12:00:00Z`) ?? pulled.asOf;
  const asOf = on < dayInZone(pulled.asOf, timeZone) ? Math.min(noon, pulled.asOf) : pulled.asOf;
  const { rows } = await actionBook(session, { pulled, asOf, worth: worthOf(session) });
  return rows;
}

function findRow(rows: readonly ActionRow[], wanted: string, on: CalendarDay): ActionRow {
  const found = rows.filter(({ account }) => account.id === wanted || account.name === wanted);
  const [one] = found;
  if (!one)
    throw new UserError(
      'not-found',
      `No account that was scored on ${on} has the id or the exact name "${wanted}": \`holdfast score --json\` lists them.`,
    );
  if (found.length === 1) return one;
  const ids = found.map(({ account }) => account.id).join(' or ');
  throw new UserError('ambiguous', `${found.length} accounts have that name: use an id, ${ids}.`);
}
