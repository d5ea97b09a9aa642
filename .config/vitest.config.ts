import { defineConfig } from 'vitest/config';

const conditions = ['holdfast-source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'packages/*/test/**/*.test.ts', 'examples/**/*.test.ts'],
    root: new URL('..', import.meta.url).pathname,
    setupFiles: ['.config/vitest.setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    sequence: { hooks: 'list' },
  },
});
