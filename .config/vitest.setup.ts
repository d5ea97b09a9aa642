import { expect } from 'vitest';

// The sandbox's own tests play strangers who write what they like, and mutants write what they must not; everybody
// else's writes are witnessed.
if (/\/packages\/sandbox\/|\/mutants\//.test(expect.getState().testPath ?? '')) {
  delete process.env['HOLDFAST_SANDBOX_WITNESS'];
}
