import { resolve } from 'node:path'
import { z } from 'zod'

/** Everything Stoa takes from its environment, checked; made once and passed along. */
export interface Config {
  /** Where people reach this Stoa, without a trailing slash; undefined: http://<host>:<port>. */
  readonly origin: string | undefined
  readonly host: string
  readonly port: number
  readonly dataDir: string
  /** The operator's own PostgreSQL, 15 or later; undefined: the embedded one under dataDir. */
  readonly databaseUrl: string | undefined
  /** Proxies in front whose X-Forwarded-For is believed, counted from this server outward. */
  readonly trustedHops: number
  /** Lets Stoa reach private addresses and odd ports: for trying several on one machine, never on the internet. */
  readonly allowPrivateNetwork: boolean
  readonly logLevel: 'debug' | 'info' | 'warning' | 'error'
}

const yes = z.enum(['true', 'false', '1', '0', 'yes', 'no']).transform((word) => ['true', '1', 'yes'].includes(word))
const origin = z.url({ protocol: /^https?$/, message: 'must be an address such as https://brand.gr' })
  .transform((address) => address.replace(/\/+$/, ''))
  .refine((address) => new URL(address).pathname === '/', 'must have no path, as in https://brand.gr')

const Env = z.object({
  STOA_ORIGIN: origin.optional(),
  STOA_HOST: z.string().min(1).default('127.0.0.1'),
  STOA_PORT: z.coerce.number('must be a port number, e.g. 4321').int().min(0).max(65535).default(4321),
  STOA_DATA: z.string().min(1).default('data'),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://, e.g. postgres://stoa:secret@localhost/stoa').optional(),
  STOA_TRUSTED_HOPS: z.coerce.number('must be a count, e.g. 1').int().min(0).max(10).default(0),
  STOA_ALLOW_PRIVATE_NETWORK: yes.default(false),
  STOA_LOG: z.enum(['debug', 'info', 'warning', 'error'], 'must be debug, info, warning or error').default('info'),
})

/** Throws an Error whose message names the variable and the cure. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const named = Object.fromEntries(Object.keys(Env.shape).map((name) => [name, env[name] === '' ? undefined : env[name]]))
  const read = Env.safeParse(named)
  if (!read.success) {
    const wrong = read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
    throw new Error(`Stoa cannot start with these settings: ${wrong.join('; ')}.`)
  }
  const e = read.data
  return {
    origin: e.STOA_ORIGIN, host: e.STOA_HOST, port: e.STOA_PORT, dataDir: resolve(e.STOA_DATA), databaseUrl: e.DATABASE_URL,
    trustedHops: e.STOA_TRUSTED_HOPS, allowPrivateNetwork: e.STOA_ALLOW_PRIVATE_NETWORK, logLevel: e.STOA_LOG,
  }
}

export const environment = (): Readonly<Record<string, string | undefined>> => process.env
