import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../failure.ts';

/** Writes files by their path under a folder; refuses, before anything is written, where a file of somebody else's lies. */
export function writeSourceFiles(files: Readonly<Record<string, string>>, folder: string): void {
  const foreign = Object.keys(files).find((path) => isForeign(join(folder, path)));
  if (foreign !== undefined)
    throw new UserError(
      'not-ours',
      `${join(folder, foreign)} is there already and is not Holdfast's: give a folder of its own, such as \`--out holdfast-fields\`.`,
    );
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** Every file of ours names Holdfast; one of an earlier release may be written over. */
function isForeign(file: string): boolean {
  return existsSync(file) && !/holdfast/i.test(readFileSync(file, 'utf8'));
}
