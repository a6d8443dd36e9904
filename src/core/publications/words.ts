import type { Publish } from '#kit/channel.ts'
import type { Both } from '#kit/lang.ts'

export type Idempotency = Publish<unknown, never>['idempotency']

interface Why { readonly says: Both; readonly next: Both }
/** Why something was not sent, and what to do now; by the stable word kept on the publication. */
export const whyNotSent: Readonly<Record<string, Why>> = {
  'outcome-unknown': {
    says: { en: 'We sent it and heard nothing back, so we do not know whether it is there.', el: 'Το στείλαμε και δεν ήρθε απάντηση, οπότε δεν ξέρουμε αν έφτασε.' },
    next: { en: 'Look at the account, then tell us: it is there, send it, or drop it.', el: 'Δείτε τον λογαριασμό και πείτε μας: είναι εκεί, να σταλεί ή να ακυρωθεί.' },
  },
  'unreached-for-days': {
    says: { en: 'The network could not be reached for two days.', el: 'Το δίκτυο δεν ήταν προσβάσιμο για δύο μέρες.' },
    next: { en: 'Check the connection of this account, then send again or drop it.', el: 'Ελέγξτε τη σύνδεση του λογαριασμού και στείλτε ξανά ή ακυρώστε.' },
  },
  late: {
    says: { en: 'Stoa was not running when this was due, and now it would be more than 15 minutes late.', el: 'Το Stoa δεν λειτουργούσε την ώρα που έπρεπε να βγει, και τώρα θα έβγαινε με πάνω από 15 λεπτά καθυστέρηση.' },
    next: { en: 'Send it now if the moment still fits, or drop it.', el: 'Στείλτε το τώρα αν ταιριάζει ακόμη, ή ακυρώστε.' },
  },
  restored: {
    says: { en: 'This Stoa was restored from a backup, and this may have gone out since the backup was made.', el: 'Αυτό το Stoa επανήλθε από αντίγραφο, και αυτό μπορεί να είχε βγει αφότου έγινε το αντίγραφο.' },
    next: { en: 'Look at the account, then tell us: it is there, send it, or drop it.', el: 'Δείτε τον λογαριασμό και πείτε μας: είναι εκεί, να σταλεί ή να ακυρωθεί.' },
  },
  expired: {
    says: { en: 'The account no longer lets us in.', el: 'Ο λογαριασμός δεν μας δίνει πια πρόσβαση.' },
    next: { en: 'Connect it again in Settings, then send.', el: 'Συνδέστε τον ξανά στις Ρυθμίσεις και στείλτε.' },
  },
  'account-removed': {
    says: { en: 'Its account was removed from Stoa.', el: 'Ο λογαριασμός του αφαιρέθηκε από το Stoa.' },
    next: { en: 'Connect the account again and publish once more, or drop it.', el: 'Συνδέστε ξανά τον λογαριασμό και δημοσιεύστε πάλι, ή ακυρώστε.' },
  },
  refused: {
    says: { en: 'The network refused it.', el: 'Το δίκτυο το αρνήθηκε.' },
    next: { en: 'Change the text and publish it as a new post.', el: 'Αλλάξτε το κείμενο και δημοσιεύστε το ως νέα ανάρτηση.' },
  },
}
export const whyOf = (because: string | null): Why | undefined => (because === null ? undefined : whyNotSent[because] ?? whyNotSent['refused'])
