import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/global-setup.ts'],
    // Each file has a database of its own: two at once on two cores.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: [
        'src/imports/**',
        'src/access/**',
        'src/disclosure/**',
        'src/vintages/**',
        'src/pure/figures/vintage.ts',
      ],
      reporter: ['text-summary', 'text'],
    },
    env: { TZ: 'Europe/Paris' },
  },
})
