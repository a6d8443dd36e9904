import { PgBoss } from 'pg-boss'
import type { Jobs } from '#core/house.ts'

export interface JobHost { readonly boss: PgBoss; readonly jobs: Jobs; stop(): Promise<void> }
export interface Job { readonly workspaceId: string; readonly id: string }

/** pg-boss wakes the work; what there is to do, and whether it is done, stands in our own rows. */
export async function startJobs(url: string, log: (message: string, facts?: Record<string, unknown>) => void): Promise<JobHost> {
  const boss = new PgBoss({ connectionString: url, max: 3, useListenNotify: true, application_name: 'stoa jobs' })
  boss.on('error', (error) => log('a job stumbled', { error: String(error) }))
  await boss.start()
  await boss.createQueue('import', { notify: true, retryLimit: 5, retryBackoff: true, expireInSeconds: 3600 })
  return {
    boss,
    jobs: {
      send: async (tx, queue, { at, once, ...job }) => {
        await boss.send(queue, job, { ...(at ? { startAfter: at } : {}), ...(once ? { singletonKey: once } : {}), db: { executeSql: async (text, values) => await tx.client.query(text, values as unknown[]) } })
      },
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  }
}

/** Takes the jobs of a queue, several at once. */
export async function work(boss: PgBoss, queue: 'import', take: (job: Job) => Promise<void>): Promise<void> {
  await boss.work<Job>(queue, { batchSize: 20, burstWhenBatchFull: true, notifyPollingIntervalSeconds: 30 }, async (batch) => { await Promise.all(batch.map((job) => take(job.data))) })
}
