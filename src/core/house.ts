import type { Channel } from '#kit/channel.ts'
import type { Hosts } from '#kit/host.ts'
import type { Pillar } from '#kit/pillar.ts'
import type { Database, Tx } from '#db/database.ts'

/** Work for the worker, handed over in the caller's own transaction: kept or dropped with it. */
export interface Jobs {
  /** `at`: not before then. `once`: at most one waiting job of this queue has this key. */
  send(tx: Tx, queue: 'import', job: { readonly workspaceId: string; readonly id: string; readonly at?: Date; readonly once?: string }): Promise<void>
}

/** What every route and job of this Stoa stands in. Made once by the server; tests make their own. */
export interface House {
  readonly database: Database
  readonly channels: readonly Channel[]
  readonly pillars: readonly Pillar<House, Tx>[]
  readonly jobs: Jobs
  /** Where this Stoa is reached, without a trailing slash. */
  readonly origin: string
  readonly dataDir: string
  readonly hosts: Hosts
  now(): Date
  log(message: string, facts?: Readonly<Record<string, unknown>>): void
}

export function channelOf(house: Pick<House, 'channels'>, id: string): Channel {
  const channel = house.channels.find((one) => one.id === id)
  if (!channel) throw new Error(`There is no channel called ${id}.`)
  return channel
}
