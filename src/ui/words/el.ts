import type { SameKeys } from '../words.ts'
import type { en } from './en.ts'

export const el: SameKeys<typeof en> = {
  justNow: 'μόλις τώρα',
  saved: 'Αποθηκεύτηκε {time}',
  saving: 'Αποθήκευση…',
  notSaved: 'Δεν αποθηκεύτηκε ακόμη',
  undo: 'Αναίρεση',
  close: 'Κλείσιμο',
  cancel: 'Άκυρο',
  save: 'Αποθήκευση',
  retry: 'Δοκιμή ξανά',
  more: 'Περισσότερα',
  loading: 'Μια στιγμή',
  copied: 'Αντιγράφηκε',
  copy: 'Αντιγραφή',
  unreached: {
    title: 'Ο διακομιστής δεν απαντά',
    detail: 'Δεν χάθηκε τίποτα. Δείτε αν τρέχει το Stoa και αν έχετε σύνδεση, και δοκιμάστε ξανά.',
  },
  broke: {
    title: 'Αυτή η οθόνη σταμάτησε να λειτουργεί',
    detail: 'Ό,τι γράψατε αλλού έχει κρατηθεί. Φορτώστε ξανά τη σελίδα· αν ξανασυμβεί, πείτε το σε όποιον φροντίζει το Stoa.',
    reload: 'Φόρτωση ξανά',
  },
  columns: {
    label: 'Πίνακας επίδοσης των πέντε πυλώνων',
    score: '{pillar}: {score, number, ::.} στα 100',
    none: '{pillar}: δεν υπάρχουν ακόμη αρκετά στοιχεία',
    before: '{score, number, ::.} στο προηγούμενο διάστημα',
  },
  trend: 'Από {first} σε {last}, ελάχιστο {low}, μέγιστο {high}',
  left: '{count, plural, one {περίπου # δευτερόλεπτο ακόμη} other {περίπου # δευτερόλεπτα ακόμη}}',
  leftMinutes: '{count, plural, one {περίπου # λεπτό ακόμη} other {περίπου # λεπτά ακόμη}}',
  done: '{done, number} από {total, number}',
  keys: {
    title: 'Πλήκτρα',
    next: 'Επόμενο', previous: 'Προηγούμενο', open: 'Άνοιγμα', search: 'Αναζήτηση', palette: 'Παλέτα εντολών', help: 'Όλα τα πλήκτρα',
    everywhere: 'Παντού', here: 'Σε αυτή την οθόνη',
  },
}
