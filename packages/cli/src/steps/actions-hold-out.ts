import {
  drawArms,
  type HoldOutReach,
  holdOutReach,
  keyAccountsFrom,
  type Money,
  type TreatmentArm,
} from '@holdfast/core';
import { type ActionLog, logArms, readActionLog } from '@holdfast/workflows';
import { UserError } from '../failure.ts';
import type { Pulled } from '../session/run-files.ts';
import { confirmedProfile, type Session } from '../session/session.ts';
import { type ActionRow, actionBook, worthOf } from './actions-book.ts';
import type { Chances } from './chances.ts';

/** What a draw came to. */
export interface DrawnHoldOut {
  /** What the chances rest on by which the arms were drawn. */
  readonly chances: Chances;
  readonly share: number;
  /** Draws made before, which stand whatever share is asked for now; `null`: this is the first one. */
  readonly earlier: EarlierDraws | null;
  /** Accounts drawn now and in all, by arm. */
  readonly drawn: Readonly<Record<TreatmentArm, number>>;
  readonly inAll: Readonly<Record<TreatmentArm, number>>;
  /** The rule by which key accounts are exempt. */
  readonly exempt: { readonly from: Money | null; readonly byProfile: boolean; readonly ids: number };
  readonly reach: HoldOutReach | null;
}

/** Accounts with an arm of an earlier draw, exempt ones included, and the shares of those draws. */
export interface EarlierDraws {
  readonly accounts: number;
  readonly shares: readonly number[];
}

const MOST = 0.5;

/** The share that `--hold-out` names; more than half would leave more accounts alone than it serves. */
export function shareOption(option: unknown): number {
  const share = Number(option);
  if (share > 0 && share <= MOST) return share;
  throw new UserError('usage', `--hold-out must be a share above 0 and at most ${MOST}, such as 0.1.`, 2);
}

/**
 * Draws arms for the accounts that a step is proposed for and that have none yet, and logs them. With a pilot only its
 * accounts are drawn: nobody else is acted on.
 */
export async function holdOutStep(session: Session, pulled: Pulled, share: number): Promise<DrawnHoldOut> {
  const profile = confirmedProfile(session.config);
  const log = readActionLog(session.workspace);
  const { rows, chances } = await actionBook(session, { pulled, asOf: pulled.asOf, worth: worthOf(session) }, log);
  const amounts = rows.flatMap(({ recurring }) => (recurring ? [recurring.minor] : []));
  const { fromAmount: own, ids = [] } = profile.keyAccounts ?? {};
  const fromValue = keyAccountsFrom(amounts, own);
  const { pilot } = profile.book;
  const drawn = drawArms(
    rows.filter(({ account }) => pilot.length === 0 || pilot.includes(account.id)).flatMap(candidateOf),
    { share, seed: profile.orgId, at: session.clock.now(), exempt: { fromValue, accountIds: ids } },
    log.arms,
  );
  logArms(session.workspace, drawn);
  const all = [...log.arms, ...drawn];
  return {
    ...{
      chances,
      share,
      earlier: earlierDraws(log.arms),
      drawn: count(drawn),
      inAll: count(all),
      reach: holdOutReach(all),
    },
    exempt: {
      from: fromValue === null ? null : { minor: fromValue, currency: profile.currency },
      ...{ byProfile: own !== undefined, ids: ids.length },
    },
  };
}

/** Accounts without a step, or with none that pays, are in no comparison: nobody would act on them anyway. */
function candidateOf({ account, segment, probability, recurring, actions: [best] }: ActionRow) {
  if (!best || best.worthIt === false) return [];
  const { playbook, probabilityDrop: assumedDrop } = best;
  const amount = recurring?.minor ?? null;
  return [{ accountId: account.id, segment, probability, amount, proposed: playbook.driver, assumedDrop }];
}

function count(arms: readonly { readonly arm: TreatmentArm }[]): Record<TreatmentArm, number> {
  const of = (arm: TreatmentArm) => arms.filter((it) => it.arm === arm).length;
  return { treat: of('treat'), 'hold-out': of('hold-out'), exempt: of('exempt') };
}

/** An arm keeps the chance of its draw to be acted on: 1 less the share. Exempt accounts were not drawn at any. */
function earlierDraws(arms: ActionLog['arms']): EarlierDraws | null {
  if (arms.length === 0) return null;
  const shares = arms.flatMap(({ arm, propensity }) => (arm === 'exempt' ? [] : [Number((1 - propensity).toFixed(6))]));
  return { accounts: arms.length, shares: [...new Set(shares)].sort((a, b) => a - b) };
}
