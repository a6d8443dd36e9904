import { ChannelError, ConnectError, defineChannel, type Ctx } from '#kit/channel.ts'
import { fetchDocument, refusalIn, type Fetched } from './fetch.ts'
import { linkedFeed } from './discover.ts'
import { listen } from './listen.ts'
import { feedIn } from './parse.ts'
import { Settings, type Cursor } from './wire.ts'

async function documentAt(url: string, ctx: Ctx): Promise<Fetched> {
  try { return (await fetchDocument(url, ctx))! } catch (error) {
    if (error instanceof ChannelError && error.trouble.kind === 'refused') throw new ConnectError(refusalIn(error.trouble.because), 'url', error)
    throw new ConnectError({ en: 'Nothing answers at this address. Check it, or try again in a few minutes.', el: 'Κανείς δεν απαντά σε αυτή τη διεύθυνση. Ελέγξτε την ή δοκιμάστε ξανά σε λίγα λεπτά.' }, 'url', error)
  }
}

/** News of other sites: RSS, Atom and JSON Feed. It listens, and says nothing itself. */
export const feeds = defineChannel<Settings, null, Cursor>({
  id: 'feeds', name: 'Feeds', called: { en: 'Feeds', el: 'Ροές' },
  about: { en: 'What other sites publish: blogs, news and shops, by RSS, Atom or JSON Feed.', el: 'Όσα δημοσιεύουν άλλοι ιστότοποι: ιστολόγια, νέα και καταστήματα, με RSS, Atom ή JSON Feed.' },
  settings: Settings,
  fields: [{
    name: 'url', kind: 'address', label: { en: 'Address of the site or its feed', el: 'Διεύθυνση του ιστότοπου ή της ροής του' }, placeholder: 'https://',
    help: { en: 'The address of the site is enough: we look for the feed ourselves.', el: 'Αρκεί η διεύθυνση του ιστότοπου: τη ροή τη βρίσκουμε εμείς.' },
  }],
  verify: async (settings, ctx) => {
    let found = await documentAt(settings.url, ctx)
    let feed = feedIn(found.text)
    const linked = feed ? undefined : linkedFeed(found.text, found.url)
    if (linked !== undefined) {
      found = await documentAt(linked, ctx)
      feed = feedIn(found.text)
    }
    if (!feed) throw new ConnectError({ en: 'There is no feed at this address, and the page names none. Look for a link called RSS on the site.', el: 'Σε αυτή τη διεύθυνση δεν υπάρχει ροή, και η σελίδα δεν δηλώνει καμία. Ψάξτε στον ιστότοπο για σύνδεσμο RSS.' }, 'url')
    const url = linked ?? settings.url
    return { id: url, handle: url.replace(/^https?:\/\//, '').replace(/\/$/, ''), name: feed.title.slice(0, 200).toWellFormed() || new URL(url).host, settings: { url, title: feed.title.slice(0, 300).toWellFormed() } }
  },
  limits: () => ({ text: { max: 1, unit: 'grapheme' } }),
  listen,
})
