import {
  type ActionWorth,
  actionWorth,
  displayName,
  type Id,
  type Instant,
  type Money,
  maskAddresses,
  type NextAction,
  nextBestActions,
  type TreatmentArm,
} from '@holdfast/core';
import { type ActionLog, readActionLog } from '@holdfast/workflows';
import type { Pulled } from '../session/run-files.ts';
import { confirmedProfile, type Session } from '../session/session.ts';
import { type Chances, chancesOf } from './chances.ts';
import { scoreStep } from './score-step.ts';

/** One account of the book with the steps that answer its risk, best first. */
export interface ActionRow {
  readonly account: { readonly id: Id; readonly name: string };
  readonly segment: string | null;
  /** Chance of loss by its next decision, or within the horizon. */
  readonly probability: number;
  readonly modelVersion: string;
  /** Recurring value a year. */
  readonly recurring: Money | null;
  /** `null`: no arm was drawn for it. */
  readonly arm: TreatmentArm | null;
  readonly actions: readonly NextAction[];
}

/** What the book's steps are reckoned with: what the profile says, and what the hold-out measured. */
export function worthOf({ config }: Session, measured?: ActionWorth['measured']): ActionWorth {
  return { ...actionWorth(confirmedProfile(config)), ...(measured && { measured }) };
}

/** The accounts of a book in the order of their ids, and what their chances rest on. */
export interface ActionBook {
  readonly rows: readonly ActionRow[];
  readonly chances: Chances;
}

/** Scores the book and ranks the steps of each account. */
export async function actionBook(
  session: Session,
  choice: { readonly pulled: Pulled; readonly asOf: Instant; readonly worth: ActionWorth },
  log: ActionLog = readActionLog(session.workspace),
): Promise<ActionBook> {
  const { pulled, asOf, worth } = choice;
  const arms = new Map(log.arms.map((it) => [it.accountId, it.arm]));
  const rows: ActionRow[] = [];
  const { report } = await scoreStep(session, {
    ...{ pulled, asOf, keep: false },
    onScored: ({ account }, { facts, score }) => {
      rows.push({
        account: { id: account.id, name: displayName(account) },
        segment: account.industry && maskAddresses(account.industry),
        probability: score.churnProbability,
        modelVersion: score.modelVersion,
        recurring: facts.recurring ?? null,
        arm: arms.get(account.id) ?? null,
        actions: nextBestActions(score, worth),
      });
    },
  });
  return { rows, chances: chancesOf(report) };
}
