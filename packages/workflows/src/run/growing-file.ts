import { closeSync, openSync, writeSync } from 'node:fs';

/** A file that grows piece by piece and is complete once it is closed. */
export interface GrowingFile {
  readonly write: (text: string) => void;
  readonly close: () => void;
}

/** Characters that are gathered before the system is asked to write them. */
const GATHERED = 65_536;

/** Starts a file over, readable by its owner only. */
export function growingFile(path: string): GrowingFile {
  const file = openSync(path, 'w', 0o600);
  let pieces: string[] = [];
  let length = 0;
  const flush = () => {
    const bytes = Buffer.from(pieces.join(''));
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    pieces = [];
    length = 0;
  };
  return {
    write: (text) => {
      pieces.push(text);
      length += text.length;
      if (length >= GATHERED) flush();
    },
    close: () => {
      flush();
      closeSync(file);
    },
  };
}
