import { Problem } from '#ui/api.ts'

/** A file on its way, as the browser remembers it over a reload. `file` is missing when it was too large to keep. */
export interface Kept { readonly key: string; readonly post: string; readonly place: string; readonly name: string; readonly size: number; readonly type: string; readonly changed: number; readonly uploadId?: string | undefined; readonly file?: Blob | undefined }
export type Going = 'sends' | 'waits' | 'needs-file' | 'failed'
/** One file as its line shows it. */
export interface Coming { readonly key: string; readonly place: string; readonly name: string; readonly size: number; readonly type: string; readonly sent: number; readonly is: Going; readonly error?: unknown }

export interface Wire<M> {
  begin(file: { readonly name: string; readonly size: number; readonly type: string }): Promise<{ readonly id: string; readonly offset: number }>
  look(id: string): Promise<{ readonly offset: number; readonly media: M | null }>
  send(id: string, offset: number, bytes: Blob): Promise<{ readonly offset: number; readonly media: M | null }>
  end(id: string): Promise<unknown>
}
export interface Shelf {
  all(post: string): Promise<readonly Kept[]>
  keep(entry: Kept): Promise<void>
  forget(key: string): Promise<void>
}
interface Around<M> {
  readonly wire: Wire<M>; readonly shelf: Shelf
  onMade(media: M, place: string): void
  onChange(): void
  /** Waits before the next try; ends early when the network is back. */
  pause(ms: number): Promise<void>
  key(): string
  now(): number
}

const firstPart = 256 * 1024
const largestPart = 8 * 1024 * 1024
/** Larger files are not copied into the browser's own store: after a reload they are asked for again. */
export const keptWhole = 64 * 1024 * 1024
const longestPause = 20_000

/** Takes files one after the other, in parts; goes on where it stood after a lost network, a dead server or a reload. */
export class Uploader<M> {
  #coming: readonly Coming[] = []
  #entries = new Map<string, Kept>()
  #running = false
  #post: string
  readonly #around: Around<M>
  constructor(around: Around<M>, post: string) { this.#around = around; this.#post = post }

  readonly look = (): readonly Coming[] => this.#coming

  /** What a reload interrupted goes on by itself, or asks for its file again. */
  readonly resume = async (): Promise<void> => {
    for (const entry of await this.#around.shelf.all(this.#post)) if (!this.#entries.has(entry.key)) this.#add(entry)
    void this.#run()
  }
  readonly take = (files: readonly File[], place: string): void => {
    for (const file of files) {
      const waiting = this.#coming.find((one) => one.is === 'needs-file' && this.#isSame(one.key, file))
      const entry: Kept = waiting ? { ...this.#entries.get(waiting.key)!, file } : {
        key: this.#around.key(), post: this.#post, place, name: file.name, size: file.size, type: file.type, changed: file.lastModified, file,
      }
      this.#add(entry)
      void this.#keep(entry)
    }
    void this.#run()
  }
  /** The post got its name: what was taken for the nameless page belongs to it. */
  readonly moveTo = (post: string): void => {
    this.#post = post
    for (const entry of this.#entries.values()) { const moved = { ...entry, post }; this.#entries.set(entry.key, moved); void this.#keep(moved) }
  }
  readonly again = (key: string): void => { this.#say(key, { is: 'sends', error: undefined }); void this.#run() }
  readonly drop = (key: string): void => {
    const id = this.#entries.get(key)?.uploadId
    this.#forget(key)
    if (id) void this.#around.wire.end(id).catch(() => undefined)
  }

  #isSame(key: string, file: File): boolean {
    const entry = this.#entries.get(key)
    return entry?.name === file.name && entry.size === file.size && entry.changed === file.lastModified
  }
  #add(entry: Kept): void {
    this.#entries.set(entry.key, entry)
    const line: Coming = { key: entry.key, place: entry.place, name: entry.name, size: entry.size, type: entry.type, sent: 0, is: entry.file ? 'sends' : 'needs-file' }
    this.#coming = [...this.#coming.filter((one) => one.key !== entry.key), line]
    this.#around.onChange()
  }
  #keep(entry: Kept): Promise<void> {
    const { file, ...facts } = entry
    return this.#around.shelf.keep(file && file.size <= keptWhole ? entry : facts).catch(() => undefined)
  }
  #forget(key: string): void {
    this.#entries.delete(key)
    this.#coming = this.#coming.filter((one) => one.key !== key)
    void this.#around.shelf.forget(key).catch(() => undefined)
    this.#around.onChange()
  }
  #say(key: string, change: Partial<Coming>): void {
    this.#coming = this.#coming.map((one) => (one.key === key ? { ...one, ...change } : one))
    this.#around.onChange()
  }

  async #run(): Promise<void> {
    if (this.#running) return
    this.#running = true
    for (let next = this.#next(); next; next = this.#next()) await this.#bring(next)
    this.#running = false
  }
  #next(): Kept | undefined {
    const line = this.#coming.find((one) => one.is === 'sends' || one.is === 'waits')
    return line && this.#entries.get(line.key)
  }

  async #bring(entry: Kept): Promise<void> {
    for (let tries = 0; this.#entries.has(entry.key); tries++) {
      try {
        const media = await this.#sendAll(entry.key)
        if (media === undefined) return
        this.#forget(entry.key)
        return this.#around.onMade(media, entry.place)
      } catch (error) {
        if (!mayPass(error)) return this.#say(entry.key, { is: 'failed', error })
        this.#say(entry.key, { is: 'waits' })
        await this.#around.pause(Math.min(longestPause, 1000 * 2 ** Math.min(tries, 5)))
      }
    }
  }

  /** Sends what the server does not have yet; undefined when it was called off meanwhile. */
  async #sendAll(key: string): Promise<M | undefined> {
    let { offset, media } = await this.#stand(key)
    let length = firstPart
    while (this.#entries.has(key)) {
      if (media) return media
      const { file, uploadId } = this.#entries.get(key)!
      this.#say(key, { is: 'sends', sent: offset })
      const began = this.#around.now()
      const next = await this.#around.wire.send(uploadId!, offset, file!.slice(offset, offset + length))
      if (next.media === null && next.offset <= offset) throw new Problem(502, { code: 'upload_offset' });
      ({ offset, media } = next)
      length = this.#around.now() - began < 700 ? Math.min(largestPart, length * 2) : Math.max(firstPart, Math.floor(length / 2))
    }
    return undefined
  }

  /** Where the upload stands on the server; one that it forgot begins anew. */
  async #stand(key: string): Promise<{ readonly offset: number; readonly media: M | null }> {
    const entry = this.#entries.get(key)!
    if (entry.uploadId) {
      try { return await this.#around.wire.look(entry.uploadId) } catch (error) { if (!(error instanceof Problem && error.status === 404)) throw error }
    }
    const { id, offset } = await this.#around.wire.begin({ name: entry.name, size: entry.size, type: entry.type })
    const begun = { ...this.#entries.get(key) ?? entry, uploadId: id }
    this.#entries.set(key, begun)
    await this.#keep(begun)
    return { offset, media: null }
  }
}

/** Whether trying again may help: no answer, a server in trouble, or a part that did not fit on what was there. */
const mayPass = (error: unknown): boolean =>
  error instanceof Problem && (error.status === 0 || error.status >= 500 || error.status === 429 || error.code === 'upload_offset' || error.code === 'upload_checksum')
