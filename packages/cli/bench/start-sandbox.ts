/** The time from nothing to a sandbox that listens with the demo book, as `holdfast sandbox CRM` starts it: median of 5, in ms. */
import { type ChildProcess, spawn } from 'node:child_process';
import { median } from './median.ts';

const main = new URL('../dist/main.js', import.meta.url).pathname;
const RUNS = 5;

export async function sandboxStart(crm: 'hubspot' | 'salesforce'): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await once(crm));
  return median(times);
}

async function once(crm: string): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [main, 'sandbox', crm, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await saysSomething(child);
  const took = performance.now() - start;
  child.kill('SIGINT');
  await new Promise((resolve) => child.once('close', resolve));
  return took;
}

async function saysSomething(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
  });
}
