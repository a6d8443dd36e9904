import type { Label } from '#kit/channel.ts'
import type { Both } from '#kit/lang.ts'

/** What stands above a text that somebody paid for or a machine made, where a network has no mark of its own. */
export const markWords: Readonly<Record<Label, Both>> = {
  sponsored: { en: 'Advertisement · paid partnership', el: 'Διαφήμιση · χορηγούμενο' },
  'ai-made': { en: 'Made with AI', el: 'Φτιαγμένο με τεχνητή νοημοσύνη' },
}

/** What stands before the public note of an edit, where a network has no place of its own for it. */
export const noteWords: Both = { en: 'Edited:', el: 'Διορθώθηκε:' }
