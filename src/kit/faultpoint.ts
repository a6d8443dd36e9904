/** The places at which a test may end or stop the process: on both sides of everything that could be half done. */
export const faultpoints = [
  'claim.before', 'claim.after', 'render.before', 'render.after', 'upload.before', 'upload.after', 'stage.before', 'stage.after',
  'intent.before', 'intent.after', 'journal.before', 'journal.after', 'first-byte.before', 'answer.before', 'answer.after',
  'confirm.before', 'confirm.after', 'outbox.before', 'outbox.after',
] as const
export type Faultpoint = (typeof faultpoints)[number]

interface Aim { readonly name: string; readonly hit: number; readonly signal: 'SIGKILL' | 'SIGSTOP' }
/** `name:n` kills at the n-th hit; `stop:name:n` stops there until it is told to go on. */
export function aimOf(text: string): Aim {
  const [, stop, name = '', hit = ''] = /^(stop:)?([a-z.-]+):(\d+)$/.exec(text) ?? []
  if (!faultpoints.some((one) => one === name)) throw new Error(`There is no fault point "${text}". Write name:n, with one of: ${faultpoints.join(', ')}.`)
  return { name, hit: Number(hit), signal: stop ? 'SIGSTOP' : 'SIGKILL' }
}

// Read once: a house that was not started for a test has no aim.
const given = typeof process === 'undefined' ? undefined : process.env['STOA_FAULTPOINT']
const aim = given ? aimOf(given) : undefined
let hits = 0

/** Does nothing, unless the process was started to fail exactly here. */
export function faultpoint(name: Faultpoint): void {
  if (aim?.name === name && ++hits === aim.hit) process.kill(process.pid, aim.signal)
}
