import type { Conversation } from '../conversation.ts'
import { Refused } from '../server.ts'
import type { Session } from '../session.ts'
import type { Words } from '../words/words.ts'
import { make, say } from './dom.ts'

interface Given { readonly words: Words; readonly session: Session; announce(text: string): void }

/** Offers to go on by e-mail, once something was said and where the server can. */
export function emailAside({ words, session, announce }: Given) {
  let changing = false
  let shown = ''
  const node = make('div', { class: 'aside', hidden: true })
  const trouble = make('p', { class: 'trouble', role: 'alert', id: 'email-trouble' })
  const field = make('input', { type: 'email', autocomplete: 'email', inputmode: 'email', id: 'email', 'aria-describedby': 'email-why email-trouble', placeholder: 'maria@example.com' })
  const leave = async (address: string): Promise<void> => {
    say(trouble, '')
    try {
      await session.email(address)
      changing = false
      announce(address ? words.emailKept(address) : words.emailStopped)
      show(session.now(), true)
    } catch (error) { say(trouble, error instanceof Refused && error.message ? error.message : words.offline); field.focus() }
  }
  const asking = (): Node => make('form', { novalidate: true, onsubmit: (event: Event) => { event.preventDefault(); void leave(field.value.trim()) } }, [
    make('p', { id: 'email-why' }, [words.emailWhy]), make('label', { for: 'email' }, [words.email]),
    make('div', { class: 'row' }, [field, make('button', { type: 'submit', class: 'solid' }, [words.emailSend])]), trouble,
  ])
  const kept = (address: string): Node => make('p', {}, [
    words.emailKept(address), ' ',
    make('button', { type: 'button', class: 'plain', onclick: () => { changing = true; field.value = address; show(session.now(), true); field.focus() } }, [words.emailChange]), ' ',
    make('button', { type: 'button', class: 'plain', onclick: () => void leave('') }, [words.emailStop]),
  ])
  const show = (now: Conversation, possible: boolean): void => {
    const address = now.standing?.email ?? ''
    node.hidden = !possible || !now.lines.some((line) => line.from === 'visitor')
    const wanted = address && !changing ? address : '?'
    if (node.hidden || shown === wanted) return
    shown = wanted
    node.replaceChildren(wanted === '?' ? asking() : kept(address))
  }
  return { node, show }
}

const quiet = 180_000

/** Asks how it was once it has been answered: by a line at the end, which opens by itself when the talk has fallen silent. */
export function rateAside({ words, session, announce }: Given) {
  let later = 0
  let thanked = 0
  const trouble = make('p', { class: 'trouble', role: 'alert' })
  const more = make('textarea', { rows: 2, maxlength: 1000, id: 'rate-more' })
  const rest = make('div', { hidden: true }, [
    make('label', { for: 'rate-more' }, [`${words.rateWhy} (${words.optional})`]), more, make('button', { type: 'submit', class: 'solid' }, [words.rateSend]),
  ])
  const scores = words.stars.map((star, place) => make('label', {}, [
    make('input', { type: 'radio', name: 'score', value: place + 1, onchange: () => { rest.hidden = false } }), make('span', {}, [String(place + 1)]), make('small', {}, [star]),
  ]))
  const give = async (): Promise<void> => {
    const score = Number(new FormData(form).get('score'))
    try {
      await session.rate(score, more.value.trim())
      thanked = session.now().cursor
      announce(words.rated)
      show(session.now())
    } catch (error) { say(trouble, error instanceof Refused && error.message ? error.message : words.offline) }
  }
  const putOff = (): void => { later = session.now().cursor; show(session.now()) }
  const form = make('form', { hidden: true, onsubmit: (event: Event) => { event.preventDefault(); void give() } }, [
    make('fieldset', {}, [make('legend', {}, [words.rate]), make('div', { class: 'scores' }, scores)]), rest, trouble,
    make('button', { type: 'button', class: 'plain', onclick: putOff }, [words.rateLater]),
  ])
  const open = (): void => { form.hidden = false; ask.hidden = true }
  const ask = make('button', { type: 'button', class: 'plain', onclick: () => { open(); form.querySelector('input')?.focus() } }, [words.rate])
  const thanks = make('p', { hidden: true }, [words.rated])
  const node = make('div', { class: 'aside', hidden: true }, [ask, form, thanks])
  const show = (now: Conversation): void => {
    const last = now.lines.at(-1)
    const asked = now.standing?.canRate === true && last?.from === 'team' && now.unsent.length === 0
    thanks.hidden = thanked === 0 || thanked !== now.cursor
    node.hidden = !(asked || !thanks.hidden)
    if (!asked) { form.hidden = true; ask.hidden = true; return }
    if (form.hidden) ask.hidden = false
    if (later === now.cursor) { form.hidden = true; ask.hidden = false } else if (Date.now() - Date.parse(last.at) > quiet) open()
  }
  return { node, show }
}
