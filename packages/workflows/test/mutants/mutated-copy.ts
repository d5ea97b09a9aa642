import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The folder of all packages. */
export const packages = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Copies the named parts of the packages (`core/src`, `core/package.json`) to a temporary folder, applies a patch to
 * the copy, and hands over the folder of its packages; the copy is removed again. Our own packages are found in the
 * copy, all others where they are installed. Rejects when the patch does not fit.
 */
export async function withMutatedCopy<T>(
  patch: string,
  parts: readonly string[],
  work: (packages: string) => Promise<T>,
): Promise<T> {
  const copy = mkdtempSync(join(tmpdir(), 'holdfast-mutant-'));
  try {
    copySources(join(copy, 'packages'), parts);
    await run('git', ['apply', '--whitespace=nowarn', '-C1', patch], {
      cwd: copy,
      env: { ...process.env, GIT_DIR: '/nonexistent' },
    });
    return await work(join(copy, 'packages'));
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function copySources(target: string, parts: readonly string[]): void {
  for (const part of parts) {
    mkdirSync(dirname(join(target, part)), { recursive: true });
    cpSync(join(packages, part), join(target, part), { recursive: true });
  }
  const names = new Set(parts.map((part) => part.split('/')[0] ?? ''));
  for (const name of names) linkModules(target, name, names);
}

function linkModules(target: string, name: string, copied: ReadonlySet<string>): void {
  const installed = join(packages, name, 'node_modules');
  if (!existsSync(installed)) return;
  for (const module of readdirSync(installed).flatMap((entry) => modulesIn(installed, entry))) {
    const ours = module.replace('@holdfast/', '');
    const source = module !== ours && copied.has(ours) ? join(target, ours) : realpathSync(join(installed, module));
    const link = join(target, name, 'node_modules', module);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(source, link);
  }
}

function modulesIn(installed: string, entry: string): readonly string[] {
  if (entry.startsWith('.')) return [];
  if (!entry.startsWith('@')) return [entry];
  return readdirSync(join(installed, entry)).map((name) => `${entry}/${name}`);
}
