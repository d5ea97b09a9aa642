import { expect } from 'vitest';

// The sandbox's own tests play strangers who write what they like; everybody else's writes are witnessed.
if (expect.getState().testPath?.includes('/packages/sandbox/')) delete process.env['HOLDFAST_SANDBOX_WITNESS'];
