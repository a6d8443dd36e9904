import type { Lang } from '#kit/lang.ts'
import type { ChatFile, Hello, Line, Saying, Standing, Transcript } from './protocol.ts'
import { streamReader, type Told } from './stream.ts'

/** `code` is empty when the server could not be reached at all; `again` in milliseconds, when it said how long to wait. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: string
  readonly status: number
  readonly again: number | undefined
  constructor(given: { readonly code?: string; readonly status?: number; readonly detail?: string; readonly again?: number | undefined }) {
    super(given.detail ?? '')
    this.code = given.code ?? ''
    this.status = given.status ?? 0
    this.again = given.again
  }
  /** Whether the same thing may be taken later. */
  get passing(): boolean { return this.status === 0 || this.status === 429 || this.status >= 500 }
}

export interface Place { readonly base: string; readonly key: string; lang: Lang | undefined }
export interface Server {
  hello(): Promise<Hello>
  visitor(given: { readonly token: string | null; readonly identity: string | null }): Promise<{ readonly token: string; readonly verified: boolean }>
  say(token: string, saying: Saying): Promise<Line>
  transcript(token: string, cursor: number): Promise<Transcript>
  /** Resolves when the stream ends; `alive` is called for every byte that comes. */
  listen(token: string, given: { readonly cursor: number; readonly signal: AbortSignal; readonly tell: (told: Told) => void; readonly alive: () => void }): Promise<void>
  read(token: string, seq: number): Promise<void>
  typing(token: string): Promise<void>
  keep(token: string, given: { readonly file: File; readonly signal: AbortSignal; readonly progress: (part: number) => void }): Promise<ChatFile>
  email(token: string, email: string): Promise<{ readonly email: string }>
  rate(token: string, given: { readonly score: number; readonly text?: string }): Promise<{ readonly state: Standing }>
}

interface Ask { readonly method?: string; readonly token?: string | null; readonly body?: object; readonly signal?: AbortSignal; readonly accept?: string }

export function serverAt(place: Place): Server {
  const headers = (token?: string | null) => ({ ...(place.lang ? { 'accept-language': place.lang } : {}), ...(token ? { authorization: `Bearer ${token}` } : {}) })
  const at = (path: string): string => `${place.base}${place.key}/${path}`
  const reach = async (path: string, { method, token, body, signal }: Ask): Promise<Response> => {
    const given = { method: method ?? (body ? 'POST' : 'GET'), headers: { ...headers(token), ...(body ? { 'content-type': 'application/json' } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}) }
    const answer = await fetch(at(path), { ...given, signal: signal ?? AbortSignal.timeout(20_000), credentials: 'omit', referrerPolicy: 'no-referrer' })
      .catch(() => { throw new Refused({}) })
    if (!answer.ok) throw refusal(answer.status, await answer.text().catch(() => ''), answer.headers.get('retry-after'))
    return answer
  }
  const ask = async <T>(path: string, given: Ask): Promise<T> => await (await reach(path, given)).json().catch(() => { throw new Refused({}) }) as T
  const tell = async (path: string, given: Ask): Promise<void> => { await reach(path, given) }
  return {
    hello: () => ask(`hello?${new URLSearchParams({ ...(place.lang ? { lang: place.lang } : {}), page: location.href })}`, {}),
    visitor: ({ token, identity }) => ask('visitors', { token, body: { ...(identity ? { identity } : {}), ...(place.lang ? { lang: place.lang } : {}) } }),
    say: async (token, { clientId, text, files, page }) => (await ask<{ line: Line }>('messages', {
      token, body: { clientId, text, ...(files.length ? { files: files.map((file) => file.id) } : {}), page, ...(place.lang ? { lang: place.lang } : {}) },
    })).line,
    transcript: (token, cursor) => ask(`transcript?cursor=${cursor}&limit=100`, { token }),
    listen: async (token, { cursor, signal, tell: hear, alive }) => {
      const { body } = await reach(`stream?cursor=${cursor}`, { token, signal })
      const reader = body!.pipeThrough(new TextDecoderStream()).getReader()
      const read = streamReader(hear)
      for (let got = await reader.read(); !got.done; got = await reader.read()) { alive(); read(got.value) }
    },
    read: (token, seq) => tell('read', { token, body: { seq } }),
    typing: (token) => tell('typing', { token, body: {} }),
    keep: (token, given) => upload(at(`files?name=${encodeURIComponent(given.file.name)}`), headers(token), given),
    email: (token, email) => ask('email', { token, body: { email } }),
    rate: (token, given) => ask('csat', { token, body: given }),
  }
}

function refusal(status: number, text: string, retryAfter: string | null): Refused {
  const said = ((): { code?: string; detail?: string } => { try { return JSON.parse(text) as object } catch { return {} } })()
  return new Refused({ status, ...said, again: Number(retryAfter) > 0 ? Number(retryAfter) * 1000 : undefined })
}

/** Only the older way of asking tells how much has gone. */
function upload(url: string, headers: object, { file, signal, progress }: Parameters<Server['keep']>[1]): Promise<ChatFile> {
  return new Promise((done, fail) => {
    const asked = new XMLHttpRequest()
    asked.open('POST', url)
    for (const [name, value] of Object.entries({ ...headers, 'content-type': 'application/octet-stream' })) asked.setRequestHeader(name, String(value))
    asked.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0)
    asked.onload = () => (asked.status === 201 ? done(JSON.parse(asked.responseText) as ChatFile) : fail(refusal(asked.status, asked.responseText, null)))
    asked.onerror = () => fail(new Refused({}))
    signal.addEventListener('abort', () => { asked.abort(); fail(new Refused({})) })
    asked.send(file)
  })
}
