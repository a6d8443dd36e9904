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
  'not-seen': {
    says: { en: 'The network said yes, but we cannot see it there.', el: 'Το δίκτυο είπε ναι, αλλά δεν το βλέπουμε εκεί.' },
    next: { en: 'Look at the account: if it is there, tell us; if not, say so and publish it as a new post.', el: 'Δείτε τον λογαριασμό: αν είναι εκεί, πείτε μας το· αν όχι, δηλώστε το και δημοσιεύστε το ως νέα ανάρτηση.' },
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
  'name-taken': {
    says: { en: 'A page of this name is there already, and it is not ours to write over.', el: 'Υπάρχει ήδη σελίδα με αυτό το όνομα, και δεν γράφουμε πάνω σε σελίδες άλλων.' },
    next: { en: 'Give the post another title and publish it again.', el: 'Δώστε στην ανάρτηση άλλον τίτλο και δημοσιεύστε την ξανά.' },
  },
  'answered-gone': {
    says: { en: 'What this answers or changes is no longer there.', el: 'Αυτό που απαντά ή αλλάζει δεν υπάρχει πια εκεί.' },
    next: { en: 'Look at the place itself; if it still matters, say it in a new post.', el: 'Δείτε το επιτόπου· αν έχει ακόμη σημασία, πείτε το σε νέα ανάρτηση.' },
  },
  'others-edited': {
    says: { en: 'Others have edited this page since we wrote it, and their words are not ours to overwrite.', el: 'Άλλοι έχουν επεξεργαστεί τη σελίδα αφότου τη γράψαμε, και δεν σβήνουμε τα λόγια τους.' },
    next: { en: 'Change the page on the wiki itself.', el: 'Αλλάξτε τη σελίδα στο ίδιο το wiki.' },
  },
  'same-words-there': {
    says: { en: 'The very same words already stand there as another answer.', el: 'Τα ίδια ακριβώς λόγια υπάρχουν ήδη εκεί ως άλλη απάντηση.' },
    next: { en: 'Nothing to do if they say it all; otherwise answer in other words.', el: 'Αν αρκούν, δεν χρειάζεται να κάνετε κάτι· αλλιώς απαντήστε με άλλα λόγια.' },
  },
  'not-let-out': {
    says: { en: 'The site keeps it for review: our user there may not publish by themselves.', el: 'Ο ιστότοπος το κρατά για έλεγχο: ο χρήστης μας εκεί δεν μπορεί να δημοσιεύει μόνος του.' },
    next: { en: 'Let it out there, or give the user the role Editor and publish it again.', el: 'Δημοσιεύστε το εκεί ή δώστε στον χρήστη τον ρόλο του Αρχισυντάκτη (Editor) και δημοσιεύστε το ξανά.' },
  },
  'file-missing': {
    says: { en: 'A picture was not handed over to the network.', el: 'Μια εικόνα δεν παραδόθηκε στο δίκτυο.' },
    next: { en: 'Add the picture again and publish it as a new post.', el: 'Προσθέστε ξανά την εικόνα και δημοσιεύστε το ως νέα ανάρτηση.' },
  },
  'moved-address': {
    says: { en: 'The account has moved to another address.', el: 'Ο λογαριασμός έχει μεταφερθεί σε άλλη διεύθυνση.' },
    next: { en: 'Connect it again in Settings with the new address, then publish once more.', el: 'Συνδέστε τον ξανά στις Ρυθμίσεις με τη νέα διεύθυνση και δημοσιεύστε πάλι.' },
  },
  'captcha-asked': {
    says: { en: 'The wiki asks for a captcha, which only a person can answer.', el: 'Το wiki ζητά captcha, που μόνο άνθρωπος μπορεί να απαντήσει.' },
    next: { en: 'Ask its administrators to let this account skip it, then publish it again.', el: 'Ζητήστε από τους διαχειριστές του να εξαιρέσουν αυτόν τον λογαριασμό και δημοσιεύστε το ξανά.' },
  },
  dropped: {
    says: { en: 'Somebody dropped it.', el: 'Κάποιος το ακύρωσε.' },
    next: { en: 'Publish it as a new post if it should go out after all.', el: 'Δημοσιεύστε το ως νέα ανάρτηση αν πρέπει τελικά να βγει.' },
  },
  'nobody-to-write-to': {
    says: { en: 'We have no e-mail address of theirs.', el: 'Δεν έχουμε διεύθυνση e-mail τους.' },
    next: { en: 'Ask them for one where they last spoke to you.', el: 'Ζητήστε τους μία εκεί όπου σας μίλησαν τελευταία φορά.' },
  },
  'file-gone': {
    says: { en: 'A file that was to go along is no longer kept here.', el: 'Ένα αρχείο που θα πήγαινε μαζί δεν υπάρχει πια εδώ.' },
    next: { en: 'Write it again, attach the file anew, and send.', el: 'Γράψτε το ξανά, επισυνάψτε το αρχείο από την αρχή και στείλτε.' },
  },
  'not-delivered': {
    says: { en: 'It came back: the mail system could not deliver it.', el: 'Γύρισε πίσω: δεν έγινε να παραδοθεί.' },
    next: { en: 'Check the address or ask for another one, then send it again or drop it.', el: 'Ελέγξτε τη διεύθυνση ή ζητήστε άλλη, και μετά στείλτε το ξανά ή ακυρώστε το.' },
  },
  refused: {
    says: { en: 'The network refused it.', el: 'Το δίκτυο το αρνήθηκε.' },
    next: { en: 'Change the text and publish it as a new post.', el: 'Αλλάξτε το κείμενο και δημοσιεύστε το ως νέα ανάρτηση.' },
  },
}
/** A stable word, and after it what the other side said in its own words. */
function splitWord(because: string): [word: string, told?: string] {
  const told = /^not-delivered: (.+)$/s.exec(because)?.[1]
  return told === undefined ? [because] : ['not-delivered', told]
}
/** The sentence for a stable word; any other word is what a network said when it refused. */
export function whyOf(because: string | null): Why | undefined {
  if (because === null) return undefined
  const [word, told] = splitWord(because)
  if (told !== undefined) return { says: { en: `${whyNotSent[word]!.says.en} “${told}”`, el: `${whyNotSent[word]!.says.el} «${told}»` }, next: whyNotSent[word]!.next }
  return whyNotSent[because] ?? { says: { en: `The network refused it: “${because}”`, el: `Το δίκτυο το αρνήθηκε: «${because}»` }, next: whyNotSent['refused']!.next }
}
const changes: Readonly<Record<'revise' | 'retract', Readonly<Record<'underway' | 'stuck', Why>>>> = {
  revise: {
    underway: {
      says: { en: 'The new words are on their way to the network; until then the old ones stand there.', el: 'Τα νέα λόγια πηγαίνουν στο δίκτυο· ώσπου να φτάσουν, μένουν εκεί τα παλιά.' },
      next: { en: 'Nothing to do: it happens by itself.', el: 'Δεν χρειάζεται να κάνετε κάτι: γίνεται μόνο του.' },
    },
    stuck: {
      says: { en: 'The new words do not get through to the network; the old ones still stand there.', el: 'Τα νέα λόγια δεν φτάνουν στο δίκτυο· μένουν ακόμη εκεί τα παλιά.' },
      next: { en: 'It is tried again by itself. Try now, or drop the change and leave the old words there.', el: 'Θα δοκιμαστεί ξανά μόνο του. Δοκιμάστε τώρα, ή ακυρώστε την αλλαγή και αφήστε εκεί τα παλιά.' },
    },
  },
  retract: {
    underway: {
      says: { en: 'It is being taken down; until then it still stands on the network.', el: 'Αποσύρεται· ώσπου να γίνει, φαίνεται ακόμη στο δίκτυο.' },
      next: { en: 'Nothing to do: it happens by itself.', el: 'Δεν χρειάζεται να κάνετε κάτι: γίνεται μόνο του.' },
    },
    stuck: {
      says: { en: 'It cannot be taken down: it still stands on the network.', el: 'Δεν γίνεται να αποσυρθεί: φαίνεται ακόμη στο δίκτυο.' },
      next: { en: 'It is tried again by itself. Try now, take it down on the network yourself, or leave it there.', el: 'Θα δοκιμαστεί ξανά μόνο του. Δοκιμάστε τώρα, αποσύρετέ το εσείς στο δίκτυο ή αφήστε το εκεί.' },
    },
  },
}
const refusedChange = (because: string): Why => {
  const why = whyNotSent[because]
  const says: Both = why?.says ?? { en: `The network refused the change: “${because}”`, el: `Το δίκτυο αρνήθηκε την αλλαγή: «${because}»` }
  return { says, next: { en: 'What stood there still stands. Change it on the network itself, or let it be.', el: 'Ό,τι υπήρχε εκεί μένει όπως ήταν. Αλλάξτε το στο ίδιο το δίκτυο ή αφήστε το.' } }
}
/** How an edit or a removal stands; undefined when there is none. */
export function whyChange({ pending, changeBecause }: Pick<Publication, 'pending' | 'changeBecause'>): Why | undefined {
  if (pending === null) return changeBecause === null ? undefined : refusedChange(changeBecause)
  if (changeBecause === null) return changes[pending].underway
  const known = changeBecause === 'expired' || changeBecause === 'paced' ? whyNotSent[changeBecause] : undefined
  const { says, next } = changes[pending].stuck
  return known ? { says: { en: `${says.en} ${known.says.en}`, el: `${says.el} ${known.says.el}` }, next: changeBecause === 'expired' ? known.next : next } : { says, next }
}
/** Why it is not out, at any moment of its way; undefined when nothing stands in its way. */
export function whyNow({ state, because }: Pick<Publication, 'state' | 'because'>): Why | undefined {
  const byState = state === 'waiting' ? 'waiting' : state === 'unknown' ? 'asking' : state === 'retry-wait' ? 'unreached' : null
  return whyOf(because ?? byState)
}
