import { join } from 'node:path';
import type { RunCommand } from '../commands.ts';
import type { SandboxCrm } from '../demo/make-emulator.ts';
import { runDemo } from '../demo/run-demo.ts';
import { UserError } from '../failure.ts';
import { wholeNumber } from './option-values.ts';

const CRMS: readonly SandboxCrm[] = ['hubspot', 'salesforce'];

/** `holdfast demo`: install, run and a second apply on each sandbox; nothing of the user's own is touched. */
export const demo: RunCommand = async ({ options, folder, io }) => {
  const only = options['crm'];
  if (only !== undefined && !CRMS.some((crm) => crm === only)) {
    throw new UserError('usage', `There is no sandbox for "${String(only)}": choose hubspot or salesforce.`, 2);
  }
  const accounts = wholeNumber(options, 'accounts', 1, 100_000);
  const seed = wholeNumber(options, 'seed', 0, 2 ** 31);
  const results = [];
  for (const crm of CRMS.filter((it) => only === undefined || it === only)) {
    results.push(await runDemo({ crm, accounts, seed, folder: join(folder, '.holdfast', 'demo', crm), io }));
  }
  return {
    exitCode: results.every(({ clean }) => clean) ? 0 : 1,
    json: Object.fromEntries(results.map(({ crm, json }) => [crm, json])),
    text: results.map(({ text }) => text).join('\n\n'),
  };
};
