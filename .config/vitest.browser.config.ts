import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

/** Core's own tests in Chromium: the library uses no Node API. */
export default defineConfig({
  resolve: { conditions: ['holdfast-source', 'module', 'browser', 'development|production'] },
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['packages/core/src/**/*.test.ts'],
    exclude: ['**/*.node.test.ts'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: {
          executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
          args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
          ],
        },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
