import type { Both } from '#kit/lang.ts'
import type { Wrong } from './rules.ts'

/** What is wrong with a row, for the person who has the file. */
export const whatIsWrong: Readonly<Record<Wrong, Both>> = {
  'bad-utf8': { en: 'The line is not UTF-8 text.', el: 'Η γραμμή δεν είναι κείμενο UTF-8.' },
  'bad-json': { en: 'The line is not a JSON object.', el: 'Η γραμμή δεν είναι αντικείμενο JSON.' },
  fields: { en: 'The row has another number of fields than the header.', el: 'Η γραμμή έχει άλλο πλήθος πεδίων από την επικεφαλίδα.' },
  'open-quote': { en: 'A quotation mark opens and never closes.', el: 'Ένα εισαγωγικό ανοίγει και δεν κλείνει ποτέ.' },
  'too-big': { en: 'The row is larger than 256 KB.', el: 'Η γραμμή ξεπερνά τα 256 KB.' },
  'no-text': { en: 'There is no text.', el: 'Δεν υπάρχει κείμενο.' },
  'too-long': { en: 'The text is longer than 20,000 characters.', el: 'Το κείμενο ξεπερνά τους 20.000 χαρακτήρες.' },
  'bad-xml': { en: 'It holds an XML entity that is not known.', el: 'Περιέχει μια άγνωστη οντότητα XML.' },
  'cut-short': { en: 'The file ends in the middle.', el: 'Το αρχείο τελειώνει στη μέση.' },
  'no-page': { en: 'Its page is neither a post of your site nor on a site whose comments are connected (Settings, Channels).', el: 'Η σελίδα του δεν είναι ανάρτηση του ιστότοπού σας, ούτε ιστότοπου με συνδεδεμένα σχόλια (Ρυθμίσεις, Κανάλια).' },
  'bad-post': { en: 'A topic or a post lacks what it needs, or is another thing.', el: 'Από ένα θέμα ή μια ανάρτηση λείπει κάτι απαραίτητο, ή είναι κάτι άλλο.' },
  'other-forum': { en: 'A topic of this number stands here already, from another forum.', el: 'Υπάρχει ήδη εδώ θέμα με αυτόν τον αριθμό, από άλλο φόρουμ.' },
  'bad-time': { en: 'This is not a date and time we can read.', el: 'Δεν διαβάζεται ως ημερομηνία και ώρα.' },
}
const isWrong = (code: string): code is Wrong => code in whatIsWrong
export const wrongIn = (code: string): Both | null => (isWrong(code) ? whatIsWrong[code] : null)
