/**
 * What Holdfast costs, measured on what users run (it is built first): calls against the minimum, records a second and
 * memory on each sandbox at 1,000, 10,000 and 100,000 accounts; what share of each tier's daily limit that is; scoring
 * two million activities; the start of a sandbox; the import of core. `npm run bench [-- 1000 10000]`, or one part:
 * `npm run bench -- score`, `-- start`; and `-- retention [cox ...]`: the models beside their peers, from source.
 */
import { spawnSync } from 'node:child_process';
import { benchCrm } from './bench-crm.ts';
import { benchRetention } from './bench-retention.ts';
import { benchScore } from './bench-score.ts';
import { importCost } from './import-cost.ts';
import { sandboxStart } from './start-sandbox.ts';

const args = process.argv.slice(2);
const sizes = args.map(Number).filter((size) => size > 0);
const wants = (part: string) => args.every((arg) => arg.startsWith('--')) || args.includes(part);
const at = (path: string) => new URL(path, import.meta.url).pathname;
const say = (text: string) => process.stdout.write(`${text}\n`);

if (args[0] === 'retention') {
  benchRetention(args.slice(1));
  process.exit(0);
}
if (!args.includes('--no-build')) {
  const built = spawnSync(process.execPath, [at('../../../.config/build.ts')], { stdio: 'inherit' });
  if (built.status !== 0) process.exit(1);
}
say('Everything below runs from dist, as built for users; the sandboxes serve from processes of their own.');

if (wants('start')) {
  say(`\nimport of @holdfast/core: ${importCost(at('../../core/dist/index.js')).toFixed(0)} ms (median of 15 pairs)`);
  for (const crm of ['hubspot', 'salesforce'] as const) {
    const ms = await sandboxStart(crm);
    say(`sandbox ${crm} with the demo book (2,000 accounts) listens after ${ms.toFixed(0)} ms (median of 5)`);
  }
}
for (const crm of ['hubspot', 'salesforce'] as const) {
  for (const accounts of wants('crm') ? [1_000, 10_000, 100_000] : sizes) await benchCrm(crm, accounts);
}
if (wants('score')) await benchScore(100_000, 2_000_000);
