import { defineChannel } from '#kit/channel.ts'
import type { Tx } from '#db/database.ts'
import { ruled } from './moderate.ts'
import { publish } from './publish.ts'
import { forumRoutes } from './routes.ts'
import { limits } from './rules.ts'
import { tellRulings } from './tell.ts'
import { ForumSettings, type ForumWire } from './wire.ts'

/** A place on the porch where people ask and help one another; the team answers from its inbox. */
export const forum = defineChannel<ForumSettings, ForumWire, null>({
  id: 'forum',
  name: 'Forum', called: { en: 'Forum', el: 'Φόρουμ' },
  about: {
    en: 'A support forum on your own site: questions, answers by you and by others, and a search that finds them again.',
    el: 'Ένα φόρουμ υποστήριξης στον ιστότοπό σας: ερωτήσεις, απαντήσεις δικές σας και άλλων, και αναζήτηση που τις ξαναβρίσκει.',
  },
  settings: ForumSettings,
  fields: [{
    name: 'firstPosts', label: { en: 'The first words of somebody new', el: 'Τα πρώτα λόγια κάποιου νέου' }, kind: 'choice',
    help: { en: 'Categories are made at /forum/manage once it is open.', el: 'Οι κατηγορίες φτιάχνονται στο /forum/manage μόλις ανοίξει.' },
    choices: [{ value: 'shown', label: { en: 'stand at once', el: 'φαίνονται αμέσως' } }, { value: 'held', label: { en: 'are read by one of us first', el: 'τα διαβάζει πρώτα κάποιος από εμάς' } }],
  }],
  verify: async (_settings, ctx) => {
    const site = await ctx.host.site()
    return { id: 'forum', handle: '/forum', name: `${site.name} · ${site.lang === 'el' ? 'Φόρουμ' : 'Forum'}` }
  },
  limits: () => ({ text: { max: limits.text, unit: 'utf16' } }),
  publish,
  listen: { hears: ['replies', 'mentions'] },
  ruled: async (tx, ruling) => { await ruled(tx as Tx, ruling) },
  membersAt: ['/forum/*'],
  routes: (hosts) => forumRoutes(hosts),
  background: tellRulings,
})
