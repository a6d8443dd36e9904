import type { Hello } from '../protocol.ts'
import type { Words } from '../words/words.ts'
import { face, icon, icons, make, say } from './dom.ts'

/** Who is here, by face and name, and how long an answer takes; or that nobody is. */
export function headerOf(words: Words, close: () => void) {
  const title = make('h2', { id: 'title' })
  const who = make('p', { class: 'here' })
  const wait = make('p', { class: 'wait' })
  const faces = make('div', { class: 'faces' })
  const closing = make('button', { type: 'button', class: 'round', 'aria-label': words.close, title: words.close, onclick: close }, [icon(icons.close)])
  const node = make('header', {}, [faces, make('div', {}, [title, who, wait]), closing])
  return {
    node, closing,
    show: (hello: Hello) => {
      const names = hello.faces.map((one) => one.name)
      say(title, hello.name)
      say(who, !hello.open ? words.away : names.length === 0 ? '' : names.length > 3 ? words.hereMore(names.slice(0, 2), names.length - 2) : words.here(names))
      say(wait, hello.open && hello.waitMinutes !== null ? words.wait(hello.waitMinutes) : '')
      faces.replaceChildren(...(hello.open ? hello.faces.slice(0, 3).map((one) => face(one.name, one.picture)) : []))
    },
  }
}
