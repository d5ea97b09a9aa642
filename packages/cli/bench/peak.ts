/** Loaded before the command (`--import`): on exit says the peak resident size and the largest heap after a forced collection. */
import { writeFileSync } from 'node:fs';

let heap = 0;
const sample = () => {
  globalThis.gc?.();
  heap = Math.max(heap, process.memoryUsage().heapUsed);
};
setInterval(sample, 1000).unref();
process.on('exit', () => {
  sample();
  const file = process.env['HOLDFAST_BENCH_PEAK'];
  if (file)
    writeFileSync(file, JSON.stringify({ rssMb: process.resourceUsage().maxRSS / 1024, heapMb: heap / 1_048_576 }));
});
