import type { SameKeys } from '#ui/words.ts'
import type { en } from './en.ts'

export const el: SameKeys<typeof en> = {
  intents: { give: 'Δίνω', ask: 'Ζητώ', talk: 'Κουβέντα' },
  intentAbout: {
    give: 'Κάτι με αξία, χωρίς να ζητάμε τίποτα πίσω',
    ask: 'Κάτι θέλουμε: μια επίσκεψη, μια παραγγελία, μια απάντηση σε προσφορά',
    talk: 'Μια ιστορία, ένα νέο ή μια ερώτηση: για να μη χανόμαστε',
  },
  formats: { story: 'Ιστορία', guide: 'Οδηγός', question: 'Ερώτηση', news: 'Νέα', offer: 'Προσφορά', contest: 'Διαγωνισμός', promotion: 'Προωθητική ενέργεια', game: 'Παιχνίδι' },
  porch: 'Στοά',
  langs: { en: 'Αγγλικά', el: 'Ελληνικά' },
  publication: {
    title: 'Πού βρίσκεται', answers: 'Τι είπε ο κόσμος από κάτω',
    scheduled: 'Περιμένει την ώρα της', waiting: 'Περιμένει το προηγούμενο κομμάτι', claimed: 'Ετοιμάζεται', prepared: 'Έτοιμη να φύγει', held: 'Κρατείται', sending: 'Στον δρόμο', 'retry-wait': 'Νέα προσπάθεια σε λίγο', unknown: 'Ελέγχουμε αν έφτασε', 'needs-person': 'Θέλει μια ματιά', 'auth-needed': 'Θέλει νέα σύνδεση', confirmed: 'Βγήκε', refused: 'Δεν στάλθηκε', cancelled: 'Ακυρώθηκε', gone: 'Κατέβηκε',
    why: 'Γιατί δεν στάλθηκε;',
    sentAt: 'Βγήκε {time}', due: 'Για {time}', tries: '{count, plural, =0 {χωρίς προσπάθεια ακόμη} one {μία προσπάθεια} other {# προσπάθειες}}',
    revise: 'Μια αλλαγή φεύγει', retract: 'Κατεβαίνει',
    there: 'Είναι εκεί', send: 'Να σταλεί', drop: 'Άσ’ το', connect: 'Άνοιγμα Ρυθμίσεων', look: 'Δείτε το',
    settled: { there: 'Σημειώθηκε: είναι εκεί', send: 'Φεύγει ξανά', drop: 'Ακυρώθηκε' },
    retrying: 'Το Stoa ξαναδοκιμάζει μόνο του.', retryAt: 'Επόμενη προσπάθεια: {time}.',
    partial: 'βγήκαν {out, number} από τα {of, number} κομμάτια', part: 'Κομμάτι {n, number}', resumes: 'Απαντήστε, και τα επόμενα κομμάτια ακολουθούν μόνα τους.',
    address: 'Η διεύθυνσή της εκεί', addressAbout: 'Αν την έχετε· μένει μαζί με την ανάρτηση.', thereYes: 'Ναι, είναι εκεί',
  },
}
