import { Hono } from 'hono'
import { html } from 'hono/html'
import type { HouseEnv } from '#kit/http.ts'
import { isLang, type Lang } from '#kit/lang.ts'
import { EVERY } from '#db/database.ts'
import type { House } from '../house.ts'
import { workspaceById } from '../workspaces/store.ts'
import { consentBehind, withdrawConsent } from './consents.ts'

const texts = {
  en: { title: 'Take it back?', said: 'On {date} you agreed to this:', button: 'I no longer agree', gone: 'Taken back.', goneSays: 'From now on this does not happen any more. You need to do nothing else.' },
  el: { title: 'Ανάκληση;', said: 'Στις {date} συμφωνήσατε με αυτό:', button: 'Δεν συμφωνώ πια', gone: 'Ανακλήθηκε.', goneSays: 'Από εδώ και πέρα δεν θα ξανασυμβεί. Δεν χρειάζεται να κάνετε τίποτε άλλο.' },
} as const satisfies Record<Lang, unknown>

const page = (lang: Lang, title: string, inside: unknown) => html`<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title><style>:root{color-scheme:light dark}body{font:18px/1.55 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 20px}
button{font:inherit;padding:.5em 1em;border-radius:8px;border:1px solid;cursor:pointer}blockquote{margin:1em 0;padding-inline-start:1em;border-inline-start:3px solid}</style></head><body>${inside}</body></html>`

/**
 * One click takes a consent back. A mail program posts here by itself (RFC 8058); whoever opens the address in a browser
 * is shown the words and a button, so that a scanner of links takes nothing back.
 */
export const consentPages = (house: House) => {
  const behind = (token: string) => consentBehind(house.database, house.hosts.secret('consents'), token)
  const headers = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'" }
  return new Hono<HouseEnv>()
    .get('/consent/:token', async (c) => {
      const row = await behind(c.req.param('token'))
      const lang = isLang(row.lang) ? row.lang : c.get('lang')
      const zone = (await house.database.read(EVERY, (db) => workspaceById(db, row.workspaceId)))?.zone ?? 'UTC'
      const date = new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: zone }).format(row.givenAt)
      const text = texts[lang]
      if (row.withdrawnAt !== null) return c.html(page(lang, text.gone, html`<h1>${text.gone}</h1><p>${text.goneSays}</p>`), 200, headers)
      return c.html(page(lang, text.title, html`<h1>${text.title}</h1><p>${text.said.replace('{date}', date)}</p><blockquote>${row.words}</blockquote><form method="post"><button>${text.button}</button></form>`), 200, headers)
    })
    .post('/consent/:token', async (c) => {
      const row = await behind(c.req.param('token'))
      await house.database.write(row.workspaceId, (tx) => withdrawConsent(tx, { id: row.id, by: 'link', at: house.now() }))
      const lang = isLang(row.lang) ? row.lang : c.get('lang')
      return c.html(page(lang, texts[lang].gone, html`<h1>${texts[lang].gone}</h1><p>${texts[lang].goneSays}</p>`), 200, headers)
    })
}
