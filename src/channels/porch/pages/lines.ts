import { html, raw } from 'hono/html'

/** Plain text with its line breaks. */
export const lines = (text: string) => text.split('\n').map((line, place) => html`${place > 0 ? raw('<br>') : ''}${line}`)
