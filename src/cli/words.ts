import type { Lang } from '#kit/lang.ts'

const en = {
  usage: `Stoa: a workspace for social media campaigns.

  stoa start                        start everything and print where to open it
  stoa import conversations FILE    bring conversations in (see: stoa import --help)
  stoa user list                    who can sign in
  stoa user password EMAIL          set a new password (read from standard input)
  stoa secrets rotate               seal every secret anew with a new key
  stoa secrets lock FILE            keep the keys in a file, under a passphrase (read from standard input)
  stoa secrets unlock FILE          bring such keys back
  stoa person export ID|EMAIL --to FILE   everything of a person, in one archive
  stoa person erase ID|EMAIL        erase a person for good, with a receipt
  stoa doctor                       look at everything and say what is wrong
  stoa backup FILE                  keep everything in one file
  stoa restore FILE                 bring a backup back into an empty Stoa
  stoa export DIR                   everything as JSON Lines, Markdown and pictures
  stoa help                         this

Settings are environment variables; docs/operate.md lists them.`,
  open: 'Stoa is open:', first: 'This is a fresh Stoa. The address below makes its owner, once:', stopping: 'Stopping: finishing what has begun …', stopped: 'Stopped. Nothing is lost.',
  unknown: 'There is no such command.', noPassword: 'Write the new password (10 characters or more) on standard input.', noUser: 'Nobody signs in with that address.',
  shortPassphrase: 'Write a passphrase of 12 characters or more on standard input.', wrongPassphrase: 'These are no keys of a Stoa, or the passphrase is another.', noSuchFile: 'There is no such file.',
}
type Words = { readonly [K in keyof typeof en]: string }
const el: Words = {
  usage: `Stoa: ένας χώρος εργασίας για καμπάνιες στα κοινωνικά δίκτυα.

  stoa start                        ξεκινά τα πάντα και τυπώνει τη διεύθυνση
  stoa import conversations ΑΡΧΕΙΟ  φέρνει συνομιλίες (δείτε: stoa import --help)
  stoa user list                    ποιοι μπορούν να συνδεθούν
  stoa user password EMAIL          ορίζει νέο κωδικό (από την τυπική είσοδο)
  stoa secrets rotate               σφραγίζει ξανά κάθε μυστικό με νέο κλειδί
  stoa secrets lock ΑΡΧΕΙΟ          κρατά τα κλειδιά σε αρχείο, με συνθηματικό (από την τυπική είσοδο)
  stoa secrets unlock ΑΡΧΕΙΟ        φέρνει πίσω τέτοια κλειδιά
  stoa person export ID|EMAIL --to ΑΡΧΕΙΟ   όλα όσα αφορούν ένα πρόσωπο, σε ένα αρχείο
  stoa person erase ID|EMAIL        διαγράφει οριστικά ένα πρόσωπο, με απόδειξη
  stoa doctor                       ελέγχει τα πάντα και λέει τι δεν πάει καλά
  stoa backup ΑΡΧΕΙΟ                τα κρατά όλα σε ένα αρχείο
  stoa restore ΑΡΧΕΙΟ               επαναφέρει αντίγραφο σε άδειο Stoa
  stoa export ΦΑΚΕΛΟΣ               τα πάντα ως JSON Lines, Markdown και εικόνες
  stoa help                         αυτό εδώ

Οι ρυθμίσεις είναι μεταβλητές περιβάλλοντος· δείτε docs/operate.md.`,
  open: 'Το Stoa άνοιξε:', first: 'Καινούργιο Stoa. Η παρακάτω διεύθυνση ορίζει τον ιδιοκτήτη, μία φορά:', stopping: 'Κλείνει: τελειώνει όσα ξεκίνησαν …', stopped: 'Έκλεισε. Δεν χάθηκε τίποτα.',
  unknown: 'Δεν υπάρχει τέτοια εντολή.', noPassword: 'Γράψτε τον νέο κωδικό (10 χαρακτήρες και πάνω) στην τυπική είσοδο.', noUser: 'Κανείς δεν συνδέεται με αυτή τη διεύθυνση.',
  shortPassphrase: 'Γράψτε συνθηματικό 12 χαρακτήρων και πάνω στην τυπική είσοδο.', wrongPassphrase: 'Δεν είναι κλειδιά ενός Stoa ή το συνθηματικό είναι άλλο.', noSuchFile: 'Δεν υπάρχει τέτοιο αρχείο.',
}
const all: Readonly<Record<Lang, Words>> = { en, el }
/** The language of the terminal. */
export const langOf = (env: Readonly<Record<string, string | undefined>>): Lang => ((env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '').startsWith('el') ? 'el' : 'en')
export const wordsFor = (env: Readonly<Record<string, string | undefined>>): Words => all[langOf(env)]
