import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/global-setup.ts'],
    setupFiles: ['test/seeds.ts'],
    // Each file has a database of its own: two at once on two cores.
    maxWorkers: 2,
    // Modules are loaded and compiled once a worker, which halves the work; no test may leave a module changed.
    isolate: false,
    // A fifth of a test's time went into collecting what was made a moment before.
    execArgv: ['--max-semi-space-size=64'],
    testTimeout: 180_000,
    hookTimeout: 400_000,
    coverage: {
      provider: 'v8',
      // What a mistake would cost most: imports, rights, small counts kept from the public, vintages.
      include: [
        'src/imports/**',
        'src/access/**',
        'src/pure/access/**',
        'src/io/database/{acting,request-roles}.ts',
        'src/io/http/{identity,rate-limits}.ts',
        'src/pure/disclosure/**',
        'src/publications/**',
        'src/io/database/publication.ts',
        'src/figures/published-queries.ts',
        'src/pure/figures/{vintage,quarterly-vintages}.ts',
      ],
      reporter: ['text-summary', 'text'],
      thresholds: { branches: 100 },
    },
    env: { TZ: 'Europe/Paris' },
  },
})
