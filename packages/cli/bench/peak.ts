/** Loaded before the measured script (`--import`): on exit says the peak resident size and the heap after a forced collection. */
import { writeFileSync } from 'node:fs';

let heap = 0;
const sample = () => {
  globalThis.gc?.();
  heap = Math.max(heap, process.memoryUsage().heapUsed);
};
// a collection a second would also keep the resident size down: the two are measured in runs of their own
if (process.env['HOLDFAST_BENCH_SAMPLE']) setInterval(sample, 1000).unref();
process.on('exit', () => {
  sample();
  const file = process.env['HOLDFAST_BENCH_PEAK'];
  if (file)
    writeFileSync(file, JSON.stringify({ rssMb: process.resourceUsage().maxRSS / 1024, heapMb: heap / 1_048_576 }));
});
