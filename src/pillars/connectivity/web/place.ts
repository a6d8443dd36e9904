export const views = ['mine', 'due', 'mentioned', 'unassigned', 'waiting', 'all', 'held', 'done'] as const
export type View = (typeof views)[number]

/** Where one stands in the inbox, as the address says it. */
export interface Place {
  readonly view?: View
  readonly q?: string; readonly channel?: string; readonly lang?: string
  readonly campaign?: string; readonly post?: string
  /** The open conversation. */
  readonly c?: string
}
export type Filter = Omit<Place, 'c'>

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value.slice(0, 300) : undefined)
const known = (value: unknown): View | undefined => views.find((view) => view === value)

/** The place an address names; what it does not know is left out. */
export function placeOf(search: Readonly<Record<string, unknown>>): Place {
  const found = {
    view: known(search['view']), q: text(search['q']), channel: text(search['channel']), lang: text(search['lang']),
    campaign: text(search['campaign']), post: text(search['post']), c: text(search['c']),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

export const viewOf = (filter: Filter): View => filter.view ?? 'all'

/** How many filters narrow the list beside the view and the words searched for. */
export const narrowed = (filter: Filter): number => [filter.channel, filter.lang, filter.campaign, filter.post].filter(Boolean).length

const quoted = (value: string): string => (/\s/.test(value) ? `"${value}"` : value)
/** What narrows the list, as one line of search that says it all. */
export const lineOfPlace = ({ q, channel, lang, campaign }: Filter): string => [
  ...(channel ? [`channel:${quoted(channel)}`] : []), ...(lang ? [`lang:${lang}`] : []), ...(campaign ? [`campaign:${quoted(campaign)}`] : []), ...(q ? [q] : []),
].join(' ')
