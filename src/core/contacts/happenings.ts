/** Facts about people outside. */
declare module '#kit/events.ts' {
  interface Events {
    'contact.merged': { from: string; mergeId: string }
    'contact.parted': { from: string; mergeId: string }
    'contact.erased': { erasureId: string }
    'consent.given': { purpose: string }
    'consent.withdrawn': { purpose: string; by: string }
  }
}
export {}
