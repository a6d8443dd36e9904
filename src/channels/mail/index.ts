import { defineChannel } from '#kit/channel.ts'
import type { Both } from '#kit/lang.ts'
import { verify } from './connect.ts'
import { channelId } from './convert.ts'
import { listen, type Cursor } from './listen.ts'
import { letters, publish } from './publish.ts'
import { Settings } from './settings.ts'
import { mailFiles, type Wire } from './wire.ts'

const securities = [
  { value: 'tls', label: { en: 'TLS from the start (993, 465)', el: 'TLS από την αρχή (993, 465)' } },
  { value: 'starttls', label: { en: 'STARTTLS (143, 587)', el: 'STARTTLS (143, 587)' } },
  { value: 'none', label: { en: 'None: only inside your own network', el: 'Καμία: μόνο μέσα στο δικό σας δίκτυο' } },
]
const found: Both = { en: 'Leave it empty and we look for it.', el: 'Αφήστε το κενό και το βρίσκουμε εμείς.' }

/** A mailbox of the brand's: read by IMAP, answered by SMTP. */
export const mail = defineChannel<Settings, Wire, Cursor>({
  id: channelId, name: 'E-mail', called: { en: 'E-mail', el: 'E-mail' },
  about: {
    en: 'A mailbox of yours, such as info@brand.gr: mails arrive in the inbox and are answered from there, and this Stoa can write to those who ask to be told.',
    el: 'Ένα γραμματοκιβώτιό σας, όπως info@brand.gr: τα e-mail έρχονται στα εισερχόμενα και απαντιούνται από εκεί, και το Stoa μπορεί να γράφει σε όσους ζητούν ενημέρωση.',
  },
  settings: Settings, sealed: ['password'],
  fields: [
    { name: 'address', kind: 'text', placeholder: 'info@brand.gr', label: { en: 'E-mail address', el: 'Διεύθυνση e-mail' } },
    {
      name: 'password', kind: 'secret', label: { en: 'Password', el: 'Κωδικός' },
      help: { en: 'Gmail, Yahoo, iCloud and others want an app password, made in the security settings of your account there.', el: 'Gmail, Yahoo, iCloud και άλλοι θέλουν κωδικό εφαρμογής, που φτιάχνεται στις ρυθμίσεις ασφαλείας του λογαριασμού σας εκεί.' },
    },
    { name: 'name', kind: 'text', optional: true, label: { en: 'Name people see', el: 'Όνομα που βλέπουν όσοι λαμβάνουν' } },
    { name: 'user', kind: 'text', optional: true, label: { en: 'User name', el: 'Όνομα χρήστη' }, help: { en: 'Only if it is not the address itself.', el: 'Μόνο αν δεν είναι η ίδια η διεύθυνση.' } },
    { name: 'imapHost', kind: 'text', optional: true, placeholder: 'imap.brand.gr', label: { en: 'IMAP server', el: 'Διακομιστής IMAP' }, help: found },
    { name: 'imapPort', kind: 'text', optional: true, placeholder: '993', label: { en: 'IMAP port', el: 'Θύρα IMAP' } },
    { name: 'imapSecurity', kind: 'choice', optional: true, choices: securities, label: { en: 'Encryption of IMAP', el: 'Κρυπτογράφηση IMAP' } },
    { name: 'smtpHost', kind: 'text', optional: true, placeholder: 'smtp.brand.gr', label: { en: 'SMTP server', el: 'Διακομιστής SMTP' }, help: found },
    { name: 'smtpPort', kind: 'text', optional: true, placeholder: '465', label: { en: 'SMTP port', el: 'Θύρα SMTP' } },
    { name: 'smtpSecurity', kind: 'choice', optional: true, choices: securities, label: { en: 'Encryption of SMTP', el: 'Κρυπτογράφηση SMTP' } },
  ],
  verify,
  limits: () => ({ text: { max: 50_000, unit: 'utf16' }, pace: { sends: 30, perMinutes: 1 }, answers: { files: mailFiles } }),
  publish, letters, listen,
})
