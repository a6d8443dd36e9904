import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

// Run by run.ts inside a ground; `npm test` has its own configuration and does not see these.
export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  test: { include: ['test/peers/*/journeys.ts'], pool: 'forks', fileParallelism: false, testTimeout: 90_000, hookTimeout: 180_000, sequence: { concurrent: false } },
})
