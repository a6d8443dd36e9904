import { createHash } from 'node:crypto'

/** The cookies of one session; kept while this program runs, and got anew by the bot password afterwards. */
export class Jar {
  readonly #cookies = new Map<string, string>()
  get empty(): boolean { return this.#cookies.size === 0 }
  get header(): Readonly<Record<string, string>> { return this.empty ? {} : { cookie: Array.from(this.#cookies, ([name, value]) => `${name}=${value}`).join('; ') } }
  keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [, name, value = ''] = /^\s*([^=;\s]+)=([^;]*)/.exec(line) ?? []
      if (name === undefined) continue
      if (value === '' || value === 'deleted' || /;\s*max-age=0\b/i.test(line)) this.#cookies.delete(name)
      else if (this.#cookies.size < 50) this.#cookies.set(name, value)
    }
  }
  clear(): void { this.#cookies.clear() }
}

const most = 500
const jars = new Map<string, Jar>()
/** One session for each account of a wiki. */
export function jarFor(door: { readonly api?: string | undefined; readonly user: string; readonly password: string }): Jar {
  const name = createHash('sha256').update(JSON.stringify([door.api, door.user, door.password])).digest('base64url')
  const jar = jars.get(name) ?? new Jar()
  jars.delete(name)
  jars.set(name, jar)
  if (jars.size > most) jars.delete(jars.keys().next().value!)
  return jar
}
