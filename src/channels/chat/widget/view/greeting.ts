import type { Greeting, Hello } from '../protocol.ts'
import type { Words } from '../words/words.ts'
import { face, icon, icons, make } from './dom.ts'

interface Given { readonly words: Words; readonly lang: string; readonly hello: Hello; readonly greeting: Greeting; answer(): void; dismiss(): void }

/** A word to somebody who has not written: beside the button, taking neither focus nor room. */
export function greetingOf({ words, lang, hello, greeting, answer, dismiss }: Given): HTMLElement {
  const first = hello.faces[0]
  return make('section', { class: 'greeting', lang, 'aria-label': words.greeting }, [
    make('p', { class: 'who' }, first ? [face(first.name, first.picture), first.name] : [hello.name]),
    make('p', { role: 'status' }, [greeting.text]),
    make('button', { type: 'button', class: 'solid', onclick: answer }, [words.answer]),
    make('button', { type: 'button', class: 'round', 'aria-label': words.dismiss, title: words.dismiss, onclick: dismiss }, [icon(icons.close)]),
  ])
}
