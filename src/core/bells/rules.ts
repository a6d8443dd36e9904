/** What a member may be called for. */
export const moments = ['given', 'mention', 'answer', 'new', 'soon', 'missed', 'failed', 'silent'] as const
export type Moment = (typeof moments)[number]
/** How: in an open window of Stoa, on a device, by a letter, and whether it sounds. */
export const ways = ['bell', 'push', 'mail', 'sound'] as const
export type Way = (typeof ways)[number]
export type Wishes = Readonly<Record<Moment, readonly Way[]>>

const plain: readonly Moment[] = ['given', 'mention', 'answer', 'missed', 'failed']
const wishing = (of: (moment: Moment) => readonly Way[]): Wishes => Object.fromEntries(moments.map((moment) => [moment, of(moment)])) as unknown as Wishes
/** Who has chosen nothing is called in an open window for what is theirs, without a sound. */
export const usual: Wishes = wishing((moment) => (plain.includes(moment) ? ['bell'] : []))

/** The wishes in a choice of one line: nothing, what is mine, or every new word. */
export function wishesFrom({ calls, sound }: { readonly calls: 'mine' | 'all' | 'none'; readonly sound: boolean }): Wishes {
  const how: readonly Way[] = sound ? ['bell', 'sound'] : ['bell']
  return wishing((moment) => (calls === 'none' ? [] : plain.includes(moment) || (calls === 'all' && moment === 'new') ? how : []))
}

/** The same with one box ticked or not; the ways stay in their order. */
export const withWay = (wishes: Wishes, { moment, way, on }: { readonly moment: Moment; readonly way: Way; readonly on: boolean }): Wishes =>
  ({ ...wishes, [moment]: ways.filter((one) => (one === way ? on : wishes[moment].includes(one))) })

const longestLead = 15 * 60_000
/** How long before an answer is due it is told that time runs out: a quarter of the wait, a quarter of an hour at most. */
export const leadOf = (waitMs: number): number => Math.min(longestLead, Math.max(0, waitMs) / 4)

/** What came so late after it happened that it joins the others in a summary, and what nobody is called for any more. */
export const lateAfter = 10 * 60_000
export const tooLateAfter = 12 * 60 * 60_000
/** So many calls in a minute ring one by one; the rest comes together. */
export const floodOf = 5
export const floodMs = 60_000
