import { definePillar } from '#kit/pillar.ts'
import type { House } from '#core/house.ts'
import type { Tx } from '#db/database.ts'
import { checks } from './checks.ts'
import { signals } from './signals.ts'
import { today } from './today.ts'

export const generosity = definePillar<House, Tx>({
  id: 'generosity',
  name: { en: 'Generosity', el: 'Γενναιοδωρία' },
  promise: {
    en: 'We give more than we ask for, and what we give is useful on its own.',
    el: 'Δίνουμε περισσότερα απ’ όσα ζητάμε, και ό,τι δίνουμε αξίζει από μόνο του.',
  },
  checks, signals, today,
})
