import { newId } from '#kit/id.ts'
import { Problem } from '#ui/api.ts'
import type { Backup } from './backup.ts'
import type { Post } from '../calls.ts'
import { isBlankPage, same, wordsOf, type Words } from './writing.ts'

export type SaveState = { readonly is: 'never' | 'saving' | 'here' } | { readonly is: 'saved'; readonly at: string } | { readonly is: 'failed'; readonly why: string }
/** What the page shows of its own saving. `theirs` was saved elsewhere meanwhile; `backup` was kept by this browser. */
export interface Shown { readonly words: Words; readonly state: SaveState; readonly theirs?: Post | undefined; readonly backup?: Backup | undefined }
export interface Stored { readonly id: string; readonly version: number; readonly words: Words }

/** What a saver needs of the world; a test lends its own. */
export interface Around {
  /** `id` is the page's own, made here: a repeat after a lost answer begins no second post. */
  create(words: Words, id: string): Promise<Post>
  save(id: string, words: Words, version: number): Promise<Post>
  read(id: string): Promise<Post>
  kept(id: string): Backup | undefined
  keep(id: string, backup: Backup): void
  forget(id: string): void
  onSaved(post: Post, isFirst: boolean): void
}
const fresh = 'new'
const pauseMs = 600
const againMs = 4000

/**
 * A post that saves itself: made on the server with the first words, then saved over its version.
 * Each key is kept by the browser until the server has it; somebody else's save is never written over unasked.
 */
export class Saver {
  #shown: Shown
  #stored: Stored | undefined
  #running: Promise<void> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #own = newId()
  readonly #listeners = new Set<() => void>()
  readonly #around: Around

  constructor(around: Around, start: Words, from?: Post) {
    this.#around = around
    this.#stored = from && { id: from.id, version: from.version, words: wordsOf(from) }
    const backup = around.kept(from?.id ?? fresh)
    this.#shown = { words: start, state: from ? { is: 'saved', at: from.updatedAt } : { is: 'never' }, backup: isNews(backup, start, from) ? backup : undefined }
  }

  readonly look = (): Shown => this.#shown
  readonly subscribe = (listener: () => void): (() => void) => { this.#listeners.add(listener); return () => this.#listeners.delete(listener) }

  readonly write = (change: Partial<Words> | ((before: Words) => Partial<Words>)): void => {
    const words = { ...this.#shown.words, ...(typeof change === 'function' ? change(this.#shown.words) : change) }
    this.#show({ words, backup: undefined })
    this.#around.keep(this.#id, { words, at: new Date().toISOString(), version: this.#stored?.version ?? 0 })
    this.#pushIn(pauseMs)
  }

  /** The post as the server has it after a last save; undefined for a page on which nothing was written. */
  readonly settled = async (): Promise<Stored | undefined> => { await this.push(); return this.#stored }

  /** One save at a time, until the server has the newest words. */
  readonly push = (): Promise<void> => {
    clearTimeout(this.#timer)
    this.#running ??= this.#pushAll().finally(() => { this.#running = undefined })
    return this.#running
  }

  readonly leave = (): void => { void this.push().catch(() => undefined) }
  readonly takeBackup = (): void => { if (this.#shown.backup) this.write(this.#shown.backup.words) }
  readonly dropBackup = (): void => { this.#around.forget(this.#id); this.#show({ backup: undefined }) }

  /** Ends a conflict: our words over theirs, or theirs on the page. */
  readonly resolve = (keepMine: boolean): void => {
    const { theirs } = this.#shown
    if (!theirs) return
    this.#stored = { id: theirs.id, version: theirs.version, words: wordsOf(theirs) }
    this.#show({ theirs: undefined })
    if (keepMine) return this.write({})
    this.#around.forget(theirs.id)
    this.#show({ words: wordsOf(theirs), state: { is: 'saved', at: theirs.updatedAt } })
  }

  /** Takes over what the server made of the post itself: an earlier version brought back. */
  readonly adopt = (post: Post): void => {
    this.#stored = { id: post.id, version: post.version, words: wordsOf(post) }
    this.#around.forget(post.id)
    this.#show({ words: wordsOf(post), theirs: undefined, state: { is: 'saved', at: post.updatedAt } })
  }

  get #id(): string { return this.#stored?.id ?? fresh }
  get #isOld(): boolean { return this.#stored ? !same(this.#shown.words, this.#stored.words) : !isBlankPage(this.#shown.words) }

  #show(change: Partial<Shown>): void {
    this.#shown = { ...this.#shown, ...change }
    for (const listener of this.#listeners) listener()
  }
  #pushIn(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.leave, ms)
  }
  async #pushAll(): Promise<void> {
    while (this.#isOld && !this.#shown.theirs) await this.#pushOnce()
  }
  async #pushOnce(): Promise<void> {
    const { words } = this.#shown
    this.#show({ state: { is: 'saving' } })
    try {
      const known = this.#stored
      this.#took(known ? await this.#around.save(known.id, words, known.version) : await this.#around.create(words, this.#own), words)
    } catch (error) {
      await this.#failed(error)
      throw error
    }
  }
  #took(post: Post, sent: Words): void {
    const isFirst = this.#stored === undefined
    this.#stored = { id: post.id, version: post.version, words: sent }
    if (isFirst) this.#around.forget(fresh)
    if (same(this.#shown.words, sent)) this.#around.forget(post.id)
    this.#show({ state: { is: 'saved', at: post.updatedAt } })
    this.#around.onSaved(post, isFirst)
  }
  async #failed(error: unknown): Promise<void> {
    if (error instanceof Problem && error.code === 'changed_meanwhile' && this.#stored) return this.#show({ state: { is: 'never' }, theirs: await this.#around.read(this.#stored.id) })
    if (error instanceof Problem && error.status >= 400 && error.status < 500) return this.#show({ state: { is: 'failed', why: error.detail || error.title } })
    this.#show({ state: { is: 'here' } })
    this.#pushIn(againMs)
  }
}

/** What the browser kept is offered only when it is not what the page shows anyway. */
function isNews(backup: Backup | undefined, start: Words, from: Post | undefined): boolean {
  if (!backup || isBlankPage(backup.words) || same(backup.words, from ? wordsOf(from) : start)) return false
  return !from || Date.parse(backup.at) >= Date.parse(from.updatedAt) || backup.version >= from.version
}
