import { hc, type ClientResponse } from 'hono/client'
import type { Hono } from 'hono'
import type { HouseEnv } from '#kit/http.ts'

/** A refusal of the server, in the reader's language, as RFC 9457 carries it. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly field: string | undefined
  /** What else the refusal carries: findings of a check, gaps of a brief, who holds a claim. */
  readonly extra: Readonly<Record<string, unknown>>
  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    const text = (key: string) => (typeof body[key] === 'string' ? body[key] : '')
    super(text('detail') || text('title') || `HTTP ${status}`)
    this.status = status
    this.code = text('code') || 'internal'
    this.title = text('title')
    this.detail = text('detail')
    this.field = text('field') || undefined
    this.extra = body
  }
}

export const base = '/api/v1'

const asProblem = async (answer: Response): Promise<Problem> => {
  const body: unknown = await answer.json().catch(() => ({}))
  return new Problem(answer.status, typeof body === 'object' && body !== null ? { ...body } : {})
}

/** The server could not be reached at all; nothing was decided. */
export const unreached = (): Problem => new Problem(0, { code: 'unreached' })

async function guarded(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const headers = new Headers(init?.headers)
  headers.set('accept-language', document.documentElement.lang || 'en')
  let answer: Response
  try {
    answer = await fetch(input, { ...init, headers, credentials: 'same-origin' })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw unreached()
  }
  if (!answer.ok) throw await asProblem(answer)
  return answer
}

/** Typed calls to the routes of one room: `const api = client<PostsApi>()`, with `import type` of the room's routes. */
export const client = <Api extends Hono<HouseEnv, never, string> | Hono<HouseEnv, {}, string>>() => hc<Api>(base, { fetch: guarded })

type Said<R> = R extends ClientResponse<infer Body, number, string> ? Body : never

/** The body of a call, or a thrown `Problem`. Calls that answer with nothing give `undefined`. */
export async function take<R extends ClientResponse<unknown>>(asked: Promise<R>): Promise<Said<R>> {
  const answer = await asked
  const text = await answer.text()
  return (text === '' ? undefined : JSON.parse(text)) as Said<R>
}

/** Sends a file and tells how far it is: `fetch` knows no progress. */
function upload<T>(path: string, body: FormData | File, onPart?: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', base + path)
    request.setRequestHeader('accept-language', document.documentElement.lang || 'en')
    if (body instanceof File) request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = (event) => { if (event.lengthComputable) onPart?.(event.loaded / event.total) }
    request.onerror = () => reject(unreached())
    request.onload = () => {
      const answer = parsed(request.responseText)
      if (request.status >= 200 && request.status < 300) resolve(answer as T)
      else reject(new Problem(request.status, typeof answer === 'object' && answer !== null ? { ...answer } : {}))
    }
    request.send(body)
  })
}
/** Sends a form with files in it. */
export const sendForm = <T>(path: string, form: FormData, onPart?: (share: number) => void): Promise<T> => upload(path, form, onPart)
/** Sends one file as it is, its name in the address: the server can take it in while it comes. */
export const sendFile = <T>(path: string, file: File, onPart?: (share: number) => void): Promise<T> => upload(`${path}?name=${encodeURIComponent(file.name)}`, file, onPart)

/** Sends a part of a file as it is, to where it belongs in an upload that goes on. */
export async function sendPart<T>(path: string, bytes: Blob, headers: Readonly<Record<string, string>>): Promise<T> {
  const answer = await guarded(base + path, { method: 'PATCH', body: bytes, headers: { 'content-type': 'application/octet-stream', ...headers } })
  return await answer.json() as T
}

function parsed(text: string): unknown {
  try { return JSON.parse(text) } catch { return undefined }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
/** A call by address, for the few places where the typed client has no shape for it. */
export async function ask<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const answer = await guarded(base + path, body === undefined ? { method } : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  const text = await answer.text()
  return (text === '' ? undefined : JSON.parse(text)) as T
}
