/** Whether a minute of the day lies in somebody's quiet hours; those may run over midnight. The same minute twice means never. */
export function isQuiet(minute: number, from: number | null, to: number | null): boolean {
  if (from === null || to === null || from === to) return false
  return from < to ? minute >= from && minute < to : minute >= from || minute < to
}

/** The minute of the day the clock of a zone shows. */
export function minuteOf(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(at)
  const part = (type: 'hour' | 'minute') => Number(parts.find((one) => one.type === type)?.value ?? 0)
  return part('hour') * 60 + part('minute')
}

export interface Called { readonly name: string; readonly memberId?: string; readonly data: Readonly<Record<string, unknown>> }
/** Whether an event calls a member: a new word from outside in what is theirs (or in anything), a mention, or a conversation given to them by somebody else. */
export function calls(event: Called, bell: { readonly calls: 'mine' | 'all' | 'none' }, about: { readonly me: string; readonly assigneeId: string | null }): 'message' | 'mention' | 'given' | undefined {
  if (bell.calls === 'none' || event.memberId === about.me) return undefined
  if (event.name === 'note.written') return Array.isArray(event.data['mentions']) && event.data['mentions'].includes(about.me) ? 'mention' : undefined
  if (event.name === 'conversation.assigned') return event.data['to'] === about.me ? 'given' : undefined
  if (event.name !== 'message.received' || event.data['imported'] === true || event.data['asked'] === false) return undefined
  return bell.calls === 'all' || about.assigneeId === about.me ? 'message' : undefined
}
