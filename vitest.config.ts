import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const workers = Math.max(1, Math.min(4, availableParallelism()))
const browsers = { fileParallelism: false, testTimeout: 120_000, hookTimeout: 120_000 }
// A channel's or pillar's own test file is the contract suite and its own cases; so are the examples in docs (bin/check-docs.mjs).
const contracts = ['src/{channels,pillars}/*/index.test.ts', '.cache/docs/**/*.test.ts']

export default defineConfig({
  test: {
    // One PostgreSQL for the whole run; each test file copies its own database from the migrated template.
    globalSetup: ['test/cluster.ts'],
    pool: 'forks',
    maxWorkers: workers,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubGlobals: true,
    unstubEnvs: true,
    projects: [
      { extends: true, test: { name: 'unit', include: ['src/**/*.test.{ts,tsx}', 'db/**/*.test.ts', 'bin/**/*.test.ts'], exclude: ['src/**/*.browser.test.ts', ...contracts] } },
      { extends: true, test: { name: 'contracts', include: [...contracts, 'test/**/*.test.ts'] } },
      { extends: true, test: { name: 'browser', include: ['src/**/*.browser.test.ts'], ...browsers } },
      { extends: true, test: { name: 'journeys', include: ['test/journeys/**/*.spec.ts'], ...browsers, testTimeout: 300_000 } },
    ],
  },
})
