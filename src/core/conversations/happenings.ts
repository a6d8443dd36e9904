/** Facts of the inbox beside those of the kit: they move what members see. */
declare module '#kit/events.ts' {
  interface Events {
    'note.written': { messageId: string }
    'conversation.released': { by: string }
    'conversation.changed': { state: string; tags: readonly string[]; snoozedUntil: string | null }
    'message.edited': { messageId: string; channel: string }
    'message.held': { messageId: string; channel: string; because: string }
    'contact.changed': { fields: readonly string[] }
  }
}
export {}
