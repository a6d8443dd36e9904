import { defineChannel, type Listen } from '#kit/channel.ts'
import { publish } from './publish.ts'
import { commentsRoutes } from './routes.ts'
import { CommentsSettings, sitesOf } from './wire.ts'

/** Comments are handed over the moment they are accepted (`Host.hear`); there is nothing to poll. */
const listen: Listen<CommentsSettings, null> = { hears: ['replies'] }

/** Comments under the pages of other sites: a blog of one's own keeps its place and gets a talk under each page. */
export const comments = defineChannel({
  id: 'comments', name: 'Comments', called: { en: 'Comments on other sites', el: 'Σχόλια σε άλλους ιστότοπους' },
  about: {
    en: 'Comments under the pages of a blog you have elsewhere: one line of script, no accounts, no tracking. They come to the inbox, and your answers stand under them.',
    el: 'Σχόλια κάτω από τις σελίδες ενός ιστολογίου που έχετε αλλού: μία γραμμή κώδικα, χωρίς λογαριασμούς και παρακολούθηση. Έρχονται στα εισερχόμενα και οι απαντήσεις σας φαίνονται από κάτω.',
  },
  settings: CommentsSettings,
  fields: [
    {
      name: 'sites', kind: 'text', placeholder: 'https://blog.example', label: { en: 'Sites that may show them', el: 'Ιστότοποι που μπορούν να τα δείχνουν' },
      help: { en: 'Their exact addresses, with spaces between them. No other site can show them.', el: 'Οι ακριβείς διευθύνσεις τους, με κενά ανάμεσα. Κανένας άλλος ιστότοπος δεν μπορεί να τα δείξει.' },
    },
    {
      name: 'first', kind: 'choice', optional: true, label: { en: 'Read by one of you first', el: 'Τα διαβάζει πρώτα κάποιος από εσάς' },
      help: { en: 'What looks odd is always read first.', el: 'Ό,τι φαίνεται παράξενο το διαβάζετε πάντα πρώτα.' },
      choices: [
        { value: 'strangers', label: { en: 'the first comment of each person', el: 'το πρώτο σχόλιο του καθενός' } },
        { value: 'everybody', label: { en: 'every comment', el: 'κάθε σχόλιο' } },
        { value: 'nobody', label: { en: 'none', el: 'κανένα' } },
      ],
    },
    {
      name: 'closeAfterDays', kind: 'text', optional: true, placeholder: '90', label: { en: 'Close a page after so many days', el: 'Κλείσιμο μιας σελίδας μετά από τόσες μέρες' },
      help: { en: 'Counted from its first comment. Empty: pages stay open.', el: 'Μετρούν από το πρώτο σχόλιο. Κενό: οι σελίδες μένουν ανοιχτές.' },
    },
    {
      name: 'lang', kind: 'choice', optional: true, label: { en: 'Language of the form', el: 'Γλώσσα της φόρμας' }, help: { en: 'Empty: that of your site.', el: 'Κενό: του ιστότοπού σας.' },
      choices: [{ value: 'en', label: { en: 'English', el: 'Αγγλικά' } }, { value: 'el', label: { en: 'Greek', el: 'Ελληνικά' } }],
    },
  ],
  verify: async (settings) => {
    const [first] = sitesOf(settings)
    return { id: first!, handle: new URL(first!).host, settings }
  },
  limits: () => ({ text: { max: 4_000, unit: 'grapheme' } }),
  publish, listen,
  routes: (hosts) => commentsRoutes(hosts),
})
