import type { Both } from '#kit/lang.ts'
import { Refusal } from '#kit/refusal.ts'
import type { Asked } from './grammar.ts'
import { parseLine } from './line.ts'

const why: Readonly<Record<'word' | 'value' | 'quotes' | 'length', Both>> = {
  word: {
    en: 'Filters are lang, tag, channel, campaign, assignee, state, priority, has, waiting and due. To look for these very words, put them in "quotes".',
    el: 'Τα φίλτρα είναι γλώσσα, ετικέτα, κανάλι, καμπάνια, υπεύθυνος, κατάσταση, προτεραιότητα, έχει, περιμένει και λήγει. Για να ψάξετε αυτές ακριβώς τις λέξεις, βάλτε τις σε "εισαγωγικά".',
  },
  value: {
    en: 'The filter is known, what follows it is not. For example lang:el, state:done, priority:high, waiting:>2h, due:<30m, has:files, assignee:me.',
    el: 'Το φίλτρο υπάρχει, αλλά όχι αυτό που ακολουθεί. Για παράδειγμα γλώσσα:el, state:done, priority:high, περιμένει:>2ω, λήγει:<30λ, έχει:αρχεία, υπεύθυνος:εγώ.',
  },
  quotes: { en: 'The quotes are not closed.', el: 'Τα εισαγωγικά δεν έκλεισαν.' },
  length: { en: 'The line is too long. Ask for less at once.', el: 'Η γραμμή είναι πολύ μεγάλη. Ζητήστε λιγότερα μαζί.' },
}

/** What a line asks. Refuses by the name of the first piece that is not understood. */
export function askedOf(line: string): Asked {
  const read = parseLine(line)
  if (!read.ok) throw new Refusal('line_unread', { params: { piece: read.piece, reason: why[read.because] }, field: 'q', extra: { piece: read.piece, because: read.because } })
  return read.asked
}
