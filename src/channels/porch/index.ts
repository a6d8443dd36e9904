import { defineChannel } from '#kit/channel.ts'
import { postLimits } from './limits.ts'
import { listen } from './listen.ts'
import { publish } from './publish.ts'
import { porchRoutes } from './routes.ts'
import { PorchSettings } from './wire.ts'

/** The brand's own public site: posts, the people behind them, and what anybody has to say to them. */
export const porch = defineChannel({
  id: 'porch',
  name: 'Porch', called: { en: 'Porch', el: 'Στοά' },
  about: {
    en: 'Your own public site: posts with comments, feeds and the people behind them. It needs nobody else.',
    el: 'Ο δικός σας δημόσιος ιστότοπος: αναρτήσεις με σχόλια, ροές και οι άνθρωποι πίσω τους. Δεν χρειάζεται κανέναν άλλον.',
  },
  native: { handle: (siteName) => siteName },
  settings: PorchSettings,
  verify: async (_settings, ctx) => {
    const site = await ctx.host.site()
    return { id: 'porch', handle: site.name }
  },
  limits: () => postLimits,
  publish,
  listen,
  routes: (hosts) => porchRoutes(hosts),
})
