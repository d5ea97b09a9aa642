import type { CrmAdapter, OrgProfile } from '@holdfast/core';
import { orgProfile } from '@holdfast/core/model';
import { withRetries } from '@holdfast/workflows';
import * as z from 'zod';
import type { CommandInput, RunCommand } from '../commands.ts';
import { CRM_NAMES, loadModule, readOptions, systemClock } from '../config/connect.ts';
import { saveConfig } from '../config/load-config.ts';
import { UserError } from '../failure.ts';
import { type Answers, applyAnswers, readAnswers } from '../init/answers.ts';
import { askAboutBook, askMeanings } from '../init/ask.ts';
import { earlierConfig, keepSaid } from '../init/earlier-config.ts';
import { type ProfileProposal, proposeProfile } from '../init/propose-profile.ts';
import { describeSample, sampleBook } from '../init/sample.ts';

/** `holdfast init [crm]`: connects, proposes whose book it is, and writes the config once a person has confirmed. */
export const init: RunCommand = async (input) => {
  const { options: given, folder, env, io } = input;
  const crm = input.positional[0] ?? guessCrm(env);
  const module = await loadModule(crm);
  const earlier = earlierConfig(folder, crm);
  const answers: Answers = given['answers'] === undefined ? {} : readAnswers(String(given['answers']));
  const options = { ...earlier?.options, ...answers.options };
  io.progress(`Connecting to ${module.title}`);
  const context = { clock: systemClock, random: Math.random, log: () => {}, signal: io.signal };
  const parsed = readOptions(module, { options }, env);
  const adapter = await withRetries(() => module.connect(parsed, context), context);
  try {
    const proposed = keepSaid(proposeProfile(module, adapter.capabilities), earlier?.profile);
    const { proposal, confirmed, shown, text, sample } = await settle(input, adapter, applyAnswers(proposed, answers));
    const profile = checked({ ...proposal.profile, confirmedAt: confirmed ? systemClock.now() : null });
    const file = saveConfig(folder, { ...earlier, crm, options, stage: earlier?.stage ?? 'observe', profile });
    const next = confirmed
      ? 'Next: `holdfast check`, then `holdfast run`.'
      : `Nothing is scored until you confirm: edit the profile in ${file} where it is wrong, then run \`holdfast init ${crm}\` again; what you wrote there stays.`;
    return {
      exitCode: confirmed ? 0 : 1,
      json: { crm, org: adapter.capabilities.org, confirmed, file, open: proposal.open, sample },
      text: `${shown ? '' : `${text}\n\n`}Wrote ${file}. ${next}`,
    };
  } finally {
    await adapter.close();
  }
};

/** Lets a person look at the proposal on sample accounts, say what is open, and confirm; `--yes` confirms unseen. */
async function settle({ options, io }: CommandInput, adapter: CrmAdapter, first: ProfileProposal) {
  const asks = io.interactive && options['yes'] !== true;
  io.clear();
  const proposal = asks ? await askMeanings(first) : first;
  if (proposal === null)
    throw new UserError('stopped', 'Nothing was confirmed and nothing written: run `holdfast init` again.');
  io.progress('Reading some accounts');
  const sample = await sampleBook(adapter, proposal.profile, io.signal);
  const text = describeSample(adapter.capabilities, proposal, sample);
  io.clear();
  if (options['yes'] !== true && !asks) {
    io.say(text);
    throw new UserError(
      'not-confirmed',
      'Nothing was confirmed and nothing written: look at the book above, then run the same command with --yes, or say what is different with --answers FILE.',
    );
  }
  return { proposal, sample, text, shown: asks, confirmed: !asks || (await askAboutBook(text)) };
}

function guessCrm(env: NodeJS.ProcessEnv): string {
  if (env['HUBSPOT_TOKEN']) return 'hubspot';
  if (env['SALESFORCE_LOGIN_URL'] || env['SALESFORCE_INSTANCE_URL']) return 'salesforce';
  throw new UserError('usage', `Say which CRM: \`holdfast init ${CRM_NAMES.join('` or `holdfast init ')}\`.`, 2);
}

function checked(profile: unknown): OrgProfile {
  const parsed = orgProfile.safeParse(profile);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(
    'bad-answers',
    `The answers say something that the profile cannot hold, at ${z.core.toDotPath(issue?.path ?? [])} (${issue?.message}): mend it and run the same command again.`,
  );
}
