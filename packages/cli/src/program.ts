import { Command, CommanderError } from 'commander';
import { COMMANDS, type CommandDefinition } from './commands.ts';
import { printFailure } from './print-failure.ts';
import { describeUsage } from './usage.ts';

const VERSION = '0.1.0';
const START = `
Start here:
  holdfast demo          the whole way on two sandboxes, nothing to set up
  holdfast init          connect your own CRM; nothing is written there

Every command takes --json, --quiet, --workspace DIR and --help.
Exit codes: 0 done, 1 problems found, 2 wrong usage.
`;

/** Runs one command line and returns the exit code: 0 done, 1 problems found, 2 wrong usage. */
export async function runProgram(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command('holdfast')
    .description(
      'Keeps customers: who will stay and why, what to do next, and who refers whom - in the CRM you already have.',
    )
    .version(VERSION)
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .addHelpText('after', START);
  for (const definition of COMMANDS) program.addCommand(build(program, definition, (code) => (exitCode = code)));
  try {
    await program.parseAsync(args.length === 0 ? ['--help'] : args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    return printFailure({ exitCode: 2, code: 'usage', message: describeUsage(error.message) }, args.includes('--json'));
  }
}

function build(program: Command, definition: CommandDefinition, done: (exitCode: number) => void): Command {
  const command = new Command(definition.name).description(definition.summary).copyInheritedSettings(program);
  for (const argument of definition.arguments ?? []) command.argument(argument.name, argument.help);
  for (const [flags, help, fallback] of definition.options ?? []) command.option(flags, help, fallback);
  return command
    .option('--workspace <dir>', 'folder of the config and the store', '.')
    .option('--json', 'print one JSON object and nothing else on stdout')
    .option('--quiet', 'no progress')
    .addHelpText('after', `\nExample:\n  ${definition.example}\n`)
    .action(async (...received: unknown[]) => {
      const options = received.at(-2) as Record<string, unknown>;
      const positional = received.slice(0, -2).filter((value) => value !== undefined);
      const { execute } = await import('./execute.ts'); // help and wrong usage need nothing of it
      done(await execute(definition, positional.map(String), options));
    });
}
