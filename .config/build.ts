/** Builds every package in the order of their needs: ESM, CommonJS and types for both. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const order = ['core', 'testkit', 'sandbox', 'hubspot', 'salesforce', 'workflows', 'cli'];
const wanted = process.argv.slice(2);
const root = new URL('..', import.meta.url).pathname;

interface PackageJson {
  readonly bin?: Record<string, string>;
  readonly exports: Record<string, { readonly 'holdfast-source'?: string } | string>;
}

/** Output name -> source, read from the package's own exports so that nothing is said twice. */
function entries(json: PackageJson): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [path, target] of Object.entries(json.exports)) {
    const source = typeof target === 'string' ? undefined : target['holdfast-source'];
    if (source) found[path === '.' ? 'index' : path.slice(2)] = source.slice(2);
  }
  if (json.bin) found['main'] = 'src/main.ts';
  return found;
}

for (const name of order) {
  const folder = `packages/${name}`;
  if ((wanted.length > 0 && !wanted.includes(name)) || !existsSync(`${root}${folder}/package.json`)) continue;
  const json = JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8')) as PackageJson;
  const entry = Object.entries(entries(json)).map(([key, file]) => `--entry.${key}=${file}`);
  const formats = json.bin ? ['--format', 'esm'] : ['--format', 'esm,cjs', '--dts'];
  const done = spawnSync(
    'tsup',
    [
      ...entry,
      ...formats,
      '--out-dir',
      'dist',
      '--clean',
      '--target',
      'node22',
      '--tsconfig',
      '../../.config/tsconfig.build.json',
      '--silent',
    ],
    { cwd: `${root}${folder}`, stdio: 'inherit' },
  );
  if (done.status !== 0) process.exit(done.status ?? 1);
  process.stderr.write(`built ${folder}\n`);
}
