import { describe, it } from 'vitest';
import { acquireForConformance, STORE_CASES } from '../../src/store/store-conformance.ts';
import { createMemoryStore } from './memory-store.ts';

describe('the store of the simulation keeps the rules of the real one', () => {
  it.each(STORE_CASES.filter((demand) => !demand.slices))('$title', async ({ run }) => {
    const store = createMemoryStore();
    await acquireForConformance(store);
    await run(store, async () => store);
  });
});
