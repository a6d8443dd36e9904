import { defineChannel } from '#kit/channel.ts'
import { clientRoutes } from './client.ts'
import { verify } from './connect.ts'
import { channelId } from './convert.ts'
import { limits } from './limits.ts'
import { listen, type Cursor } from './listen.ts'
import { login } from './login.ts'
import { publish } from './publish.ts'
import { Settings } from './settings.ts'
import type { Wire } from './wire.ts'

/** An account on Bluesky, or on any other server of the AT Protocol. */
export const bluesky = defineChannel<Settings, Wire, Cursor>({
  id: channelId, name: 'Bluesky',
  about: { en: 'An account you have on Bluesky, or on another server of its network.', el: 'Ένας λογαριασμός σας στο Bluesky ή σε άλλον διακομιστή του δικτύου του.' },
  settings: Settings, sealed: ['password', 'session'],
  fields: [
    { name: 'identifier', kind: 'text', placeholder: 'fournos.bsky.social', label: { en: 'Handle', el: 'Όνομα στο Bluesky' }, help: { en: 'As it stands under your name in Bluesky.', el: 'Όπως γράφεται κάτω από το όνομά σας στο Bluesky.' } },
    {
      name: 'password', kind: 'secret', placeholder: 'xxxx-xxxx-xxxx-xxxx', label: { en: 'App password', el: 'Κωδικός εφαρμογής' },
      help: {
        en: 'Only if you do not sign in on the network’s own page. Not the password of your account. In Bluesky: Settings, Privacy and security, App passwords, Add app password.',
        el: 'Μόνο αν δεν συνδέεστε από τη σελίδα του ίδιου του δικτύου. Όχι ο κωδικός του λογαριασμού σας. Στο Bluesky: Ρυθμίσεις, Απόρρητο και ασφάλεια, Κωδικοί εφαρμογών, Προσθήκη κωδικού εφαρμογής.',
      },
    },
    {
      name: 'service', kind: 'address', optional: true, placeholder: 'https://bsky.social', label: { en: 'Server', el: 'Διακομιστής' },
      help: { en: 'Only if your account is not on Bluesky’s own server.', el: 'Μόνο αν ο λογαριασμός σας δεν είναι στον διακομιστή του ίδιου του Bluesky.' },
    },
  ],
  login, verify, limits: () => limits, publish, listen, routes: clientRoutes,
})
