interface Waiting<T> { readonly one: T; readonly done: () => void; readonly failed: (error: unknown) => void }

/**
 * Work that is cheaper for many: what comes while a batch is underway goes with the next. A batch that fails is done again
 * one by one. `first`, if it gives anything, is waited for before each batch.
 */
export function gathered<T>(work: (all: readonly T[]) => Promise<void>, { most, first }: { readonly most: number; readonly first?: () => Promise<void> | undefined }): (one: T) => Promise<void> {
  let waiting: Waiting<T>[] = []
  let running = false
  const flush = async (batch: readonly Waiting<T>[]): Promise<void> => {
    try { await work(batch.map(({ one }) => one)) } catch (error) {
      if (batch.length === 1) return batch[0]!.failed(error)
      for (const each of batch) await flush([each])
      return
    }
    for (const { done } of batch) done()
  }
  const run = async (): Promise<void> => {
    running = true
    // What is ready in the same moment goes together.
    await new Promise<void>((next) => { setImmediate(next) })
    while (waiting.length > 0) {
      await first?.()
      const batch = waiting.slice(0, most); waiting = waiting.slice(most)
      await flush(batch)
    }
    running = false
  }
  return (one) => new Promise((done, failed) => { waiting.push({ one, done, failed }); if (!running) void run() })
}
