import type { RunCommand } from '../commands.ts';
import { makeEmulator, readBook, type SandboxChoice } from '../demo/make-emulator.ts';
import { UserError } from '../failure.ts';
import { wholeNumber } from './option-values.ts';

/** `holdfast sandbox CRM`: serves until it is interrupted; prints how to connect. */
export const sandbox: RunCommand = async ({ positional: [crm = ''], options, io }) => {
  if (crm !== 'hubspot' && crm !== 'salesforce') {
    throw new UserError('usage', `There is no sandbox for "${crm}": choose hubspot or salesforce.`, 2);
  }
  const choice: SandboxChoice = {
    crm,
    book: await readBook({
      folder: options['book'] === undefined ? null : String(options['book']),
      accounts: wholeNumber(options, 'accounts', 1, 100_000),
      seed: wholeNumber(options, 'seed', 0, 2 ** 31),
      now: Date.now(),
    }),
    tier: options['tier'] === undefined ? null : String(options['tier']),
    seed: wholeNumber(options, 'seed', 0, 2 ** 31),
    clock: { now: () => Date.now() },
  };
  const { emulator, environment } = await makeEmulator(choice);
  const { listen, faultsOff } = await import('@holdfast/sandbox');
  const server = await listen({ emulator, faults: faultsOff, port: wholeNumber(options, 'port', 0, 65_535) });
  const variables = environment(server.origin);
  const exports = Object.entries(variables).map(([name, value]) => `export ${name}=${value}`);
  return {
    exitCode: 0,
    json: { crm, origin: server.origin, environment: variables },
    text: `A local ${crm === 'hubspot' ? 'HubSpot' : 'Salesforce'} listens on ${server.origin}. In another terminal:\n\n${exports.join('\n')}\nholdfast init ${crm}\n\nStop it with Ctrl-C.`,
    stay: async () => {
      if (!io.signal.aborted)
        await new Promise<void>((resolve) => io.signal.addEventListener('abort', () => resolve(), { once: true }));
      await server.close();
    },
  };
};
