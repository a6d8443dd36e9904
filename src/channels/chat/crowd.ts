import type { Log } from '#kit/channel.ts'
import { saying, stillHere, stillHereEvery, type Line } from '#net/live-line.ts'

/** What many windows show alike: `name` says which, `look` how it stands now. */
export interface Shared { readonly name: string; readonly look: () => Promise<object> }
export interface Crowd { join(line: Line, shared: Shared): void }

const lookEvery = 5_000
interface Group { readonly lines: Set<Line>; look: Shared['look']; told: string | undefined }

/** All open windows: who is on duty is looked up once for all of one chat, and told as the same bytes to each when it changes. */
export function makeCrowd(log: Log): Crowd {
  const groups = new Map<string, Group>()
  let timers: readonly NodeJS.Timeout[] = []
  const look = async (group: Group): Promise<void> => {
    const told = JSON.stringify(await group.look())
    const isNew = group.told !== undefined && group.told !== told
    group.told = told
    if (!isNew) return
    const said = saying({ event: 'duty', data: told })
    for (const line of group.lines) line.say(said)
  }
  const lookAll = (): void => { for (const group of groups.values()) look(group).catch((error: unknown) => log('who is on duty could not be told', { error: String(error) })) }
  const beat = (): void => { for (const { lines } of groups.values()) for (const line of lines) line.say(stillHere) }
  const leave = (name: string, line: Line): void => {
    const group = groups.get(name)
    if (!group?.lines.delete(line) || group.lines.size > 0) return
    groups.delete(name)
    if (groups.size > 0) return
    for (const timer of timers) clearInterval(timer)
    timers = []
  }
  return {
    join: (line, shared) => {
      if (groups.size === 0) timers = [setInterval(lookAll, lookEvery).unref(), setInterval(beat, stillHereEvery).unref()]
      const group = groups.get(shared.name) ?? { lines: new Set(), look: shared.look, told: undefined }
      group.look = shared.look
      groups.set(shared.name, group)
      group.lines.add(line)
      line.onGone(() => leave(shared.name, line))
      if (group.lines.size === 1) lookAll()
    },
  }
}
