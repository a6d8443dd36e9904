import { performance } from 'node:perf_hooks'

const everyMilliseconds = 10_000
const restMilliseconds = 10 * 60_000
const megabyte = 2 ** 20

/** `busy`: the share of the time since the last look in which this process worked, 0 to 1; `unused`: bytes of heap held for nothing; `since`: milliseconds since the last sweep. */
export interface Moment { readonly busy: number; readonly unused: number; readonly since: number }

/** Whether to give memory back now: when hardly anything happens, a good deal is held for nothing, and it was not done just before. */
export const worthSweeping = ({ busy, unused, since }: Moment): boolean => busy < 0.03 && unused > 32 * megabyte && since > restMilliseconds

/**
 * Gives back to the machine what a burst of work left behind. V8 lets its nursery grow under load, which keeps pauses short,
 * and never shrinks it in a process at rest. The sweep itself takes up to half a second. Needs node's `--expose-gc`.
 */
export function sweepWhenQuiet(): { stop(): void } {
  const collect = globalThis.gc
  if (!collect) return { stop: () => undefined }
  let swept = -Infinity
  let before = performance.eventLoopUtilization()
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization()
    const { heapTotal, heapUsed } = process.memoryUsage()
    const moment = { busy: performance.eventLoopUtilization(now, before).utilization, unused: heapTotal - heapUsed, since: performance.now() - swept }
    before = now
    if (!worthSweeping(moment)) return
    collect({ execution: 'sync', flavor: 'last-resort' })
    swept = performance.now()
  }, everyMilliseconds)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
