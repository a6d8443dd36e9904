import type { ChatFile, Hello } from '../protocol.ts'
import { Refused } from '../server.ts'
import type { Session } from '../session.ts'
import type { Words } from '../words/words.ts'
import { icon, icons, make } from './dom.ts'

interface Given { readonly words: Words; readonly session: Session; announce(text: string): void; complain(text: string): void; changed(): void; left(): void }
interface Carried { readonly file: File; readonly node: HTMLElement; readonly stop: AbortController; done: ChatFile | undefined }

/** The files that go with the next message: each is sent at once, and the message when all have arrived. */
export function carriedOf({ words, session, announce, complain, changed, left }: Given) {
  let limits: Hello['files'] = { maxBytes: 10_000_000, maxPerMessage: 6, accept: '' }
  let carried: Carried[] = []
  const node = make('ul', { class: 'carried', hidden: true })
  const settle = (now: Carried[]): void => { carried = now; node.hidden = now.length === 0; changed() }
  const remove = (one: Carried): void => { one.stop.abort(); one.node.remove(); settle(carried.filter((other) => other !== one)); left() }

  const failed = (one: Carried, bar: HTMLElement, error: unknown): void => {
    if (one.stop.signal.aborted) return
    const passing = error instanceof Refused && error.passing
    if (passing) bar.replaceWith(make('button', { type: 'button', class: 'plain', onclick: () => void bring(one) }, [words.again]))
    else remove(one)
    complain(error instanceof Refused && error.message ? `${one.file.name}: ${error.message}` : words.fileFailed(one.file.name))
  }
  const bring = async (one: Carried): Promise<void> => {
    const bar = make('progress', { max: 1, value: 0, 'aria-label': words.uploading(one.file.name) })
    const off = make('button', { type: 'button', class: 'plain', 'aria-label': words.removeFile(one.file.name), onclick: () => remove(one) }, [icon(icons.close)])
    one.node.replaceChildren(make('span', {}, [one.file.name]), bar, off)
    try {
      one.done = await session.keepFile(one.file, { signal: one.stop.signal, progress: (part) => { bar.value = part } })
      bar.remove()
      complain('')
      announce(words.added(one.file.name))
    } catch (error) { failed(one, bar, error) }
  }
  return {
    node, count: () => carried.length, allow: (given: Hello['files']) => { limits = given },
    add: (files: readonly File[]): void => {
      for (const file of files) {
        if (carried.length >= limits.maxPerMessage) { complain(words.tooManyFiles(limits.maxPerMessage)); break }
        if (file.size > limits.maxBytes) { complain(words.fileTooLarge(file.name, words.bytes(limits.maxBytes))); continue }
        const one: Carried = { file, node: make('li'), stop: new AbortController(), done: undefined }
        node.append(one.node)
        settle([...carried, one])
        void bring(one)
      }
    },
    /** What arrived, once all has; undefined while something is on its way. */
    take: (): readonly ChatFile[] | undefined => {
      const brought = carried.flatMap((one) => (one.done ? [one.done] : []))
      if (brought.length < carried.length) return undefined
      node.replaceChildren()
      settle([])
      return brought
    },
  }
}
