import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A workspace folder, and the environment in which `holdfast` works on it. */
export interface CommandPlace {
  readonly workspace: string;
  readonly variables: Readonly<Record<string, string>>;
  /** How far the command's clock is from this machine's, in milliseconds. */
  readonly clockShiftMs: number;
}

// from the sources, so that the example needs no build; an installed Holdfast is called as `npx holdfast`
const main = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const shiftDate = new URL('shift-date.ts', import.meta.url).href;

/** Runs one `holdfast` command line and answers what it printed; throws Error with its own words when it failed. */
export async function holdfastCommand(args: readonly string[], place: CommandPlace): Promise<string> {
  const node = ['--conditions=holdfast-source', '--disable-warning=ExperimentalWarning', `--import=${shiftDate}`];
  const child = spawn(process.execPath, [...node, main, ...args, '--workspace', place.workspace], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...place.variables, CLOCK_SHIFT_MS: String(place.clockShiftMs) },
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const exitCode = await new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  );
  if (exitCode === 0) return said.stdout;
  throw new Error(`holdfast ${args.join(' ')} ended with exit code ${exitCode}:\n${said.stdout}${said.stderr}`);
}
