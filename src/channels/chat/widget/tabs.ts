/** What the tabs of one visitor tell each other, and which of them listens to the server for all. */
export interface Tabs<T> {
  tell(news: T): void
  /** `lead` runs in one tab at a time until its signal ends; a tab that is looked at takes over. */
  lead(lead: (signal: AbortSignal) => Promise<void>): void
}

export function tabsOf<T>(name: string, hear: (news: T) => void): Tabs<T> {
  const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(name) : undefined
  if (channel) channel.onmessage = ({ data }) => hear(data as T)
  return {
    tell: (news) => channel?.postMessage(news),
    lead: (lead) => {
      // Pages without a secure context have no locks: there each tab listens for itself.
      if (!navigator.locks || !channel) void lead(new AbortController().signal)
      else takeTurns(name, lead)
    },
  }
}

function takeTurns(name: string, lead: (signal: AbortSignal) => Promise<void>): void {
  let leading = false
  let end = new AbortController()
  let away = false
  const turn = (steal: boolean): void => {
    const mine = end = new AbortController()
    const given = async () => { leading = true; await lead(mine.signal) }
    void navigator.locks.request(name, steal ? { steal } : { signal: mine.signal }, given).catch(() => undefined).then(() => {
      if (mine === end) leading = false
      mine.abort()
      // Another tab took over; it may be closed one day.
      if (!away && mine === end) turn(false)
    })
  }
  const takeOver = (): void => { if (!leading) { const waiting = end; turn(true); waiting.abort() } }
  addEventListener('focus', takeOver)
  // A page that is put aside to come back at once may hold neither lock nor stream.
  addEventListener('pagehide', () => { away = true; end.abort() })
  addEventListener('pageshow', ({ persisted }) => { if (persisted) { away = false; turn(document.visibilityState === 'visible') } })
  turn(document.visibilityState === 'visible')
}
