import type { Lang } from '#kit/lang.ts'
import type { Moment } from './rules.ts'

interface Words {
  readonly title: Readonly<Record<Moment, string>>
  readonly summary: (count: number) => string
  readonly meanwhile: string
  readonly subject: (count: number, site: string) => string
  readonly hello: (name: string) => string
  readonly waits: (count: number) => string
  readonly again: (minutes: number) => string
}
const en: Words = {
  title: {
    given: 'You were given a conversation', mention: 'Somebody mentioned you', answer: 'A new word in a conversation of yours', new: 'A new message that is nobody’s yet',
    soon: 'An answer is due soon', missed: 'An answer is overdue', failed: 'An answer of yours did not go out', silent: 'A channel needs a look',
  },
  summary: (count) => `${count} things came meanwhile`, meanwhile: 'Open the inbox to see them.',
  subject: (count, site) => `${site}: ${count === 1 ? 'something waits' : `${count} things wait`} for you`,
  hello: (name) => `Hello ${name},`, waits: (count) => (count === 1 ? 'this waits for you in Stoa:' : 'these wait for you in Stoa:'),
  again: (minutes) => `You get this because you had not seen it for ${minutes} minutes. What you are told of, and how, stands under Settings → You.`,
}
const el: Words = {
  title: {
    given: 'Σας ανατέθηκε μια συνομιλία', mention: 'Κάποιος σας ανέφερε', answer: 'Νέο μήνυμα σε συνομιλία σας', new: 'Νέο μήνυμα που δεν το έχει αναλάβει κανείς',
    soon: 'Μια απάντηση πρέπει να δοθεί σύντομα', missed: 'Μια απάντηση έχει αργήσει', failed: 'Μια απάντησή σας δεν έφυγε', silent: 'Ένα κανάλι θέλει τη ματιά σας',
  },
  summary: (count) => `Στο μεταξύ ήρθαν ${count} ειδοποιήσεις`, meanwhile: 'Ανοίξτε τα εισερχόμενα για να τις δείτε.',
  subject: (count, site) => `${site}: ${count === 1 ? 'κάτι σας περιμένει' : `σας περιμένουν ${count} πράγματα`}`,
  hello: (name) => `Γεια σας ${name},`, waits: (count) => (count === 1 ? 'στο Stoa σας περιμένει αυτό:' : 'στο Stoa σας περιμένουν αυτά:'),
  again: (minutes) => `Το λαμβάνετε επειδή επί ${minutes} λεπτά δεν το είδατε. Για τι ειδοποιείστε και πώς, το ορίζετε στις Ρυθμίσεις → Εσείς.`,
}
export const bellWords: Readonly<Record<Lang, Words>> = { en, el }
