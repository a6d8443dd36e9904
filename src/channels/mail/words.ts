import type { Both } from '#kit/lang.ts'
import type { Lack } from './read.ts'

/** What can be wrong when a mailbox is connected, and what to do about it. */
export const wrong = {
  address: { en: 'This is not an e-mail address. Write it as in info@brand.gr.', el: 'Αυτή δεν είναι διεύθυνση e-mail. Γράψτε την όπως info@brand.gr.' },
  imapNotFound: { en: 'We did not find where this mailbox is read. Your provider tells you the IMAP server; fill it in below.', el: 'Δεν βρήκαμε πού διαβάζεται αυτό το γραμματοκιβώτιο. Ο πάροχός σας δίνει τον διακομιστή IMAP· συμπληρώστε τον παρακάτω.' },
  smtpNotFound: { en: 'The mailbox can be read, but we did not find where mail is sent from. Your provider tells you the SMTP server; fill it in below.', el: 'Το γραμματοκιβώτιο διαβάζεται, αλλά δεν βρήκαμε από πού στέλνει. Ο πάροχός σας δίνει τον διακομιστή SMTP· συμπληρώστε τον παρακάτω.' },
  imapUnreached: { en: 'The IMAP server does not answer at this port. Check the name and the port: 993 as a rule, or 143.', el: 'Ο διακομιστής IMAP δεν απαντά σε αυτή τη θύρα. Ελέγξτε το όνομα και τη θύρα: συνήθως 993 ή 143.' },
  smtpUnreached: { en: 'The SMTP server does not answer at this port. Check the name and the port: 465 as a rule, or 587. Some machines let nothing out at these ports; then ask whoever runs yours.', el: 'Ο διακομιστής SMTP δεν απαντά σε αυτή τη θύρα. Ελέγξτε το όνομα και τη θύρα: συνήθως 465 ή 587. Ορισμένα μηχανήματα δεν αφήνουν έξοδο σε αυτές τις θύρες· τότε ρωτήστε όποιον τα διαχειρίζεται.' },
  certificate: { en: 'The certificate of this server does not fit its name, so we sent no password. Use the name your provider gives, not another that leads there.', el: 'Το πιστοποιητικό του διακομιστή δεν ταιριάζει με το όνομά του, οπότε δεν στείλαμε κωδικό. Γράψτε το όνομα που δίνει ο πάροχός σας και όχι άλλο που οδηγεί εκεί.' },
  noTls: { en: 'This server offers no encryption at this port, so we sent no password. Try port 993 for IMAP and 465 for SMTP.', el: 'Ο διακομιστής δεν προσφέρει κρυπτογράφηση σε αυτή τη θύρα, οπότε δεν στείλαμε κωδικό. Δοκιμάστε τη θύρα 993 για IMAP και 465 για SMTP.' },
  blocked: { en: 'This name leads to a private address or to a port mail does not use. Give the server’s public name; whoever runs this Stoa can allow private addresses.', el: 'Το όνομα οδηγεί σε ιδιωτική διεύθυνση ή σε θύρα που δεν είναι του e-mail. Δώστε το δημόσιο όνομα του διακομιστή· όποιος διαχειρίζεται αυτό το Stoa μπορεί να επιτρέψει ιδιωτικές διευθύνσεις.' },
  imapLogin: { en: 'The mailbox does not take this user name and password. Gmail, Yahoo, iCloud and others want an app password, made in the settings of your account there.', el: 'Το γραμματοκιβώτιο δεν δέχεται αυτό το όνομα χρήστη και τον κωδικό. Gmail, Yahoo, iCloud και άλλοι θέλουν κωδικό εφαρμογής, που φτιάχνεται στις ρυθμίσεις του λογαριασμού σας εκεί.' },
  smtpLogin: { en: 'The mailbox can be read, but the SMTP server does not take the same user name and password. Check that sending by programs is allowed in your account there.', el: 'Το γραμματοκιβώτιο διαβάζεται, αλλά ο διακομιστής SMTP δεν δέχεται το ίδιο όνομα χρήστη και κωδικό. Ελέγξτε ότι ο λογαριασμός σας επιτρέπει αποστολή από προγράμματα.' },
  noPassword: { en: 'Fill in the password of the mailbox.', el: 'Συμπληρώστε τον κωδικό του γραμματοκιβωτίου.' },
  odd: { en: 'The server answered in a way we do not understand. Check that it is a mail server, or try again in a few minutes.', el: 'Ο διακομιστής απάντησε με τρόπο που δεν καταλαβαίνουμε. Ελέγξτε ότι είναι διακομιστής e-mail ή δοκιμάστε ξανά σε λίγα λεπτά.' },
} as const satisfies Readonly<Record<string, Both>>

/** What is said under a mail of which not all could be taken in. */
export const lackWords: Readonly<Record<Lack, Both>> = {
  'too-large': { en: 'This mail is very large: only its beginning is shown, the whole lies in the mailbox.', el: 'Αυτό το e-mail είναι πολύ μεγάλο: φαίνεται μόνο η αρχή του, ολόκληρο βρίσκεται στο γραμματοκιβώτιο.' },
  unreadable: { en: 'This mail is put together in a way we do not open: look at it in the mailbox.', el: 'Αυτό το e-mail είναι φτιαγμένο με τρόπο που δεν το ανοίγουμε: δείτε το στο γραμματοκιβώτιο.' },
  'files-left-out': { en: 'It came with more files than we take: the others lie in the mailbox.', el: 'Ήρθε με περισσότερα αρχεία απ’ όσα δεχόμαστε: τα υπόλοιπα βρίσκονται στο γραμματοκιβώτιο.' },
}
export const attachmentLack = (name: string): string =>
  `[${name ? `“${name}”` : 'A file'} was not taken in; it lies in the mailbox. · ${name ? `Το «${name}»` : 'Ένα αρχείο'} δεν το δεχόμαστε· βρίσκεται στο γραμματοκιβώτιο.]`
