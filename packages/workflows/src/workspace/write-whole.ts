import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file anew, readable by its owner only: whoever is killed leaves the old one or the new one, whole. */
export function writeWhole(file: string, text: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, file);
}
