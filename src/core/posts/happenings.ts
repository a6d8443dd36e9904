/** What the team does with a post before and after it goes out. */
declare module '#kit/events.ts' {
  interface Events {
    /** Somebody else is to look. `wanted` says of how many a yes is needed. */
    'post.approval-asked': { mode: string; wanted: number; note: string; again: boolean }
    /** One yes. `outside`: from somebody who came by a link. `done`: no further yes is needed. */
    'post.approved': { by: string; outside: boolean; done: boolean; note: string }
    'post.returned': { by: string; outside: boolean; note: string }
    'post.approval-withdrawn': { note: string }
    'post.commented': { commentId: string; threadId: string; mentions: readonly string[] }
    'post.comment-resolved': { threadId: string; resolved: boolean }
    /** It goes out at another time than was planned; what it says is as it was. */
    'post.rescheduled': { from: string; to: string }
    /** The record says something else of when it went out than before. */
    'post.record-moved': { from: string; to: string; note: string }
  }
}
export {}
