import { appendFileSync } from 'node:fs';
import type { Emulator } from './emulator.ts';

/**
 * Where `HOLDFAST_SANDBOX_WITNESS` names a file, everything that requests over HTTP change in any sandbox is appended
 * to it, one JSON object a line: so that a whole test run can be held against what may be written at all.
 */
export function witness(emulator: Emulator): () => void {
  const file = process.env['HOLDFAST_SANDBOX_WITNESS'];
  if (!file) return () => {};
  let seen = emulator.journal.length;
  return () => {
    const lines: string[] = [];
    for (; seen < emulator.journal.length; seen += 1) {
      const entry = emulator.journal[seen];
      if (entry?.by !== 'api') continue;
      const { action, object, field, id } = entry;
      lines.push(`${JSON.stringify({ crm: emulator.crm, action, object, field, id })}\n`);
    }
    if (lines.length > 0) appendFileSync(file, lines.join(''));
  };
}
