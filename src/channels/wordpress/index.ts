import { defineChannel } from '#kit/channel.ts'
import { verify } from './connect.ts'
import { channelId } from './convert.ts'
import { limits } from './limits.ts'
import { listen, type Cursor } from './listen.ts'
import { publish } from './publish.ts'
import { Settings } from './settings.ts'
import type { Wire } from './wire.ts'

/** A site that runs on WordPress: posts with pictures, and the comments under them. */
export const wordpress = defineChannel<Settings, Wire, Cursor>({
  id: channelId, name: 'WordPress',
  about: { en: 'Your website or blog on WordPress: posts with pictures, and the comments under them.', el: 'Ο ιστότοπος ή το ιστολόγιό σας σε WordPress: άρθρα με εικόνες και τα σχόλια κάτω από αυτά.' },
  settings: Settings, sealed: ['password'],
  fields: [
    { name: 'site', kind: 'address', placeholder: 'https://', label: { en: 'Address of the site', el: 'Διεύθυνση του ιστότοπου' }, help: { en: 'The front page of your WordPress.', el: 'Η αρχική σελίδα του WordPress σας.' } },
    { name: 'user', kind: 'text', label: { en: 'User name', el: 'Όνομα χρήστη' }, help: { en: 'With the role Editor; with the role Author answers to comments are less certain.', el: 'Με ρόλο Αρχισυντάκτη (Editor)· με ρόλο Συντάκτη (Author) οι απαντήσεις σε σχόλια είναι λιγότερο σίγουρες.' } },
    {
      name: 'password', kind: 'secret', label: { en: 'Application password', el: 'Κωδικός εφαρμογής' },
      help: { en: 'Not the one you sign in with. In WordPress: Users, Profile, Application Passwords.', el: 'Όχι αυτός με τον οποίο συνδέεστε. Στο WordPress: Χρήστες, Προφίλ, Κωδικοί εφαρμογών.' },
    },
    {
      name: 'cover', kind: 'choice', optional: true, label: { en: 'The first picture', el: 'Η πρώτη εικόνα' },
      help: { en: 'Some themes show no covers.', el: 'Κάποια θέματα εμφάνισης δεν δείχνουν εξώφυλλα.' },
      choices: [{ value: 'cover', label: { en: 'as the cover of the post', el: 'ως εξώφυλλο του άρθρου' } }, { value: 'text', label: { en: 'in the text', el: 'μέσα στο κείμενο' } }],
    },
  ],
  verify, limits: () => limits, publish, listen,
})
