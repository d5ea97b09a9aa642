#!/usr/bin/env node
/** Entry of the `holdfast` command. Nothing else is imported before the Node version is known to suffice. */
import { nodeTooOld } from './node-version.ts';

// a reader that has seen enough (`holdfast score | head`) is no failure
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const refusal = nodeTooOld(process.versions.node);
if (refusal === null) {
  // a sandbox keeps what it makes: a small space would only copy it twice
  if (!['demo', 'sandbox'].includes(process.argv[2] ?? '')) (await import('./small-heap.ts')).keepHeapSmall();
  const { runProgram } = await import('./program.ts');
  process.exitCode = await runProgram(process.argv.slice(2));
} else {
  process.stderr.write(`${refusal}\n`);
  process.exitCode = 2;
}
