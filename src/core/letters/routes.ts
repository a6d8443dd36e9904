import { Hono } from 'hono'
import type { HouseEnv } from '#kit/http.ts'
import type { Lang } from '#kit/lang.ts'
import { escapeHtml } from '#text/html/escape.ts'
import type { House } from '../house.ts'
import { openStop, stop, type Stopping } from './stop.ts'

const words = {
  en: {
    title: 'No more of these?', asks: (about: string) => `You get e-mails about “${about}”. Press the button and no more will come about it.`, button: 'Stop these e-mails',
    done: 'Done', stopped: 'No more e-mails about this will come.',
  },
  el: {
    title: 'Να μη λαμβάνετε άλλα;', asks: (about: string) => `Λαμβάνετε e-mail για το «${about}». Πατήστε το κουμπί και δεν θα έρθουν άλλα γι’ αυτό.`, button: 'Διακοπή αυτών των e-mail',
    done: 'Έγινε', stopped: 'Δεν θα λάβετε άλλα e-mail γι’ αυτό.',
  },
} as const

const look = `:root{color-scheme:light dark;--paper:#faf7f2;--ink:#221f1b;--deep:#7a3b12}@media(prefers-color-scheme:dark){:root{--paper:#1b1917;--ink:#f1ece4;--deep:#e9b27c}}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 system-ui,sans-serif}main{max-width:32rem;margin:0 auto;padding:3rem 1.25rem}h1{font-size:1.5rem;line-height:1.25}
button{font:inherit;min-height:2.75rem;padding:.5rem 1.25rem;border:0;border-radius:.5rem;background:var(--deep);color:var(--paper);cursor:pointer}button:focus-visible{outline:3px solid var(--ink);outline-offset:2px}`
const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", 'x-content-type-options': 'nosniff' }

const page = (lang: Lang, { site, title, body }: { readonly site: string; readonly title: string; readonly body: string }): string =>
  `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${escapeHtml(title)} · ${escapeHtml(site)}</title><style>${look}</style><main><p>${escapeHtml(site)}</p><h1>${escapeHtml(title)}</h1>${body}</main></html>`

function asking({ lang, subject, site }: Stopping): string {
  const say = words[lang]
  return page(lang, { site, title: say.title, body: `<p>${escapeHtml(say.asks(subject))}</p><form method="post"><button>${say.button}</button></form>` })
}
const done = ({ lang, site }: Stopping): string => page(lang, { site, title: words[lang].done, body: `<p>${words[lang].stopped}</p>` })

/** The link under each letter. Opening it changes nothing, for scanners of mail open links; the button, or the mail program's own (RFC 8058), does. */
export const letterRoutes = (house: House) => new Hono<HouseEnv>()
  .get('/letters/stop/:token', async (c) => c.newResponse(asking(await openStop(house, c.req.param('token'))), 200, headers))
  .post('/letters/stop/:token', async (c) => c.newResponse(done(await stop(house, c.req.param('token'))), 200, headers))
