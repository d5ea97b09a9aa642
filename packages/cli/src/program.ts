import { Command, CommanderError } from 'commander';
import { COMMANDS, type CommandDefinition } from './commands.ts';
import { describeFailure, type Failure } from './failure.ts';
import { terminalIo } from './io.ts';

const VERSION = '0.1.0';

/** Runs one command line and returns the exit code: 0 done, 1 problems found, 2 wrong usage. */
export async function runProgram(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command('holdfast')
    .description(
      'Keeps customers: who will stay and why, what to do next, and who refers whom - in the CRM you already have.',
    )
    .version(VERSION)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(usageError(text)) })
    .addHelpText(
      'after',
      '\nStart here:\n  holdfast demo          the whole way on two sandboxes, nothing to set up\n  holdfast init          connect your own CRM; nothing is written there\n',
    );
  for (const definition of COMMANDS) program.addCommand(build(definition, (code) => (exitCode = code)));
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

function usageError(text: string): string {
  const sentence = text.replace(/^error: /, '').trimEnd();
  return `${sentence[0]?.toUpperCase()}${sentence.slice(1)}. Run \`holdfast --help\` to see the commands.\n`.replace(
    /\.\. Run/,
    '. Run',
  );
}

function build(definition: CommandDefinition, done: (exitCode: number) => void): Command {
  const command = new Command(definition.name).description(definition.summary).exitOverride();
  for (const argument of definition.arguments ?? []) command.argument(argument.name, argument.help);
  for (const [flags, help, fallback] of definition.options ?? []) command.option(flags, help, fallback);
  command
    .option('--workspace <dir>', 'folder of the config and the store', '.')
    .option('--json', 'print one JSON object and nothing else on stdout')
    .option('--quiet', 'no progress')
    .addHelpText('after', `\nExample:\n  ${definition.example}\n`)
    .action(async (...received: unknown[]) => {
      const options = received.at(-2) as Record<string, unknown>;
      const positional = received.slice(0, -2).map(String);
      done(await execute(definition, positional, options));
    });
  return command;
}

async function execute(
  definition: CommandDefinition,
  positional: readonly string[],
  options: Record<string, unknown>,
): Promise<number> {
  const json = options['json'] === true;
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const io = terminalIo({ quiet: options['quiet'] === true, signal: stop.signal });
  try {
    const run = await definition.load();
    const outcome = await run({
      positional,
      options,
      folder: String(options['workspace'] ?? '.'),
      env: process.env,
      io,
    });
    process.stdout.write(json ? `${JSON.stringify(outcome.json, null, 2)}\n` : `${outcome.text.trimEnd()}\n`);
    return outcome.exitCode;
  } catch (error) {
    return report(describeFailure(error), error, json);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

function report(failure: Failure, error: unknown, json: boolean): number {
  if (json) process.stdout.write(`${JSON.stringify({ error: { code: failure.code, message: failure.message } })}\n`);
  else process.stderr.write(`${failure.message}\n`);
  if (process.env['HOLDFAST_DEBUG'] && error instanceof Error)
    process.stderr.write(`${error.name} ${failure.code}\n${stackOnly(error)}\n`);
  return failure.exitCode;
}

/** The places only: a stack's first line repeats the message, which for a stranger's error may hold a value. */
function stackOnly(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .join('\n');
}
