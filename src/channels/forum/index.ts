import { defineChannel } from '#kit/channel.ts'
import type { Tx } from '#db/database.ts'
import { federate } from './federate/round.ts'
import { bringIn } from './bring.ts'
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
  }, {
    name: 'federated', label: { en: 'In the fediverse', el: 'Στο fediverse' }, kind: 'choice', optional: true,
    help: {
      en: 'Whoever uses Mastodon and the like can follow the forum, a category or a topic, and answer. Only what is written from then on is passed on, and the forms say so.',
      el: 'Όσοι χρησιμοποιούν το Mastodon και τα όμοιά του μπορούν να ακολουθούν το φόρουμ, μια κατηγορία ή ένα θέμα, και να απαντούν. Φεύγει μόνο ό,τι γραφτεί από εκεί και πέρα, και οι φόρμες το λένε.',
    },
    choices: [{ value: 'no', label: { en: 'read here only', el: 'διαβάζεται μόνο εδώ' } }, { value: 'yes', label: { en: 'can be followed and answered from there', el: 'το ακολουθούν και απαντούν από εκεί' } }],
  }],
  verify: async ({ federated, federatedSince }, ctx) => {
    const site = await ctx.host.site()
    const since = federated !== 'yes' ? 'off' : federatedSince === undefined || federatedSince === 'off' ? ctx.now().toISOString() : federatedSince
    return { id: 'forum', handle: '/forum', name: `${site.name} · ${site.lang === 'el' ? 'Φόρουμ' : 'Forum'}`, ...(federated === undefined ? {} : { settings: { federatedSince: since } as ForumSettings }) }
  },
  limits: () => ({ text: { max: limits.text, unit: 'utf16' } }),
  publish,
  listen: { hears: ['replies', 'mentions'] },
  ruled: async (tx, ruling) => { await ruled(tx as Tx, ruling) },
  bringIn: (tx, account, given) => bringIn(tx as Tx, account, given),
  membersAt: ['/forum/*'],
  routes: (hosts) => forumRoutes(hosts),
  background: (hosts, log) => {
    const all = [tellRulings(hosts, log), federate(hosts, log)]
    return { stop: async () => { await Promise.all(all.map((one) => one.stop())) } }
  },
})
