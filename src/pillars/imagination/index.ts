import { definePillar } from '#kit/pillar.ts'
import type { House } from '#core/house.ts'
import type { Tx } from '#db/database.ts'
import { checks } from './checks.ts'
import { signals } from './signals.ts'
import { today } from './today.ts'

export const imagination = definePillar<House, Tx>({
  id: 'imagination',
  name: { en: 'Imagination', el: 'Φαντασία' },
  promise: {
    en: 'There is always something new to hear, and now and then something to play.',
    el: 'Πάντα υπάρχει κάτι καινούργιο να ακούσετε, και πού και πού κάτι να παίξουμε.',
  },
  checks, signals, today,
})
