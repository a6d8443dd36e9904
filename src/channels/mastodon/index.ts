import { defineChannel } from '#kit/channel.ts'
import { login, verify } from './connect.ts'
import { channelId } from './convert.ts'
import { listen, type Cursor } from './listen.ts'
import { publish } from './publish.ts'
import { limitsFor } from './server.ts'
import { Settings } from './settings.ts'
import type { Wire } from './wire.ts'

/** An account on Mastodon, or on another server that speaks its language. */
export const mastodon = defineChannel<Settings, Wire, Cursor>({
  id: channelId, name: 'Mastodon',
  about: {
    en: 'An account you have on a Mastodon server, or on one that speaks the same language: GoToSocial, Pleroma, Pixelfed, snac and others.',
    el: 'Ένας λογαριασμός σας σε διακομιστή Mastodon ή σε άλλον που μιλά την ίδια γλώσσα: GoToSocial, Pleroma, Pixelfed, snac και άλλους.',
  },
  settings: Settings, sealed: ['token', 'clientSecret'],
  fields: [
    {
      name: 'server', kind: 'address', placeholder: 'mastodon.social', label: { en: 'Server', el: 'Διακομιστής' },
      help: { en: 'The address of your server, or your whole handle.', el: 'Η διεύθυνση του διακομιστή σας ή ολόκληρο το όνομά σας εκεί.' },
    },
    {
      name: 'token', kind: 'secret', optional: true, label: { en: 'Access token', el: 'Διακριτικό πρόσβασης' },
      help: {
        en: 'Only if you do not sign in on the server’s own page. In Mastodon: Preferences, Development, New application, with the rights “read” and “write”.',
        el: 'Μόνο αν δεν συνδέεστε από τη σελίδα του διακομιστή. Στο Mastodon: Προτιμήσεις, Ανάπτυξη, Νέα εφαρμογή, με τα δικαιώματα «read» και «write».',
      },
    },
    {
      name: 'audience', kind: 'choice', optional: true, label: { en: 'Who sees your posts', el: 'Ποιοι βλέπουν τις αναρτήσεις σας' },
      choices: [
        { value: 'public', label: { en: 'Everybody', el: 'Όλοι' } },
        { value: 'unlisted', label: { en: 'Everybody, but not in public lists', el: 'Όλοι, αλλά όχι στις δημόσιες ροές' } },
        { value: 'private', label: { en: 'Followers only', el: 'Μόνο όσοι σας ακολουθούν' } },
      ],
    },
  ],
  login, verify,
  limits: ({ settings }) => limitsFor(settings),
  publish, listen,
})
