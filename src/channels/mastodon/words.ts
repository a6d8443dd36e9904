import type { Both } from '#kit/lang.ts'

/** What can be wrong when an account is connected, and what to do about it. */
export const wrong = {
  address: { en: 'This is not the address of a server. Write it as in mastodon.social.', el: 'Αυτή δεν είναι διεύθυνση διακομιστή. Γράψτε την όπως mastodon.social.' },
  unreached: { en: 'No server answers at this address. Check the spelling, or try again in a few minutes.', el: 'Κανένας διακομιστής δεν απαντά σε αυτή τη διεύθυνση. Ελέγξτε την ορθογραφία ή δοκιμάστε ξανά σε λίγα λεπτά.' },
  notMastodon: { en: 'There is a website at this address, but it does not speak the language of Mastodon. Give the address you use in a Mastodon app.', el: 'Σε αυτή τη διεύθυνση υπάρχει ιστότοπος, αλλά δεν μιλά τη γλώσσα του Mastodon. Δώστε τη διεύθυνση που έχετε στην εφαρμογή του Mastodon.' },
  noToken: { en: 'Sign in on the server’s own page, or paste an access token: in Mastodon under Preferences, Development, New application, with the rights “read” and “write”.', el: 'Συνδεθείτε από τη σελίδα του διακομιστή ή επικολλήστε ένα διακριτικό πρόσβασης: στο Mastodon στις Προτιμήσεις, Ανάπτυξη, Νέα εφαρμογή, με τα δικαιώματα «read» και «write».' },
  token: { en: 'The server does not take this access token. Copy it whole, or make a new one.', el: 'Ο διακομιστής δεν δέχεται αυτό το διακριτικό πρόσβασης. Αντιγράψτε το ολόκληρο ή φτιάξτε καινούργιο.' },
  rights: { en: 'This access token may not write posts. Make a new one with the rights “read” and “write”.', el: 'Με αυτό το διακριτικό πρόσβασης δεν γράφονται αναρτήσεις. Φτιάξτε καινούργιο με τα δικαιώματα «read» και «write».' },
  busy: { en: 'The server asks for a pause. Try again in a few minutes.', el: 'Ο διακομιστής ζητά μια παύση. Δοκιμάστε ξανά σε λίγα λεπτά.' },
  denied: { en: 'The sign-in was not granted. Press “Authorise” on the server’s page to let Stoa post for you.', el: 'Δεν δόθηκε άδεια. Πατήστε «Εξουσιοδότηση» στη σελίδα του διακομιστή, ώστε το Stoa να δημοσιεύει για εσάς.' },
  exchange: { en: 'The server did not finish the sign-in. Please begin again.', el: 'Ο διακομιστής δεν ολοκλήρωσε τη σύνδεση. Ξεκινήστε από την αρχή.' },
} as const satisfies Readonly<Record<string, Both>>
