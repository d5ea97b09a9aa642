/** What a command hands back: the figures for `--json`, the same for a person, and the exit code. */
export interface Outcome {
  /** 0 done, 1 problems found. Wrong usage (2) never gets this far. */
  readonly exitCode: 0 | 1;
  readonly json: unknown;
  readonly text: string;
}

/** Where a command speaks while it works. Results never go here, so that `--json` stays one object on stdout. */
export interface Io {
  /** Replaces the last progress line on a terminal; says milestones only elsewhere. */
  progress(message: string): void;
  /** One line that stays. */
  say(message: string): void;
  readonly interactive: boolean;
  readonly signal: AbortSignal;
}

/** Progress and remarks go to stderr; a terminal gets a line that renews itself. */
export function terminalIo(options: { readonly quiet: boolean; readonly signal: AbortSignal }): Io {
  const tty = process.stderr.isTTY === true && !options.quiet;
  let open = false;
  const clear = () => {
    if (open) process.stderr.write('\r\u001b[2K');
    open = false;
  };
  return {
    progress(message) {
      if (!tty) return;
      process.stderr.write(`\r\u001b[2K${message.slice(0, (process.stderr.columns ?? 80) - 1)}`);
      open = true;
    },
    say(message) {
      clear();
      if (!options.quiet) process.stderr.write(`${message}\n`);
    },
    interactive: process.stdin.isTTY === true && process.stdout.isTTY === true && !options.quiet,
    signal: options.signal,
  };
}
