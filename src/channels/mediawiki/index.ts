import { defineChannel } from '#kit/channel.ts'
import { verify } from './connect.ts'
import { channelId } from './convert.ts'
import { limits } from './limits.ts'
import { listen, type Cursor } from './listen.ts'
import { publish } from './publish.ts'
import { Settings } from './settings.ts'
import type { Wire } from './wire.ts'

/** A wiki on MediaWiki: pages or sections written by us, and the talk about them. */
export const mediawiki = defineChannel<Settings, Wire, Cursor>({
  id: channelId, name: 'MediaWiki',
  about: { en: 'A wiki on MediaWiki: your pages or sections there, and what people say on their talk pages.', el: 'Ένα wiki σε MediaWiki: οι σελίδες ή οι ενότητές σας εκεί, και όσα γράφουν οι άλλοι στις σελίδες συζήτησης.' },
  settings: Settings, sealed: ['password'],
  fields: [
    { name: 'wiki', kind: 'address', placeholder: 'https://', label: { en: 'Address of the wiki', el: 'Διεύθυνση του wiki' }, help: { en: 'Any of its pages will do.', el: 'Αρκεί οποιαδήποτε σελίδα του.' } },
    { name: 'user', kind: 'text', placeholder: 'Eleni@stoa', label: { en: 'Name of the bot password', el: 'Όνομα του κωδικού για ρομπότ' }, help: { en: 'From Special:BotPasswords: your name there, @, and the name you gave the password.', el: 'Από τη σελίδα Special:BotPasswords: το όνομά σας εκεί, @, και το όνομα που δώσατε στον κωδικό.' } },
    { name: 'password', kind: 'secret', label: { en: 'Bot password', el: 'Κωδικός για ρομπότ' }, help: { en: 'With the rights to edit and create pages, and to view and edit the watchlist.', el: 'Με δικαιώματα επεξεργασίας και δημιουργίας σελίδων, και προβολής και επεξεργασίας της λίστας παρακολούθησης.' } },
    {
      name: 'place', kind: 'choice', optional: true, label: { en: 'A post becomes', el: 'Μια ανάρτηση γίνεται' },
      choices: [{ value: 'page', label: { en: 'a page of its own', el: 'δική της σελίδα' } }, { value: 'section', label: { en: 'a new section of one page', el: 'νέα ενότητα μιας σελίδας' } }],
    },
    { name: 'page', kind: 'text', optional: true, label: { en: 'The page for new sections', el: 'Η σελίδα για τις νέες ενότητες' } },
  ],
  verify, limits: () => limits, publish, listen,
})
