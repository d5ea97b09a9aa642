import { closeSync, openSync, writeSync } from 'node:fs';

/** A file that grows piece by piece and is complete once it is closed. */
export interface GrowingFile {
  readonly write: (text: string) => void;
  readonly close: () => void;
}

/** Characters that are gathered before the system is asked to write them. */
const GATHERED = 65_536;
/** Bytes that a character takes at most. */
const WIDEST = 3;

/** Starts a file over, readable by its owner only. */
export function growingFile(path: string): GrowingFile {
  const file = openSync(path, 'w', 0o600);
  // one buffer for all: each new one would stay until the next collection
  let room = Buffer.allocUnsafeSlow(2 * GATHERED);
  let pieces: string[] = [];
  let length = 0;
  const flush = () => {
    if (room.length < length * WIDEST) room = Buffer.allocUnsafeSlow(length * WIDEST);
    const end = room.write(pieces.join(''));
    for (let at = 0; at < end; ) at += writeSync(file, room, at, end - at);
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
