import type { Both } from '#kit/lang.ts'
import type { MayAnswer } from './rules.ts'

/** What stands in the way of an answer, and what to do. */
export const whyNoAnswer: Readonly<Record<Extract<MayAnswer, { ok: false }>['because'], Both>> = {
  history: {
    en: 'This conversation came from a file. It can be read and searched; answer it where it was held.',
    el: 'Η συνομιλία ήρθε από αρχείο. Διαβάζεται και βρίσκεται στην αναζήτηση· απαντήστε εκεί όπου έγινε.',
  },
  'no-answers': { en: 'This channel carries no answers to this.', el: 'Αυτό το κανάλι δεν μεταφέρει απαντήσεις εδώ.' },
  'login-needed': { en: 'The account no longer lets us in. Connect it again in Settings.', el: 'Ο λογαριασμός δεν μας δίνει πια πρόσβαση. Συνδέστε τον ξανά στις Ρυθμίσεις.' },
  removed: { en: 'The account was removed from Stoa.', el: 'Ο λογαριασμός αφαιρέθηκε από το Stoa.' },
  'too-late': { en: 'The network takes no answer so long after their last message.', el: 'Το δίκτυο δεν δέχεται απάντηση τόση ώρα μετά το τελευταίο τους μήνυμα.' },
}
