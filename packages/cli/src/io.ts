/** What a command hands back: the figures for `--json`, the same for a person, and the exit code. */
export interface Outcome {
  /** 0 done, 1 problems found. Wrong usage (2) never gets this far. */
  readonly exitCode: 0 | 1;
  readonly json: unknown;
  readonly text: string;
  /** What goes on after the outcome has been printed: a server that runs until it is stopped. */
  readonly stay?: () => Promise<void>;
}

/** Where a command speaks while it works. Results never go here, so that `--json` stays one object on stdout. */
export interface Io {
  /** Replaces the last progress line on a terminal; says each new kind of step once elsewhere. */
  progress(message: string): void;
  /** One line that stays. */
  say(message: string): void;
  /** Takes the progress line away before a result or a failure is printed. */
  clear(): void;
  readonly interactive: boolean;
  readonly signal: AbortSignal;
}

/** Without a terminal a step is told again only after so long, in milliseconds: a log should be short. */
const LOG_EVERY_MS = 10_000;

/** Progress and remarks go to stderr; a terminal gets a line that renews itself, a log a line now and then. */
export function terminalIo(options: {
  readonly quiet: boolean;
  readonly json: boolean;
  readonly signal: AbortSignal;
  readonly stderr?: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;
}): Io {
  const { quiet, json, signal, stderr = process.stderr } = options;
  let open = false;
  const clear = () => {
    if (open) stderr.write('\r\u001b[2K');
    open = false;
  };
  const renew = (message: string) => {
    stderr.write(`\r\u001b[2K${message.slice(0, (stderr.columns ?? 80) - 1)}`);
    open = true;
  };
  const log = everySoOften((message) => stderr.write(`${message}\n`));
  return {
    progress: quiet ? () => {} : stderr.isTTY ? renew : log,
    say(message) {
      clear();
      if (!quiet) stderr.write(`${message}\n`);
    },
    clear,
    interactive: process.stdin.isTTY === true && process.stdout.isTTY === true && !quiet && !json,
    signal,
  };
}

/** The first line only after a while, so that short work is silent; then one at each interval. */
function everySoOften(write: (message: string) => void): (message: string) => void {
  let next = performance.now() + LOG_EVERY_MS;
  return (message) => {
    if (performance.now() < next) return;
    next = performance.now() + LOG_EVERY_MS;
    write(message);
  };
}
