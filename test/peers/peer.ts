/** A real server of another's making, as `test/peers/<name>/server.ts` describes it: `export const peer: Peer`. */
export interface Peer {
  /** The name of its folder. */
  readonly name: string
  /** What the journeys show, in a few words. */
  readonly says: string
  /**
   * The public names it and Stoa have on the ground. They end as names of the open internet do:
   * Stoa's own guards stay on, and refuse `.test`, `.local` and the like.
   */
  readonly hosts: readonly string[]
  /** Debian packages that must be there. */
  readonly packages?: readonly string[]
  /** Whether it is up within a minute: then it also runs in CI. */
  readonly quick: boolean
  /** Brings what is no Debian package of this machine; outside the ground, with a way to the network; safe to repeat. */
  install?(): void | Promise<void>
}
