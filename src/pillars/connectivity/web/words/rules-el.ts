import type { SameKeys } from '#ui/words.ts'
import type { en } from './rules-en.ts'

export const el: SameKeys<typeof en> = {
  acts: {
    assign: 'ανάθεση: {name}', 'assign-me': 'ανάθεση σε όποιον την εφαρμόζει', route: 'βρίσκει τον άνθρωπό της όπως οι νέες συνομιλίες', tag: 'ετικέτα «{tag}»', untag: 'χωρίς την ετικέτα «{tag}»', priority: 'προτεραιότητα: {level}',
    done: 'τέλος', snooze: 'για αργότερα, σε {hours, plural, one {# ώρα} other {# ώρες}}', note: 'σημείωση «{text}»', notify: 'ειδοποίηση προς {name}: «{text}»', suggest: 'προτείνει την αρχή «{name}»', gone: '(δεν υπάρχει πια)',
  },
  levels: { low: 'μπορεί να περιμένει', normal: 'κανονική', high: 'υψηλή', urgent: 'επείγουσα' },
  ruled: { label: 'Τι έκαναν εδώ οι κανόνες', did: 'Κανόνας «{name}»: {acts}', more: '{count, plural, one {# ακόμη} other {# ακόμη}}', suggests: 'Ο κανόνας «{by}» προτείνει να αρχίσετε με το «{name}».', take: 'Αρχίζω έτσι' },
  macros: {
    label: 'Μακροεντολές', about: 'Γίνονται με ένα πάτημα και αναιρούνται με ένα.', none: 'Δεν υπάρχει ακόμη μακροεντολή.', manage: 'Νέα μακροεντολή και αλλαγές', text: 'γράφει την αρχή της απάντησης', team: 'ομάδα',
    done: '«{name}»: {count, plural, =0 {δεν άλλαξε κάτι} one {# συνομιλία} other {# συνομιλίες}}', stayed: 'Οι σημειώσεις μένουν.', key: 'Μακροεντολές',
  },
}
