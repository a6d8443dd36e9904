import { readFileSync } from 'node:fs'
import { groundHere } from './here.ts'

/** One request as the front saw it; `body` is empty when it was larger than 1 MiB. */
export interface Seen {
  readonly at: number; readonly host: string; readonly method: string; readonly path: string; readonly status: number
  readonly agent: string; readonly key: string; readonly body: string
}

/** Everything that went to a host, oldest first, as nginx wrote it down. */
export function seenAt(host: string, matching: Partial<Pick<Seen, 'method' | 'status'>> & { readonly path?: string | RegExp } = {}): readonly Seen[] {
  const { method, status, path } = matching
  const fits = (seen: Seen) => seen.host === host && (method === undefined || seen.method === method) && (status === undefined || seen.status === status)
    && (path === undefined || (typeof path === 'string' ? seen.path === path : path.test(seen.path)))
  return readFileSync(groundHere().accessLog, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Seen).filter(fits)
}
