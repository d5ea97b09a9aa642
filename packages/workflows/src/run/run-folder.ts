import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from '../workspace/open-workspace.ts';

/** What a run leaves for a person to open. */
export interface RunFolder {
  readonly path: string;
  /** Writes `run.json`, `scores.json` or `plan.json`. */
  readonly writeJson: (name: 'run' | 'scores' | 'plan', value: unknown) => void;
  /** Starts `features.csv` with its header, or adds one row; `null` is an empty cell. */
  readonly addFeatures: (cells: readonly (string | number | boolean | null)[]) => void;
  /** Adds one line to `results.ndjson`. */
  readonly addResult: (value: unknown) => void;
}

/** Makes `runs/ID` in the workspace, readable by its owner only. */
export function createRunFolder(workspace: Workspace, runId: string): RunFolder {
  const path = join(workspace.runsFolder, runId.replaceAll(/[^\w.-]/g, '_'));
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const append = (name: string, line: string) => appendFileSync(join(path, name), `${line}\n`, { mode: 0o600 });
  return {
    path,
    writeJson: (name, value) =>
      writeFileSync(join(path, `${name}.json`), `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 }),
    addFeatures: (cells) => append('features.csv', cells.map(csvCell).join(',')),
    addResult: (value) => append('results.ndjson', JSON.stringify(value)),
  };
}

function csvCell(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
