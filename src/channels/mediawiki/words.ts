import type { Both } from '#kit/lang.ts'

/** What can be wrong when a wiki is connected, and what to do about it. */
export const wrong = {
  address: { en: 'This is not the address of a wiki. Write it as in https://wiki.fournos.gr.', el: 'Αυτή δεν είναι διεύθυνση wiki. Γράψτε την όπως https://wiki.fournos.gr.' },
  insecure: { en: 'This wiki has no https, so the password would travel in the open. Switch https on there first.', el: 'Αυτό το wiki δεν έχει https, οπότε ο κωδικός θα ταξίδευε ακάλυπτος. Ενεργοποιήστε πρώτα το https.' },
  unreached: { en: 'No wiki answers at this address. Check the spelling, or try again in a few minutes.', el: 'Κανένα wiki δεν απαντά σε αυτή τη διεύθυνση. Ελέγξτε την ορθογραφία ή δοκιμάστε ξανά σε λίγα λεπτά.' },
  notWiki: { en: 'There is a website at this address, but it does not answer as MediaWiki does. Give the address of a page of the wiki, or of its api.php.', el: 'Σε αυτή τη διεύθυνση υπάρχει ιστότοπος, αλλά δεν απαντά όπως το MediaWiki. Δώστε τη διεύθυνση μιας σελίδας του wiki ή του api.php του.' },
  botPassword: { en: 'The wiki wants a bot password here: make one under Special:BotPasswords and give its name as well, as in Eleni@stoa.', el: 'Το wiki θέλει εδώ κωδικό για ρομπότ: φτιάξτε έναν στη σελίδα Special:BotPasswords και δώστε και το όνομά του, όπως Eleni@stoa.' },
  password: { en: 'The wiki does not take this name and bot password. Copy both whole, or make a new one under Special:BotPasswords.', el: 'Το wiki δεν δέχεται αυτό το όνομα και αυτόν τον κωδικό για ρομπότ. Αντιγράψτε τα ολόκληρα ή φτιάξτε νέο στη σελίδα Special:BotPasswords.' },
  rights: { en: 'This bot password may not write pages. Give it the rights “Edit existing pages” and “Create, edit, and move pages”.', el: 'Με αυτόν τον κωδικό για ρομπότ δεν γράφονται σελίδες. Δώστε του τα δικαιώματα «Επεξεργασία υφιστάμενων σελίδων» και «Δημιουργία, επεξεργασία και μετακίνηση σελίδων».' },
  watchlist: { en: 'This bot password may not use the watchlist, by which talk is heard. Give it the rights to view and to edit the watchlist.', el: 'Αυτός ο κωδικός για ρομπότ δεν μπορεί να χρησιμοποιήσει τη λίστα παρακολούθησης, από την οποία ακούμε τις συζητήσεις. Δώστε του τα δικαιώματα προβολής και επεξεργασίας της.' },
  blocked: { en: 'This account is blocked on the wiki. Ask one of its administrators.', el: 'Αυτός ο λογαριασμός είναι υπό φραγή στο wiki. Απευθυνθείτε σε έναν διαχειριστή του.' },
  noPage: { en: 'Say on which page new sections are to stand, or let each post be a page of its own.', el: 'Πείτε σε ποια σελίδα θα μπαίνουν οι νέες ενότητες ή αφήστε κάθε ανάρτηση να γίνεται δική της σελίδα.' },
  busy: { en: 'The wiki asks for a pause. Try again in a few minutes.', el: 'Το wiki ζητά μια παύση. Δοκιμάστε ξανά σε λίγα λεπτά.' },
} as const satisfies Readonly<Record<string, Both>>
