import type { Hello } from '../protocol.ts'
import type { Session } from '../session.ts'
import type { Keep } from '../keep.ts'
import type { Words } from '../words/words.ts'
import { carriedOf } from './carried.ts'
import { icon, icons, make, say, set } from './dom.ts'

interface Given { readonly words: Words; readonly session: Session; readonly keep: Keep; announce(text: string): void; sent(): void }

const touch = (): boolean => matchMedia('(pointer: coarse)').matches

/** Where the visitor writes, with the files that go along. */
export function composerOf({ words, session, keep, announce, sent }: Given) {
  let textMax = 4000
  const field = make('textarea', { rows: 1, placeholder: words.writeHere, 'aria-label': words.write, 'aria-describedby': 'trouble', enterkeyhint: touch() ? 'enter' : 'send' })
  const trouble = make('p', { id: 'trouble', class: 'trouble', role: 'alert' })
  const files = carriedOf({ words, session, announce, complain: (text) => complain(text), changed: () => fit(), left: () => field.focus() })
  const picker = make('input', { type: 'file', multiple: true, hidden: true, tabindex: -1, 'aria-hidden': 'true', onchange: () => { files.add([...picker.files ?? []]); picker.value = '' } })
  const attach = make('button', { type: 'button', class: 'round', 'aria-label': words.attach, title: words.attach, onclick: () => picker.click() }, [icon(icons.attach)])
  const send = make('button', { type: 'submit', class: 'round go', 'aria-label': words.send, title: words.send }, [icon(icons.send)])
  const form = make('form', { class: 'write', novalidate: true, onsubmit: (event: Event) => { event.preventDefault(); go() } }, [trouble, files.node, make('div', { class: 'row' }, [attach, picker, field, send])])

  const over = (): number => [...field.value.trim()].length - textMax
  const fit = (): void => {
    // Set by script, which no content policy forbids.
    field.style.height = 'auto'
    field.style.height = `${Math.min(field.scrollHeight + 2, 140)}px`
    send.toggleAttribute('data-ready', field.value.trim() !== '' || files.count() > 0)
  }
  const complain = (text: string): void => say(trouble, text)
  const typed = (): void => {
    fit()
    keep.keepDraft(field.value)
    complain(over() > 0 ? words.tooLong(over()) : '')
    if (field.value.trim()) session.writing()
  }
  const go = (): void => {
    const text = field.value.trim()
    if (over() > 0 || (!text && files.count() === 0)) return field.focus()
    const brought = files.take()
    if (!brought) return complain(words.waitForFiles)
    field.value = ''
    keep.keepDraft('')
    fit()
    complain('')
    void session.say(text, brought)
    sent()
    field.focus()
  }

  field.addEventListener('input', typed)
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && !touch()) { event.preventDefault(); go() }
  })
  field.addEventListener('paste', (event) => {
    const pasted = [...event.clipboardData?.files ?? []]
    if (pasted.length > 0) { event.preventDefault(); files.add(pasted) }
  })
  field.value = keep.draft()
  return {
    form, field, add: files.add, fit,
    allow: (hello: Hello) => { files.allow(hello.files); textMax = hello.textMax; set(picker, { accept: hello.files.accept }) },
  }
}
