export const intents = ['give', 'ask', 'talk'] as const
export const views = ['month', 'week', 'day', 'agenda'] as const
export const laneKinds = ['account', 'campaign', 'intent'] as const
export const tools = ['slots', 'rules', 'feed', 'import'] as const
export type Tool = (typeof tools)[number]
export const states = ['draft', 'scheduled', 'paused', 'published', 'withdrawn', 'problem'] as const
export type Intent = (typeof intents)[number]
export type View = (typeof views)[number]
export type LaneKind = (typeof laneKinds)[number]
export type StateName = (typeof states)[number]

/** What is left out of the calendar; all of it stands in the address. */
export interface Filters { readonly campaign?: string; readonly account?: string; readonly intent?: Intent; readonly state?: StateName; readonly author?: string }
/** Where one stands in the calendar, as the address says it. `post` is an id or 'new'; `on` is the day a new one is meant for. */
export interface Place extends Filters {
  readonly post?: string; readonly on?: string
  readonly span?: View; readonly day?: string; readonly lanes?: LaneKind
  /** What is asked at once, for whoever comes from elsewhere in the house. */
  readonly ask?: Tool
  /** 'mine' when times are shown on the reader's own clock. */
  readonly clock?: 'mine'
}

const text = (value: unknown, shape: RegExp): string | undefined => (typeof value === 'string' && shape.test(value) ? value : undefined)
const id = /^[0-9a-f-]{36}$/
const isDay = (value: unknown): string | undefined => {
  const day = text(value, /^\d{4}-\d{2}-\d{2}$/)
  return day && !Number.isNaN(Date.parse(`${day}T00:00:00Z`)) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? day : undefined
}

/** The place an address names; what it does not know is left out. */
export function placeOf(search: Readonly<Record<string, unknown>>): Place {
  const found = {
    post: text(search['post'], /^(new|[0-9a-f-]{36})$/), on: isDay(search['on']),
    span: views.find((view) => view === search['span']), day: isDay(search['day']), lanes: laneKinds.find((kind) => kind === search['lanes']),
    campaign: text(search['campaign'], id), account: text(search['account'], id), author: text(search['author'], id),
    intent: intents.find((intent) => intent === search['intent']), state: states.find((state) => state === search['state']),
    ask: tools.find((one) => one === search['ask']),
    clock: search['clock'] === 'mine' ? 'mine' as const : undefined,
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}
