import { Hono } from 'hono'
import type { HouseEnv } from '#kit/http.ts'

export interface Readiness { readonly database: boolean; readonly worker: boolean; readonly oldestOverdueSeconds: number }
export interface Health { founded(): boolean; ready(): Promise<Readiness> }

// Longer than this and something due has been left lying.
const patience = 180

/** For whoever watches the process: alive, and ready to work. They answer before any other rule, for any host name. */
export const healthRoutes = (health: Health) => new Hono<HouseEnv>()
  .get('/healthz', (c) => c.json({ alive: true }))
  .get('/readyz', async (c) => {
    const found = await health.ready()
    const ready = found.database && found.worker && found.oldestOverdueSeconds < patience
    return c.json({ ready, ...found }, ready ? 200 : 503)
  })
