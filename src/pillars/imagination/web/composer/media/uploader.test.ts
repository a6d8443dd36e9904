import { expect, test } from 'vitest'
import { Problem } from '#ui/api.ts'
import { keptWhole, Uploader, type Kept, type Shelf, type Wire } from './uploader.ts'

interface Made { readonly id: string; readonly bytes: string }
const loaf = (text = 'a loaf, seen from above', name = 'loaf.jpg') => new File([text], name, { type: 'image/jpeg', lastModified: 1 })
const large = (name = 'kneading.mp4') => Object.defineProperty(new File(['x'], name, { type: 'video/mp4', lastModified: 7 }), 'size', { value: keptWhole + 1 })

/** A server that takes bytes by offset, a browser's shelf, and a network that may fail. */
function world({ fails = [] as unknown[] } = {}) {
  const uploads = new Map<string, { text: string; size: number }>()
  const shelf = new Map<string, Kept>()
  const made: Made[] = []
  const wire: Wire<Made> = {
    begin: async ({ size }) => { const id = `u${uploads.size + 1}`; uploads.set(id, { text: '', size }); return { id, offset: 0 } },
    look: async (id) => { const one = uploads.get(id); if (!one) throw new Problem(404, { code: 'not_found' }); return { offset: one.text.length, media: null } },
    send: async (id, offset, bytes) => {
      const one = uploads.get(id)!
      if (offset !== one.text.length) throw new Problem(409, { code: 'upload_offset' })
      const failure = fails.shift()
      if (failure !== undefined) throw failure
      one.text += await bytes.slice(0, 8).text()
      return { offset: one.text.length, media: one.text.length >= one.size ? { id, bytes: one.text } : null }
    },
    end: async (id) => { uploads.delete(id) },
  }
  const kept: Shelf = { all: async (post) => [...shelf.values()].filter((one) => one.post === post), keep: async (entry) => { shelf.set(entry.key, entry) }, forget: async (key) => { shelf.delete(key) } }
  let keys = 0
  const pauses: number[] = []
  const open = (post = 'rye') => new Uploader<Made>({ wire, shelf: kept, onMade: (one) => made.push(one), onChange: () => undefined, pause: async (ms) => { pauses.push(ms); await new Promise((done) => setTimeout(done, 1)) }, key: () => `k${++keys}`, now: () => 0 }, post)
  return { open, made, shelf, uploads, pauses }
}
const until = async (isSo: () => boolean) => { for (let turn = 0; turn < 500 && !isSo(); turn++) await new Promise((done) => setTimeout(done, 1)) }

test('a file goes up in parts and is forgotten once it is whole', async () => {
  const { open, made, shelf } = world()
  const uploader = open()
  uploader.take([loaf()], '/0')
  await until(() => made.length === 1)
  expect(made[0]?.bytes).toBe('a loaf, seen from above')
  expect(uploader.look()).toEqual([])
  expect(shelf.size).toBe(0)
})

test('after a lost network it goes on where the server stands, and waits longer each time', async () => {
  const lost = () => new Problem(0, { code: 'unreached' })
  const { open, made, pauses } = world({ fails: [undefined, lost(), new Problem(503, {}), undefined] })
  open().take([loaf()], '/0')
  await until(() => made.length === 1)
  expect(made[0]?.bytes).toBe('a loaf, seen from above')
  expect(pauses).toEqual([1000, 2000])
})

test('a reload goes on with the file the browser kept', async () => {
  const { open, made, shelf, uploads } = world()
  uploads.set('u9', { text: 'a loaf, ', size: 23 })
  shelf.set('k9', { key: 'k9', post: 'rye', place: '/0', name: 'loaf.jpg', size: 23, type: 'image/jpeg', changed: 1, uploadId: 'u9', file: loaf() })
  await open().resume()
  await until(() => made.length === 1)
  expect(made).toEqual([{ id: 'u9', bytes: 'a loaf, seen from above' }])
})

test('a file too large to keep is asked for again after a reload, and only the very same one is taken for it', async () => {
  const { open, shelf } = world({ fails: [new Problem(415, { code: 'file_type_not_allowed' }), new Problem(415, { code: 'file_type_not_allowed' }), new Problem(415, { code: 'file_type_not_allowed' })] })
  const before = open()
  before.take([large()], '/0')
  await until(() => before.look()[0]?.is === 'failed')
  expect([...shelf.values()][0]?.file).toBeUndefined()
  const after = open()
  await after.resume()
  expect(after.look()).toMatchObject([{ name: 'kneading.mp4', is: 'needs-file' }])
  after.take([large('other.mp4')], '/0')
  expect(after.look().map((one) => one.is)).toContain('needs-file')
  after.take([large()], '/0')
  expect(after.look().map((one) => one.is)).not.toContain('needs-file')
})

test('what the server refuses is said and not tried again until somebody asks', async () => {
  const refusal = new Problem(415, { code: 'file_type_not_allowed' })
  const { open, made, pauses } = world({ fails: [refusal] })
  const uploader = open()
  uploader.take([loaf()], '/0')
  await until(() => uploader.look()[0]?.is === 'failed')
  expect(uploader.look()[0]?.error).toBe(refusal)
  expect(pauses).toEqual([])
  uploader.again(uploader.look()[0]!.key)
  await until(() => made.length === 1)
  expect(made).toHaveLength(1)
})

test('an upload the server has forgotten begins anew', async () => {
  const { open, made, shelf } = world()
  shelf.set('k9', { key: 'k9', post: 'rye', place: '/0', name: 'loaf.jpg', size: 23, type: 'image/jpeg', changed: 1, uploadId: 'gone', file: loaf() })
  await open().resume()
  await until(() => made.length === 1)
  expect(made[0]).toMatchObject({ id: 'u1', bytes: 'a loaf, seen from above' })
})

test('what was taken for a page without a name follows it to its name', async () => {
  const { open, shelf, made } = world({ fails: [new Problem(503, {}), new Problem(503, {})] })
  const uploader = open('new')
  uploader.take([loaf()], '/0')
  uploader.moveTo('rye')
  await until(() => made.length === 1 || [...shelf.values()].every((one) => one.post === 'rye'))
  expect([...shelf.values()].every((one) => one.post === 'rye')).toBe(true)
})
