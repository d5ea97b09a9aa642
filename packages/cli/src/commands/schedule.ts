import { resolve } from 'node:path';
import type { RunCommand } from '../commands.ts';
import { loadModule } from '../config/connect.ts';
import { loadConfig } from '../config/load-config.ts';
import { UserError } from '../failure.ts';

/** Runs once a day, off the full hour: everybody's jobs start at the full hour. */
const DAILY = '17 5 * * 1-5';

const KINDS: Readonly<Record<string, (folder: string, variables: readonly string[]) => string>> = {
  cron: (folder, variables) =>
    [
      `# ${variables.join(', ')} must be set in the crontab's environment or in a file that only you can read.`,
      `${DAILY} cd ${quote(folder)} && npx --yes holdfast run --json >> .holdfast/schedule.log 2>&1`,
    ].join('\n'),
  github: (_folder, variables) =>
    [
      'name: Holdfast',
      'on:',
      '  schedule:',
      `    - cron: '${DAILY}'`,
      '  workflow_dispatch:',
      'permissions:',
      '  contents: read',
      'concurrency: holdfast',
      'jobs:',
      '  run:',
      '    runs-on: ubuntu-latest',
      '    steps:',
      '      - uses: actions/checkout@v4',
      '      - uses: actions/setup-node@v4',
      "        with: { node-version: '24' }",
      '      # The store keeps what was read; without it every run reads the whole book again.',
      '      - uses: actions/cache@v4',
      '        with:',
      '          path: .holdfast',
      `          key: holdfast-\${{ github.run_id }}`,
      '          restore-keys: holdfast-',
      '      - run: npx --yes holdfast run --json',
      '        env:',
      ...variables.map((name) => `          ${name}: \${{ secrets.${name} }}`),
    ].join('\n'),
  container: (folder, variables) =>
    [
      'docker run --rm \\',
      ...variables.map((name) => `  --env ${name} \\`),
      `  --volume ${quote(folder)}:/workspace --workdir /workspace \\`,
      '  node:24-slim npx --yes holdfast run --json',
    ].join('\n'),
};

/** `holdfast schedule KIND`: prints; sets nothing up. Names the variables that are set here, never their values. */
export const schedule: RunCommand = async ({ positional: [kind = ''], folder, env }) => {
  const print = KINDS[kind];
  if (!print) throw new UserError('usage', `"${kind}" is not a kind of schedule: choose cron, github or container.`, 2);
  const module = await loadModule(loadConfig(folder).crm);
  const set = module.env.filter(({ variable }) => env[variable]);
  const needed = set.length > 0 ? set : module.env.filter(({ required }) => required);
  const text = print(
    resolve(folder),
    needed.map(({ variable }) => variable),
  );
  return { exitCode: 0, json: { kind, text }, text };
};

function quote(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
