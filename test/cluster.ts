import { startTestCluster } from '#db/testing.ts'

/** Vitest calls this for each project of a run; they share one PostgreSQL, whose address the tests find in STOA_TEST_DATABASE. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['STOA_TEST_DATABASE']) return undefined
  const cluster = await startTestCluster()
  process.env['STOA_TEST_DATABASE'] = cluster.url
  return cluster.stop
}
