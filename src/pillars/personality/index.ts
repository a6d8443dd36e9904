import { definePillar } from '#kit/pillar.ts'
import type { House } from '#core/house.ts'
import type { Tx } from '#db/database.ts'
import { checks } from './checks.ts'
import { signals } from './signals.ts'
import { today } from './today.ts'

export const personality = definePillar<House, Tx>({
  id: 'personality',
  name: { en: 'Personality', el: 'Προσωπικότητα' },
  promise: {
    en: 'You talk with people who have a name, never with a logo.',
    el: 'Μιλάτε με ανθρώπους που έχουν όνομα, ποτέ με ένα λογότυπο.',
  },
  checks, signals, today,
})
