import { beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '#ui/api.ts'
import type { Backup } from './backup.ts'
import { Saver, type Around } from './saver.ts'
import type { Post } from '../calls.ts'
import { blank, wordsOf, type Words } from './writing.ts'

const page = blank('en', [], null)
const rye: Words = { ...page, text: 'Rye on Monday' }
const stored = (words: Words, version: number): Post => ({
  ...wordsOf(words), warning: words.warning ?? '', id: 'rye', version, authorId: 'maria', author: { id: 'maria', name: 'Maria' }, state: 'draft', wallTime: null, zone: null, dueAt: null, publishedAt: null,
  createdAt: '2026-11-23T08:00:00Z', updatedAt: '2026-11-23T09:00:00Z', publications: [], warnings: [], openThreads: 0, staying: [], againOf: null, proposal: null, wordsBy: null, wordsAt: null,
  approval: { mode: 'none', linksCount: false, state: 'none', counting: 0, wanted: 1, mayGoOut: true, writers: [], steps: [] },
})

/** A server with one post and a browser with one shelf. */
function around(more: Partial<Around> = {}) {
  const shelf = new Map<string, Backup>()
  const server = { post: undefined as Post | undefined }
  const world: Around = {
    create: async (words) => (server.post = stored(words, 1)),
    save: async (_, words, version) => {
      if (version !== server.post?.version) throw new Problem(409, { code: 'changed_meanwhile' })
      return (server.post = stored(words, version + 1))
    },
    read: async () => server.post!,
    kept: (id) => shelf.get(id), keep: (id, backup) => shelf.set(id, backup), forget: (id) => shelf.delete(id), onSaved: () => undefined, ...more,
  }
  return { world, shelf, server }
}
beforeEach(() => { vi.useFakeTimers(); return () => vi.useRealTimers() })

test('a page on which nothing was written makes nothing on the server', async () => {
  const { world, server } = around()
  expect(await new Saver(world, page).settled()).toBeUndefined()
  expect(server.post).toBeUndefined()
})

test('the first words make a post, the next are saved over it, and the browser forgets what the server has', async () => {
  const { world, server, shelf } = around()
  const saver = new Saver(world, page)
  saver.write({ text: 'Rye' })
  expect(shelf.size).toBe(1)
  await vi.advanceTimersByTimeAsync(700)
  saver.write({ text: 'Rye on Monday' })
  expect(await saver.settled()).toMatchObject({ id: 'rye', version: 2 })
  expect(server.post?.text).toBe('Rye on Monday')
  expect(shelf.size).toBe(0)
})

test('what was typed while a save was on its way is saved as well before anything is published', async () => {
  const { world, server } = around()
  const saver = new Saver(world, page)
  saver.write({ text: 'Rye' })
  const settled = saver.settled()
  saver.write({ text: 'Rye on Monday' })
  await settled
  expect(server.post?.text).toBe('Rye on Monday')
})

test('while the server is out of reach the browser keeps the words, and saving goes on by itself', async () => {
  let isUp = false
  const { world, server, shelf } = around()
  const saver = new Saver({ ...world, create: (words, id) => (isUp ? world.create(words, id) : Promise.reject(new Problem(0, { code: 'unreached' }))) }, page)
  saver.write({ text: 'Rye' })
  await vi.advanceTimersByTimeAsync(700)
  expect(saver.look().state.is).toBe('here')
  expect(shelf.get('new')?.words.text).toBe('Rye')
  isUp = true
  await vi.advanceTimersByTimeAsync(4100)
  expect(server.post?.text).toBe('Rye')
  expect(saver.look().state.is).toBe('saved')
})

test('a save from another tab is shown, never written over unasked, and either can be kept', async () => {
  for (const keepMine of [true, false]) {
    const { world, server } = around()
    server.post = stored(rye, 1)
    const saver = new Saver(world, wordsOf(server.post), server.post)
    server.post = stored({ ...rye, text: 'Theirs' }, 2)
    saver.write({ text: 'Mine' })
    await vi.advanceTimersByTimeAsync(700)
    expect(saver.look().theirs?.text).toBe('Theirs')
    expect(server.post.text).toBe('Theirs')
    saver.resolve(keepMine)
    await saver.settled()
    expect(saver.look().words.text).toBe(keepMine ? 'Mine' : 'Theirs')
    expect(server.post.text).toBe(keepMine ? 'Mine' : 'Theirs')
  }
})

test('words that survived a crash in the browser are offered, and only when the page does not show them', () => {
  const { world, shelf } = around()
  shelf.set('new', { words: rye, at: '2026-11-23T10:00:00Z', version: 0 })
  const saver = new Saver(world, page)
  expect(saver.look().backup?.words.text).toBe('Rye on Monday')
  saver.takeBackup()
  expect(saver.look()).toMatchObject({ words: { text: 'Rye on Monday' }, backup: undefined })
  shelf.set('rye', { words: rye, at: '2026-11-23T10:00:00Z', version: 1 })
  expect(new Saver(world, rye, stored(rye, 1)).look().backup).toBeUndefined()
})

test('a page that begins again after a lost answer begins with the same name', async () => {
  const names: string[] = []
  const { world, server } = around()
  const saver = new Saver({ ...world, create: async (words, id) => { names.push(id); if (names.length === 1) throw new Problem(0, { code: 'unreached' }); return (server.post = stored(words, 1)) } }, page)
  saver.write({ text: 'Rye' })
  await vi.advanceTimersByTimeAsync(5000)
  expect(names).toHaveLength(2)
  expect(new Set(names).size).toBe(1)
})

test('an earlier version brought back takes the page, and nothing of the browser stands against it', () => {
  const { world, shelf } = around()
  const saver = new Saver(world, rye, stored(rye, 1))
  saver.write({ text: 'Rye on Tuesday' })
  saver.adopt(stored({ ...rye, text: 'Rye on Sunday' }, 2))
  expect(saver.look().words.text).toBe('Rye on Sunday')
  expect(shelf.size).toBe(0)
})
