import { COMMANDS } from '../src/commands.ts';
import { describeFailure, type Failure } from '../src/failure.ts';
import { type Outcome, terminalIo } from '../src/io.ts';

/** Calls a command in this process: what a person would get, without the start of a process for each question. */
export async function callCommand(
  name: string,
  input: {
    readonly folder: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly positional?: readonly string[];
    readonly options?: Readonly<Record<string, unknown>>;
  },
): Promise<Outcome> {
  const command = COMMANDS.find((it) => it.name === name);
  if (!command) throw new Error(`There is no command ${name}.`);
  const { folder, env = {}, positional = [], options = {} } = input;
  const io = terminalIo({ quiet: true, json: false, signal: new AbortController().signal });
  return (await command.load())({ positional, options, folder, env, io });
}

/** The same for a call that must fail: how the command would describe it. */
export async function callFailure(...call: Parameters<typeof callCommand>): Promise<Failure> {
  try {
    await callCommand(...call);
  } catch (error) {
    return describeFailure(error);
  }
  throw new Error(`holdfast ${call[0]} ended well.`);
}
