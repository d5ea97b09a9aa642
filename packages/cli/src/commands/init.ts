import { orgProfile } from '@holdfast/core/model';
import * as z from 'zod';
import type { RunCommand } from '../commands.ts';
import { CRM_NAMES, connect, loadModule, readOptions } from '../config/connect.ts';
import { saveConfig } from '../config/load-config.ts';
import { UserError } from '../failure.ts';
import { type Answers, applyAnswers, readAnswers } from '../init/answers.ts';
import { askAboutBook } from '../init/ask.ts';
import { proposeProfile } from '../init/propose-profile.ts';
import { describeSample, sampleBook } from '../init/sample.ts';

/** `holdfast init [crm]`: connects, proposes whose book it is, and writes the config once a person has confirmed. */
export const init: RunCommand = async ({ positional: [named], options, folder, env, io }) => {
  const crm = named ?? guessCrm(env);
  const module = await loadModule(crm);
  const answers: Answers = options['answers'] === undefined ? {} : readAnswers(String(options['answers']));
  const adapterOptions = readOptions(module, { options: answers.options ?? {} }, env);
  io.progress(`Connecting to ${module.title}`);
  const adapter = await connect(module, adapterOptions, () => {}, io.signal);
  try {
    const { capabilities } = adapter;
    const proposal = applyAnswers(proposeProfile(module, capabilities), answers);
    io.progress('Reading some accounts');
    const sample = await sampleBook(adapter, proposal.profile, io.signal);
    const text = describeSample(capabilities, proposal, sample);
    const confirmed = options['yes'] === true || (io.interactive && (await askAboutBook(text)));
    if (!confirmed && !io.interactive) {
      throw new UserError(
        'not-confirmed',
        `${text}\n\nNothing was confirmed: run \`holdfast init ${crm} --yes\` to confirm this book, or edit it with --answers FILE.`,
      );
    }
    const profile = checked({ ...proposal.profile, confirmedAt: confirmed ? Date.now() : null });
    const file = saveConfig(folder, { crm, options: answers.options ?? {}, stage: 'observe', profile });
    const next = confirmed
      ? 'Next: `holdfast check`, then `holdfast run`.'
      : `Edit the profile in ${file}, then run \`holdfast init ${crm}\` again.`;
    return {
      exitCode: 0,
      json: { crm, org: capabilities.org, confirmed, file, open: proposal.open, sample },
      text: `${text}\n\nWrote ${file}. ${next}`,
    };
  } finally {
    await adapter.close();
  }
};

function guessCrm(env: NodeJS.ProcessEnv): string {
  if (env['HUBSPOT_TOKEN']) return 'hubspot';
  if (env['SALESFORCE_LOGIN_URL'] || env['SALESFORCE_INSTANCE_URL']) return 'salesforce';
  throw new UserError('usage', `Say which CRM: \`holdfast init ${CRM_NAMES.join('` or `holdfast init ')}\`.`, 2);
}

function checked(profile: unknown) {
  const parsed = orgProfile.safeParse(profile);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(
    'bad-answers',
    `The answers say something that the profile cannot hold, at ${z.core.toDotPath(issue?.path ?? [])}: ${issue?.message}.`,
  );
}
