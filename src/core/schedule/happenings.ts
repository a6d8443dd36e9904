/** What the calendar does by itself, or at somebody's word. */
declare module '#kit/events.ts' {
  interface Events {
    /** Its zone's rules changed: the wall time stands, the instant is another. `because` is why the wall time moved too, if it did. */
    'post.retimed': { from: string; to: string; wall: string; zone: string; because: string }
    /** It should have gone out by itself and cannot: it stands as a draft, for a person. */
    'post.left-standing': { because: string; seriesId: string | null }
    'calendar.changed': { act: string; count: number }
    'series.changed': { seriesId: string; change: string }
  }
}
export {}
