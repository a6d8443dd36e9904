export const intents = ['give', 'ask', 'talk'] as const
export const sections = ['upcoming', 'drafts', 'published'] as const
export type Intent = (typeof intents)[number]
export type SectionName = (typeof sections)[number]

/** Where one stands in the calendar, as the address says it. `post` is an id or 'new'; `on` is the day a new one is meant for. */
export interface Place { readonly post?: string; readonly on?: string; readonly campaign?: string; readonly intent?: Intent; readonly show?: SectionName }

const text = (value: unknown, shape: RegExp): string | undefined => (typeof value === 'string' && shape.test(value) ? value : undefined)

/** The place an address names; what it does not know is left out. */
export function placeOf(search: Readonly<Record<string, unknown>>): Place {
  const found = {
    post: text(search['post'], /^(new|[0-9a-f-]{36})$/), on: text(search['on'], /^\d{4}-\d{2}-\d{2}$/), campaign: text(search['campaign'], /^[0-9a-f-]{36}$/),
    intent: intents.find((intent) => intent === search['intent']), show: sections.find((section) => section === search['show']),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}
