import { definePillar } from '#kit/pillar.ts'
import type { House } from '#core/house.ts'
import type { Tx } from '#db/database.ts'
import { checks } from './checks.ts'
import { signals } from './signals.ts'
import { today } from './today.ts'

export const honesty = definePillar<House, Tx>({
  id: 'honesty',
  name: { en: 'Honesty', el: 'Ειλικρίνεια' },
  promise: {
    en: 'We say what is so, give our reasons, and own up when we were wrong.',
    el: 'Λέμε τα πράγματα όπως είναι, εξηγούμε τους λόγους μας και παραδεχόμαστε τα λάθη μας.',
  },
  checks, signals, today,
})
