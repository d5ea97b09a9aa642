import type { CommandDefinition } from './commands.ts';
import { describeFailure, type Failure } from './failure.ts';
import { terminalIo } from './io.ts';
import { printFailure } from './print-failure.ts';

/**
 * Runs one command and prints its outcome. The first interrupt stops it at the next safe place; a second one ends the
 * process at once, which is safe too: the store only ever holds whole pages.
 */
export async function execute(
  definition: CommandDefinition,
  positional: readonly string[],
  options: Record<string, unknown>,
): Promise<number> {
  const json = options['json'] === true;
  const stop = new AbortController();
  const io = terminalIo({ quiet: options['quiet'] === true, json, signal: stop.signal });
  let said = false;
  const interrupt = () => {
    if (!said) io.say('Stopping at the next safe place; once more to end at once.');
    stop.abort();
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    const run = await definition.load();
    const folder = String(options['workspace'] ?? '.');
    const outcome = await run({ positional, options, folder, env: process.env, io });
    io.clear();
    process.stdout.write(json ? `${JSON.stringify(outcome.json, null, 2)}\n` : `${outcome.text.trimEnd()}\n`);
    said = true;
    await outcome.stay?.();
    return outcome.exitCode;
  } catch (error) {
    io.clear();
    const failure = describeFailure(error);
    if (process.env['HOLDFAST_DEBUG']) process.stderr.write(`${placeOfError(error, failure)}\n`);
    return printFailure(failure, json);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

/** The places only: a stack's first line repeats the message, which for a stranger's error may hold a value. */
function placeOfError(error: unknown, { code }: Failure): string {
  if (!(error instanceof Error)) return code;
  const places = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return [`${error.name} ${code}`, ...places].join('\n');
}
