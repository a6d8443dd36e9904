import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from './api.ts'
import { makeSaver } from './saver.ts'

function memory(kept: Record<string, string> = {}) {
  return { kept, getItem: (key: string) => kept[key] ?? null, setItem: (key: string, text: string) => { kept[key] = text }, removeItem: (key: string) => { delete kept[key] } }
}
const key = 'brief'
beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

test('saves once when the typing rests, and forgets what the browser kept', async () => {
  const storage = memory()
  const save = vi.fn(async (_value: string, version: number) => ({ version: version + 1 }))
  const saver = makeSaver({ key, value: '', version: 1, save, storage })
  saver.change('ψ')
  saver.change('ψωμί')
  expect(storage.kept[key]).toContain('ψωμί')
  await vi.advanceTimersByTimeAsync(800)
  expect(save.mock.calls).toEqual([['ψωμί', 1]])
  expect(saver.get()).toMatchObject({ state: 'saved', version: 2 })
  expect(storage.kept).toEqual({})
})

test('what is typed while saving goes out next, on the new version', async () => {
  const answers: ((answer: { version: number }) => void)[] = []
  const save = vi.fn(() => new Promise<{ version: number }>((answer) => { answers.push(answer) }))
  const saver = makeSaver<string>({ key, value: '', version: 1, save, storage: memory() })
  saver.change('bread')
  await vi.advanceTimersByTimeAsync(800)
  saver.change('bread and olives')
  answers[0]!({ version: 2 })
  await vi.advanceTimersByTimeAsync(800)
  expect(save.mock.calls).toEqual([['bread', 1], ['bread and olives', 2]])
})

test('tries again when the server does not answer', async () => {
  const save = vi.fn<(value: string, version: number) => Promise<{ version: number }>>().mockRejectedValueOnce(new Problem(0, { code: 'unreached' })).mockResolvedValue({ version: 2 })
  const saver = makeSaver({ key, value: '', version: 1, save, storage: memory() })
  saver.change('ψωμί')
  await vi.advanceTimersByTimeAsync(800)
  expect(saver.get().state).toBe('failed')
  await vi.advanceTimersByTimeAsync(5000)
  expect(saver.get().state).toBe('saved')
})

test('does not write over somebody else’s change until a person says so', async () => {
  const save = vi.fn<(value: string, version: number) => Promise<{ version: number }>>().mockRejectedValueOnce(new Problem(409, { code: 'changed_meanwhile' })).mockResolvedValue({ version: 6 })
  const saver = makeSaver({ key, value: '', version: 1, save, storage: memory() })
  saver.change('ours')
  await vi.advanceTimersByTimeAsync(800)
  saver.change('ours, longer')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(save).toHaveBeenCalledTimes(1)
  expect(saver.get()).toMatchObject({ state: 'conflict', value: 'ours, longer' })
  saver.overwrite(5)
  await vi.advanceTimersByTimeAsync(10)
  expect(save).toHaveBeenLastCalledWith('ours, longer', 5)
  expect(saver.get()).toMatchObject({ state: 'saved', version: 6 })
})

test('sends after a crash what the browser had kept', async () => {
  const save = vi.fn(async (_value: string, version: number) => ({ version: version + 1 }))
  const saver = makeSaver({ key, value: '', version: 1, save, storage: memory({ [key]: JSON.stringify({ value: 'half a sent', version: 1 }) }) })
  expect(saver.get().value).toBe('half a sent')
  await vi.advanceTimersByTimeAsync(10)
  expect(save).toHaveBeenCalledWith('half a sent', 1)
})

test('takes over what others changed only while nothing of ours waits', () => {
  const saver = makeSaver({ key, value: 'a', version: 1, save: async () => ({ version: 9 }), storage: memory() })
  saver.adopt('b', 2)
  expect(saver.get()).toMatchObject({ value: 'b', version: 2 })
  saver.change('c')
  saver.adopt('d', 3)
  expect(saver.get().value).toBe('c')
  saver.stop()
})
