/** Writes the generated pages of docs/ from their one source; `--check` fails when they are stale. */
import { readFileSync, writeFileSync } from 'node:fs';
import { generatedPages } from './docs/pages.ts';

const root = new URL('..', import.meta.url).pathname;
const check = process.argv.includes('--check');
let stale = 0;
for (const [path, text] of Object.entries(await generatedPages())) {
  const file = `${root}docs/${path}`;
  let found = '';
  try {
    found = readFileSync(file, 'utf8');
  } catch {
    // not written yet: stale
  }
  if (found === text) continue;
  stale += 1;
  if (check) process.stdout.write(`docs/${path} is stale: run \`pnpm docs\`\n`);
  else writeFileSync(file, text);
}
process.exit(check && stale > 0 ? 1 : 0);
