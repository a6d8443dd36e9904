import { percentile } from './percentile.ts'

/** Keeps how long things of a kind took, while it runs. */
export function stopwatch() {
  const took = new Map<string, number[]>()
  let running = false
  const sorted = (kinds: readonly string[]): number[] => kinds.flatMap((kind) => took.get(kind) ?? []).toSorted((a, b) => a - b)
  const short = (value: number): number => Math.round(value * 10) / 10
  return {
    begin: () => { running = true }, end: () => { running = false },
    async timed<T>(kind: string, work: () => Promise<T>): Promise<T> {
      const [start, counts] = [performance.now(), running]
      const result = await work()
      if (counts) took.set(kind, [...took.get(kind) ?? [], performance.now() - start])
      return result
    },
    ratio: (ours: readonly string[], theirs: readonly string[]): number => Math.round(percentile(sorted(ours), 0.95) / percentile(sorted(theirs), 0.95) * 100) / 100,
    figures: (): Record<string, number> => Object.fromEntries([...took.keys()].toSorted().flatMap((kind) => {
      const times = sorted([kind])
      return [[`${kind} times`, times.length], [`${kind} median ms`, short(percentile(times, 0.5))], [`${kind} p95 ms`, short(percentile(times, 0.95))], [`${kind} p99 ms`, short(percentile(times, 0.99))]]
    })),
  }
}
export type Stopwatch = ReturnType<typeof stopwatch>
