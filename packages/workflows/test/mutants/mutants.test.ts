import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { liveThroughMutant } from './live-through.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const patches = readdirSync(folder).filter((file) => file.endsWith('.patch'));

describe('known bad strategies of reading and writing', () => {
  it.each(patches)('the simulation catches %s', async (patch) => {
    const { lived, failing } = await liveThroughMutant(`${folder}${patch}`, 0, 5_000);
    expect(failing, `${patch} survived ${lived} seeds`).not.toBeNull();
    console.log(`${patch}: first failing seed ${failing?.seed} (${failing?.violations[0]})`);
  });
});
