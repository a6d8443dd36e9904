import type { Both } from '#kit/lang.ts'

/** What can be wrong when a site is connected, and what to do about it. */
export const wrong = {
  address: { en: 'This is not the address of a website. Write it as in https://fournos.gr.', el: 'Αυτή δεν είναι διεύθυνση ιστότοπου. Γράψτε την όπως https://fournos.gr.' },
  insecure: { en: 'This site has no https, so the password would travel in the open. Switch https on at your host first.', el: 'Αυτός ο ιστότοπος δεν έχει https, οπότε ο κωδικός θα ταξίδευε ακάλυπτος. Ενεργοποιήστε πρώτα το https στον πάροχό σας.' },
  unreached: { en: 'No website answers at this address. Check the spelling, or try again in a few minutes.', el: 'Κανένας ιστότοπος δεν απαντά σε αυτή τη διεύθυνση. Ελέγξτε την ορθογραφία ή δοκιμάστε ξανά σε λίγα λεπτά.' },
  notWordPress: { en: 'There is a website at this address, but it does not answer as WordPress does. Give the address of the front page of your WordPress.', el: 'Σε αυτή τη διεύθυνση υπάρχει ιστότοπος, αλλά δεν απαντά όπως το WordPress. Δώστε τη διεύθυνση της αρχικής σελίδας του WordPress σας.' },
  closed: { en: 'The site has closed its REST interface, probably by a security plugin. Allow it for signed-in users, then try again.', el: 'Ο ιστότοπος έχει κλειστή τη διεπαφή REST, μάλλον από κάποιο πρόσθετο ασφαλείας. Επιτρέψτε την για συνδεδεμένους χρήστες και δοκιμάστε ξανά.' },
  passwordsOff: { en: 'Application passwords are switched off on this site, probably by a security plugin. Allow them, then make one under Users, Profile.', el: 'Οι κωδικοί εφαρμογών είναι απενεργοποιημένοι σε αυτόν τον ιστότοπο, μάλλον από κάποιο πρόσθετο ασφαλείας. Επιτρέψτε τους και φτιάξτε έναν στο Χρήστες, Προφίλ.' },
  plainPassword: { en: 'This looks like the password you sign in with. WordPress wants an application password here, 24 letters and digits: make one under Users, Profile, Application Passwords.', el: 'Αυτός μοιάζει με τον κωδικό με τον οποίο συνδέεστε. Το WordPress θέλει εδώ κωδικό εφαρμογής, 24 γράμματα και ψηφία: φτιάξτε έναν στο Χρήστες, Προφίλ, Κωδικοί εφαρμογών.' },
  password: { en: 'The site does not take this application password. Copy it whole, or make a new one under Users, Profile, Application Passwords.', el: 'Ο ιστότοπος δεν δέχεται αυτόν τον κωδικό εφαρμογής. Αντιγράψτε τον ολόκληρο ή φτιάξτε νέο στο Χρήστες, Προφίλ, Κωδικοί εφαρμογών.' },
  user: { en: 'The site knows no user of this name. Give the user name or the e-mail address you sign in with.', el: 'Ο ιστότοπος δεν γνωρίζει χρήστη με αυτό το όνομα. Δώστε το όνομα χρήστη ή το e-mail με το οποίο συνδέεστε.' },
  header: { en: 'The password did not arrive at WordPress: the web server keeps it back. Ask your host to pass on the header “Authorization”.', el: 'Ο κωδικός δεν έφτασε στο WordPress: τον κρατά ο διακομιστής. Ζητήστε από τον πάροχό σας να περνά την κεφαλίδα «Authorization».' },
  role: { en: 'This user may not publish posts. Give it the role Author, or Editor so that it can also answer comments unseen first.', el: 'Αυτός ο χρήστης δεν μπορεί να δημοσιεύει άρθρα. Δώστε του τον ρόλο του Συντάκτη (Author) ή, για τις απαντήσεις σε σχόλια, του Αρχισυντάκτη (Editor).' },
  busy: { en: 'The site asks for a pause. Try again in a few minutes.', el: 'Ο ιστότοπος ζητά μια παύση. Δοκιμάστε ξανά σε λίγα λεπτά.' },
} as const satisfies Readonly<Record<string, Both>>
