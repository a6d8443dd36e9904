import type { Kept, Shelf } from './uploader.ts'

const name = 'stoa.uploads'
const store = 'files'

const asked = <T>(request: IDBRequest<T>): Promise<T> => new Promise((done, fail) => {
  request.onsuccess = () => done(request.result)
  request.onerror = () => fail(request.error ?? new Error(name))
})
function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => { request.result.createObjectStore(store, { keyPath: 'key' }) }
  return asked(request)
}
async function within<T>(mode: IDBTransactionMode, work: (files: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened()
  try { return await asked(work(database.transaction(store, mode).objectStore(store))) } finally { database.close() }
}

/** Files on their way, in the browser's own store: they survive a reload and a crash. */
export const shelf: Shelf = {
  all: async (post) => (await within<Kept[]>('readonly', (files) => files.getAll() as IDBRequest<Kept[]>).catch((): Kept[] => [])).filter((one) => one.post === post),
  keep: async (entry) => { await within('readwrite', (files) => files.put(entry)) },
  forget: async (key) => { await within('readwrite', (files) => files.delete(key)) },
}
