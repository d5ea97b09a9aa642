import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { orgProfile } from '@holdfast/core/model';
import type { Book } from '@holdfast/sandbox';
import { type AccountFigures, readFigures } from './account-figures.ts';
import { ANSWERS, type Crm } from './answers.ts';
import { holdfastCommand } from './holdfast-command.ts';
import { type PlayedCrm, playCrm } from './play-crm.ts';

/** The last day in Northwind's file. */
export const LAST_DAY = '1998-05-06';
/** When the run begins: on that day in Europe and in America. */
const RUN_AT = Date.parse(`${LAST_DAY}T18:00:00Z`);

/** What one CRM was brought to. */
export interface RunOn {
  /** The folder that Holdfast worked in. */
  readonly workspace: string;
  /** What `holdfast run` printed. */
  readonly printed: string;
  /** By account, from what was read back from the CRM. */
  readonly figures: readonly AccountFigures[];
  /** Still listening; whoever asked for the run closes it. */
  readonly crm: PlayedCrm;
  /** Another command on the same workspace, at the same hour. */
  readonly holdfast: (...args: string[]) => Promise<string>;
}

/**
 * The whole way on one CRM, command by command as a person types it: connect and confirm the book, create the fields,
 * allow writing, run. The clocks of CRM and commands stand at the book's last day and go on from there.
 */
export async function runOn(name: Crm, book: Book, folder: string): Promise<RunOn> {
  const clockShiftMs = RUN_AT - Date.now();
  const workspace = join(folder, name);
  const crm = await playCrm(name, book, clockShiftMs);
  const place = { workspace, variables: crm.variables, clockShiftMs };
  const holdfast = (...args: string[]) => holdfastCommand(args, place);
  try {
    await holdfast('init', name, '--answers', writeAnswers(name, workspace), '--yes');
    await holdfast('install', '--apply');
    await holdfast('trust', 'write');
    const printed = await holdfast('run');
    const figures = await readFigures(workspace, confirmedProfile(workspace), LAST_DAY);
    return { workspace, printed, figures, crm, holdfast };
  } catch (error) {
    await crm.close();
    throw error;
  }
}

function writeAnswers(name: Crm, workspace: string): string {
  mkdirSync(workspace, { recursive: true });
  const file = join(workspace, 'answers.json');
  writeFileSync(file, JSON.stringify(ANSWERS[name], null, 2));
  return file;
}

/** What `init` wrote down of the company's own words: its order statuses are needed to count. */
function confirmedProfile(workspace: string) {
  const config = JSON.parse(readFileSync(join(workspace, 'holdfast.config.json'), 'utf8')) as { profile: unknown };
  return orgProfile.parse(config.profile);
}
