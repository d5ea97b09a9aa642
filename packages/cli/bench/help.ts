/** How long `holdfast --help` takes: median and least of 15 runs of the built command, in milliseconds. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const RUNS = 15;
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

if (!existsSync(main)) {
  process.stderr.write('There is no built command yet: run `npm run build` first.\n');
  process.exit(1);
}

const times = Array.from({ length: RUNS }, () => {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [main, '--help']);
  if (status !== 0) throw new Error(`--help ended with ${status}`);
  return performance.now() - start;
}).sort((a, b) => a - b);

const [least = 0] = times;
const median = times[Math.floor(RUNS / 2)] ?? 0;
process.stdout.write(
  `holdfast --help: median ${median.toFixed(0)} ms, least ${least.toFixed(0)} ms of ${RUNS} (limit 150 ms)\n`,
);
