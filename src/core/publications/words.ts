import type { Both } from '#kit/lang.ts'
import type { Publication } from './store.ts'

export interface Why { readonly says: Both; readonly next: Both }
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
    says: { en: 'It could not go out when it was due, and now its moment may have passed.', el: 'Δεν μπόρεσε να βγει στην ώρα του, και τώρα η στιγμή ίσως έχει περάσει.' },
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
  paused: {
    says: { en: 'Everything scheduled is paused.', el: 'Όλα τα προγραμματισμένα είναι σε παύση.' },
    next: { en: 'It waits until somebody lets publishing go on.', el: 'Περιμένει ώσπου κάποιος να συνεχίσει τη δημοσίευση.' },
  },
  moved: {
    says: { en: 'This Stoa runs on another machine than before, and the one before may still be sending.', el: 'Αυτό το Stoa τρέχει σε άλλο μηχάνημα από πριν, και το προηγούμενο ίσως στέλνει ακόμη.' },
    next: { en: 'Make sure the other one is off, look at the account, then tell us: it is there, send it, or drop it.', el: 'Βεβαιωθείτε ότι το άλλο έχει σβήσει, δείτε τον λογαριασμό και πείτε μας: είναι εκεί, να σταλεί ή να ακυρωθεί.' },
  },
  paced: {
    says: { en: 'The network takes only so much at a time.', el: 'Το δίκτυο δέχεται λίγα κάθε φορά.' },
    next: { en: 'It goes out by itself when its turn comes.', el: 'Θα βγει μόνο του όταν έρθει η σειρά του.' },
  },
  breaker: {
    says: { en: 'The network has not been answering, so we leave it alone for a while.', el: 'Το δίκτυο δεν απαντά, οπότε το αφήνουμε λίγο ήσυχο.' },
    next: { en: 'It is tried again by itself. If this goes on, check the connection of this account.', el: 'Θα δοκιμαστεί ξανά μόνο του. Αν συνεχιστεί, ελέγξτε τη σύνδεση του λογαριασμού.' },
  },
  waiting: {
    says: { en: 'It stands under another part, which is not out yet.', el: 'Μπαίνει κάτω από άλλο κομμάτι, που δεν έχει βγει ακόμη.' },
    next: { en: 'It follows by itself once that part is there.', el: 'Θα ακολουθήσει μόνο του μόλις εκείνο βγει.' },
  },
  asking: {
    says: { en: 'We sent it and heard nothing back; we are finding out whether it is there.', el: 'Το στείλαμε χωρίς να έρθει απάντηση· εξακριβώνουμε αν έφτασε.' },
    next: { en: 'Nothing to do yet: if we cannot find out, we will ask you.', el: 'Δεν χρειάζεται να κάνετε κάτι: αν δεν το βρούμε, θα σας ρωτήσουμε.' },
  },
  unreached: {
    says: { en: 'The network could not be reached.', el: 'Το δίκτυο δεν ήταν προσβάσιμο.' },
    next: { en: 'It is tried again by itself.', el: 'Θα δοκιμαστεί ξανά μόνο του.' },
  },
  journal: {
    says: { en: 'The disk of this Stoa takes no more, so nothing is sent: what is not written down first could go out twice.', el: 'Ο δίσκος αυτού του Stoa δεν δέχεται άλλα, οπότε τίποτα δεν στέλνεται: ό,τι δεν γράφεται πρώτα θα μπορούσε να βγει δύο φορές.' },
    next: { en: 'Make room on the disk; it then goes out by itself.', el: 'Ελευθερώστε χώρο στον δίσκο· μετά θα βγει μόνο του.' },
  },
  changing: {
    says: { en: 'What it builds on keeps changing on the network, so it was refused each time.', el: 'Αυτό πάνω στο οποίο βασίζεται αλλάζει συνεχώς στο δίκτυο, και κάθε φορά το αρνήθηκε.' },
    next: { en: 'Look at the page there, then send it again or drop it.', el: 'Δείτε εκεί τη σελίδα και στείλτε το ξανά ή ακυρώστε το.' },
  },
  'changed-bytes': {
    says: { en: 'What is stored is not what was made ready, so it was not sent. This is a fault of ours.', el: 'Το αποθηκευμένο δεν είναι αυτό που ετοιμάστηκε, οπότε δεν στάλθηκε. Το λάθος είναι δικό μας.' },
    next: { en: 'Read it over; then send it again or drop it.', el: 'Διαβάστε το πάλι και στείλτε το ξανά ή ακυρώστε το.' },
  },
  'same-thing': {
    says: { en: 'The network shows one thing for this and for another publication of yours.', el: 'Το δίκτυο δείχνει το ίδιο πράγμα για αυτό και για άλλη δημοσίευσή σας.' },
    next: { en: 'Look at the account: if both should stand there, send it; otherwise drop it.', el: 'Δείτε τον λογαριασμό: αν πρέπει να υπάρχουν και τα δύο, στείλτε το· αλλιώς ακυρώστε το.' },
  },
  media_does_not_fit: {
    says: { en: 'One of its pictures or videos cannot be made to fit this network.', el: 'Μια εικόνα ή ένα βίντεό του δεν γίνεται να χωρέσει σε αυτό το δίκτυο.' },
    next: { en: 'Choose another file and publish it again.', el: 'Διαλέξτε άλλο αρχείο και δημοσιεύστε το ξανά.' },
  },
  not_found: {
    says: { en: 'One of its files is no longer here.', el: 'Ένα από τα αρχεία του δεν υπάρχει πια εδώ.' },
    next: { en: 'Add the file again and publish it once more.', el: 'Προσθέστε ξανά το αρχείο και δημοσιεύστε το πάλι.' },
  },
  dropped: {
    says: { en: 'Somebody dropped it.', el: 'Κάποιος το ακύρωσε.' },
    next: { en: 'Publish it as a new post if it should go out after all.', el: 'Δημοσιεύστε το ως νέα ανάρτηση αν πρέπει τελικά να βγει.' },
  },
  refused: {
    says: { en: 'The network refused it.', el: 'Το δίκτυο το αρνήθηκε.' },
    next: { en: 'Change the text and publish it as a new post.', el: 'Αλλάξτε το κείμενο και δημοσιεύστε το ως νέα ανάρτηση.' },
  },
}
/** The sentence for a stable word; any other word is what a network said when it refused. */
export function whyOf(because: string | null): Why | undefined {
  if (because === null) return undefined
  return whyNotSent[because] ?? { says: { en: `The network refused it: “${because}”`, el: `Το δίκτυο το αρνήθηκε: «${because}»` }, next: whyNotSent['refused']!.next }
}
/** Why it is not out, at any moment of its way; undefined when nothing stands in its way. */
export function whyNow({ state, because }: Pick<Publication, 'state' | 'because'>): Why | undefined {
  const byState = state === 'waiting' ? 'waiting' : state === 'unknown' ? 'asking' : state === 'retry-wait' ? 'unreached' : null
  return whyOf(because ?? byState)
}
