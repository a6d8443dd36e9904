import { definePillar } from '#kit/pillar.ts'
import type { House } from '#core/house.ts'
import type { Tx } from '#db/database.ts'
import { checks } from './checks.ts'
import { dueAgain, routeMessage } from './on-message.ts'
import { routes } from './routes.ts'
import { signals } from './signals.ts'
import { today } from './today.ts'

export const connectivity = definePillar<House, Tx>({
  id: 'connectivity',
  name: { en: 'Connectivity', el: 'Σύνδεση' },
  promise: {
    en: 'Whoever speaks to us hears from a person, soon, and may go on talking.',
    el: 'Όποιος μας μιλά παίρνει απάντηση από άνθρωπο, γρήγορα, και η κουβέντα συνεχίζεται.',
  },
  checks, signals, today,
  routes,
  on: { 'message.received': routeMessage, 'conversation.changed': dueAgain, 'conversation.assigned': dueAgain, 'message.moderated': dueAgain },
})
