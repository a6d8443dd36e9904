/** Facts of the inbox beside those of the kit: they move what members see. */
declare module '#kit/events.ts' {
  interface Events {
    /** `mentions`: the members it calls by name. */
    'note.written': { messageId: string; mentions: readonly string[]; byRule?: ByRule }
    /** Done to many at once; `undone`: taken back. */
    'conversations.changed': { count: number; undone: boolean }
    /** Kept to be posted on the network by a person's own hand. */
    'answer.handed-over': { messageId: string; channel: string }
    'conversation.split': { into: string }
    'conversation.released': { by: string }
    'conversation.changed': { state: string; tags: readonly string[]; snoozedUntil: string | null; byRule?: ByRule }
    'message.edited': { messageId: string; channel: string }
    'message.held': { messageId: string; channel: string; because: string }
    /** A visitor said how they found the talk; `words` are theirs. */
    'conversation.rated': { channel: string; score: number; words: string }
    'contact.changed': { fields: readonly string[] }
  }
}
export {}
