import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from '../workspace/open-workspace.ts';
import { type GrowingFile, growingFile } from './growing-file.ts';

/** One cell of `features.csv`; `null` is an empty one. */
type FeatureCell = string | number | boolean | null;

/** The JSON files of a run, without those that grow line by line. */
type RunFile = 'run' | 'plan' | 'introductions' | 'accuracy-card' | 'accuracy-names' | 'forecast';

/** What a run leaves for a person to open. */
export interface RunFolder {
  readonly path: string;
  /** Writes `NAME.json`: lists at the top level have one entry a line. */
  readonly writeJson: (name: RunFile, value: object) => void;
  /** Writes a text for people, such as `accuracy-card.md`; answers its path. */
  readonly writeText: (name: string, text: string) => string;
  /** Starts `features.csv` with its header; complete once closed. */
  readonly startFeatures: (columns: readonly string[]) => {
    readonly add: (cells: readonly FeatureCell[]) => void;
    readonly close: () => void;
  };
  /** Starts `scores.json`; each account is a line of it, the rest is added when it is closed. */
  readonly startScores: () => {
    readonly add: (line: object) => void;
    readonly close: (rest: object) => void;
  };
  /** Adds one line to `results.ndjson`. */
  readonly addResult: (value: unknown) => void;
}

/** Makes `runs/ID` in the workspace, readable by its owner only. */
export function createRunFolder(workspace: Workspace, runId: string): RunFolder {
  const path = join(workspace.runsFolder, runId.replaceAll(/[^\w.-]/g, '_'));
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return {
    path,
    writeJson: (name, value) => {
      const file = growingFile(join(path, `${name}.json`));
      file.write('{');
      writeFields(file, value, '\n');
      file.write('\n}\n');
      file.close();
    },
    writeText: (name, text) => {
      const file = join(path, name);
      writeFileSync(file, text, { mode: 0o600 });
      return file;
    },
    startFeatures: (columns) => {
      const file = growingFile(join(path, 'features.csv'));
      const add = (cells: readonly FeatureCell[]) => file.write(`${cells.map(csvCell).join(',')}\n`);
      add(columns);
      return { add, close: file.close };
    },
    startScores: () => {
      const file = growingFile(join(path, 'scores.json'));
      file.write('{\n"lines": [');
      const list = listIn(file);
      return {
        add: list.add,
        close: (rest) => {
          list.close();
          writeFields(file, rest, ',\n');
          file.write('\n}\n');
          file.close();
        },
      };
    },
    addResult: (value) => appendFileSync(join(path, 'results.ndjson'), `${JSON.stringify(value)}\n`, { mode: 0o600 }),
  };
}

/** Piece by piece: the text of a plan of 100,000 writes is larger than anything else in memory. */
function writeFields(file: GrowingFile, value: object, before: string): void {
  let separator = before;
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined) continue;
    file.write(`${separator}${JSON.stringify(name)}: `);
    separator = ',\n';
    if (!Array.isArray(field)) {
      file.write(JSON.stringify(field));
      continue;
    }
    file.write('[');
    const list = listIn(file);
    for (const entry of field) list.add(entry);
    list.close();
  }
}

function listIn(file: GrowingFile) {
  let separator = '\n';
  return {
    add: (entry: object) => {
      file.write(separator + JSON.stringify(entry));
      separator = ',\n';
    },
    close: () => file.write(separator === '\n' ? ']' : '\n]'),
  };
}

function csvCell(value: FeatureCell): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
