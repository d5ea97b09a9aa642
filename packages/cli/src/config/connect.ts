import type { Clock, CrmModule } from '@holdfast/core';
import type * as z from 'zod';
import { UserError } from '../failure.ts';
import type { Config } from './config.ts';

/** Adapters by the name in the config; each is loaded only when it is needed. */
const MODULES: Readonly<Record<string, () => Promise<CrmModule>>> = {
  hubspot: async () => (await import('@holdfast/hubspot')).hubspot as CrmModule,
  salesforce: async () => (await import('@holdfast/salesforce')).salesforce as CrmModule,
};

export const CRM_NAMES: readonly string[] = Object.keys(MODULES);

/** Loads the adapter package of a CRM; a name that is neither built in nor a package of the user's is refused. */
export async function loadModule(crm: string): Promise<CrmModule> {
  const load = MODULES[crm];
  if (!load)
    throw new UserError(
      'unknown-crm',
      `"${crm}" is not a CRM that Holdfast knows: choose one of ${CRM_NAMES.join(', ')}.`,
      2,
    );
  return load();
}

/** The options of a CRM: the config's, then what the environment adds. Secrets are taken from the environment only. */
export function readOptions(
  module: CrmModule,
  config: Pick<Config, 'options' | 'notes'>,
  env: NodeJS.ProcessEnv,
): unknown {
  const options: Record<string, unknown> = { ...structuredClone(config.options), ...(config.notes && { notes: true }) };
  for (const { variable, option, secret } of module.env) {
    if (secret && valueAt(options, option) !== undefined) {
      throw new UserError(
        'secret-in-config',
        `The config holds "${option}", which is a secret: take it out and set ${variable} in the environment instead.`,
      );
    }
    if (env[variable]) setAt(options, option, env[variable]);
  }
  const parsed = module.options.safeParse(options);
  if (parsed.success) return parsed.data;
  throw new UserError('bad-options', optionsMessage(module, parsed.error));
}

function valueAt(options: Readonly<Record<string, unknown>>, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], options);
}

function setAt(options: Record<string, unknown>, path: string, value: string): void {
  const keys = path.split('.');
  const last = keys.pop() ?? path;
  let at = options;
  for (const key of keys) {
    at[key] ??= {};
    at = at[key] as Record<string, unknown>;
  }
  at[last] = value;
}

function optionsMessage(module: CrmModule, error: z.core.$ZodError): string {
  const [issue] = error.issues;
  const name = String(issue?.path[0] ?? '');
  const known = module.env.find(({ option }) => option === name);
  if (known)
    return `${module.title} needs ${known.variable} (${known.help}): set it in the environment and run the command again.`;
  const required = module.env.filter(({ required }) => required).map(({ variable }) => variable);
  return `The options for ${module.title} are not complete${name ? ` (${name}: ${issue?.message})` : ''}: set ${required.join(', ')} in the environment.`;
}

/** The machine's own clock; its sleep ends at once when the signal fires. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason ?? new DOMException('Stopped', 'AbortError'));
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal?.addEventListener('abort', stop, { once: true });
    }),
};
