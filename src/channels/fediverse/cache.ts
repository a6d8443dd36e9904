import type pg from 'pg'
import type { KvKey, KvStore, KvStoreSetOptions } from '@fedify/fedify'
import type { Json } from '#kit/json.ts'

interface Row { readonly value: unknown }

/** Fedify's memory on our own pool. Everything in it may be forgotten. */
export class PgCache implements KvStore {
  readonly #pool: pg.Pool
  constructor(pool: pg.Pool) { this.#pool = pool }

  async get<T = unknown>(key: KvKey): Promise<T | undefined> {
    const { rows } = await this.#pool.query<Row>('select value from fediverse_cache where key = $1 and (expires is null or expires > now())', [key])
    return rows[0]?.value as T | undefined
  }
  async set(key: KvKey, value: unknown, options?: KvStoreSetOptions): Promise<void> {
    await this.keep(key, value as Json, options?.ttl === undefined ? null : options.ttl.total('second'))
  }
  async keep(key: KvKey, value: Json, seconds: number | null): Promise<void> {
    await this.#pool.query(`insert into fediverse_cache (key, value, expires) values ($1, $2, now() + make_interval(secs => $3))
      on conflict (key) do update set value = excluded.value, expires = excluded.expires`, [key, JSON.stringify(value), seconds])
  }
  async delete(key: KvKey): Promise<void> {
    await this.#pool.query('delete from fediverse_cache where key = $1', [key])
  }
  async cas(key: KvKey, expected: unknown, next: unknown, options?: KvStoreSetOptions): Promise<boolean> {
    const seconds = options?.ttl === undefined ? null : options.ttl.total('second')
    const { rowCount } = expected === undefined
      ? await this.#pool.query(`insert into fediverse_cache (key, value, expires) values ($1, $2, now() + make_interval(secs => $3))
          on conflict (key) do update set value = excluded.value, expires = excluded.expires where fediverse_cache.expires <= now()`, [key, JSON.stringify(next), seconds])
      : await this.#pool.query('update fediverse_cache set value = $2, expires = now() + make_interval(secs => $3) where key = $1 and value = $4::jsonb',
          [key, JSON.stringify(next), seconds, JSON.stringify(expected)])
    return rowCount === 1
  }
  async *list(prefix?: KvKey): AsyncIterable<{ key: KvKey; value: unknown }> {
    const { rows } = await this.#pool.query<Row & { key: string[] }>(`select key, value from fediverse_cache
      where key[1:cardinality($1::text[])] = $1::text[] and (expires is null or expires > now()) order by key`, [prefix ?? []])
    for (const row of rows) yield { key: row.key as unknown as KvKey, value: row.value }
  }
  async forgetExpired(): Promise<void> { await this.#pool.query('delete from fediverse_cache where expires <= now()') }
}
