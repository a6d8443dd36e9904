import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leaningOf, tokensOf } from './learn.ts'
import { isSign, signWords } from './words.ts'
import { readable, stranger, weigh } from './weigh.ts'

const signsOf = (text: string): string[] => weigh(text).signs.map((one) => one.sign)

describe('honest words stand', () => {
  test.each([
    'Θα έχετε και το Σάββατο ψωμί σίκαλης;', 'Είδα το φούρνο σας στη Μαιζώνος, πολύ ωραίο το άρθρο! Πόσο κρατά το προζύμι;', 'Τηλέφωνο για παραγγελίες έχετε; Το δικό μου είναι 6912345678, καλέστε με όταν βγει.', 'Κέρδισα στον διαγωνισμό σας ένα καρβέλι, ευχαριστώ πολύ!',
    'Πήρα το δέμα μου σήμερα, όλα τέλεια.', 'Δουλεύω από το σπίτι και παραγγέλνω κάθε μέρα.', 'Η μαμά μου έπαιρνε δάνειο για να ανοίξει φούρνο.', 'Να βάλουμε στοίχημα ότι θα φουσκώσει;', 'ΜΠΡΑΒΟ!', 'Βρήκα το ίδιο εδώ: https://www.bakery-forum.gr/t/zymi και δοκίμασα με αλεύρι ολικής, βγήκε πιο αφράτο.',
    'I checked the recipe twice and it works. Could you please help me with the salt?', 'Is there a discount for students on Fridays?', 'I won the bread at the fair, thank you!', 'Sorry.it was my mistake', 'See the source at https://github.com/jgthms/bread, which explains at some length how the levain is kept over the week.', 'Do you deliver? My postcode is 26221.', '🍞❤️', 'ok',
  ])('%s', (text) => { expect(weigh(text)).toMatchObject({ is: 'fine' }) })
})

describe('what advertises is held, and it is said why', () => {
  test.each<[string, string]>([
    ['Κάντε εγγραφή στο κανάλι μου για περισσότερα!', 'channel'], ['Κερδίστε εύκολα χρήματα από το σπίτι, 80 ευρώ την ημέρα online', 'money'], ['Προσφέρουμε δάνεια χωρίς εγγυητή με επιτόκιο 2%, επικοινωνήστε στο whatsapp', 'money'], ['Συγχαρητήρια! Κερδίσατε ένα iPhone, διεκδικήστε το δώρο σας', 'prize'],
    ['Το δέμα σας κρατείται στο τελωνείο, πληρώστε το τέλος εδώ', 'parcel'], ['Τα καλύτερα online καζίνο με μπόνους χωρίς κατάθεση', 'betting'], ['Επιβεβαιώστε τα στοιχεία του λογαριασμού σας', 'account'], ['Χάστε 10 κιλά χωρίς δίαιτα, μόνο με αυτό το συμπλήρωμα, κλικ', 'cure'], ['Kerdiste eykola xrimata! Kante klik edo', 'promotion'],
    ['Subscribe to my channel please', 'channel'], ['Earn $500 per day working from home', 'money'], ['You have won a £1000 cash prize', 'prize'], ['Buy real followers, best price: http://boost.example.com', 'promotion'], ['[url=http://cheap.example]pills[/url]', 'markup'], ['Great post! Thanks for sharing http://my-seo.example.com', 'flattery'],
    ['Contact him on WhatsApp, he recovered my lost bitcoin', 'account'], ['https://bit.ly/3xYz', 'bare-link'], ['txt WIN to 80608', 'premium'],
  ])('%s', (text, sign) => {
    const verdict = weigh(text)
    expect(verdict.is).not.toBe('fine')
    expect(verdict.signs.map((one) => one.sign)).toContain(sign)
    expect(verdict.signs.every((one) => isSign(one.sign) && signWords[one.sign].el !== '')).toBe(true)
  })
  test('the words that were found are shown as they were read', () => {
    expect(weigh('Subscribe to my channel please').signs[0]).toEqual({ sign: 'channel', weight: 1, words: ['subscribe to my', 'subscribe to my channel'] })
  })
})

describe('dressing up does not help', () => {
  test.each(['Ѕubѕсrіbе to my channel', 'sub\u200bscr\u200bibe to my chan\u00adnel', '𝐒𝐮𝐛𝐬𝐜𝐫𝐢𝐛𝐞 to my channel', 'ＳＵＢＳＣＲＩＢＥ to my channel', 'SÜBSCRIBE to my channel'])('%s', (text) => {
    expect(signsOf(text)).toContain('channel')
  })
  test('letters of two scripts in a word are a sign of their own, Greek beside Latin is none', () => {
    expect(signsOf('Вest cаsino')).toContain('scripts')
    expect(signsOf('Η Aθήνα και το iPhone μου')).not.toContain('scripts')
  })
})

describe('what is known of the author', () => {
  const doubtful = 'Check out my new recipe book, everyone!'
  test('somebody whose words stand here may say what a stranger may not', () => {
    expect(weigh(doubtful).is).toBe('doubtful')
    expect(weigh(doubtful, { ...stranger, standing: 3 }).is).toBe('fine')
  })
  test('but not everything', () => {
    expect(weigh('Earn $500 per day: https://bit.ly/x?ref=9 subscribe to my channel', { ...stranger, standing: 50 }).is).not.toBe('fine')
  })
  test('the same words elsewhere are held, whatever they are', () => { expect(weigh('Πολύ ωραίο ψωμί, μπράβο σας.', { ...stranger, repeated: true }).is).toBe('doubtful') })
})

describe('what the house decided before', () => {
  const counts = new Map([['κουρτιν', { spam: 12, fine: 0 }], ['ψωμ', { spam: 0, fine: 30 }]])
  const leaning = (tokens: string[], all = { spam: 14, fine: 40 }) => leaningOf(tokens, counts, all)
  test('says nothing before there were ten of each kind', () => { expect(leaning(['κουρτιν'], { spam: 9, fine: 90 })).toBeUndefined() })
  test('leans to what it was told, and names the words', () => {
    expect(leaning(['κουρτιν', 'αγν'])!.leaning).toBeGreaterThan(0.5)
    expect(leaning(['κουρτιν'])!.words).toEqual(['κουρτιν'])
    expect(leaning(['ψωμ'])!.leaning).toBeLessThan(-0.5)
    expect(leaning(['αγν'])).toEqual({ leaning: 0, words: [] })
  })
  test('keeps no number, address or name of an account', () => {
    expect(tokensOf('Γράψτε στο giorgos@example.gr ή @giorgos, 6912345678, https://x.example/giorgos').join(' ')).not.toMatch(/giorgos|\d/)
  })
})

test('any text is weighed, in little time, and always in the same way', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 5_000 }), fc.string({ unit: fc.constantFrom('http://', 'a.gr ', 'check ', 'my ', 'δείτε ', 'το ', 'κανάλι ', '\u200b', 'а', '\n', '0'), maxLength: 1_000 })), (text) => {
    const verdict = weigh(text)
    expect(Number.isFinite(verdict.score)).toBe(true)
    expect(weigh(text)).toEqual(verdict)
    expect(readable(text).length).toBeLessThanOrEqual(4_000 * 18)
  }), { numRuns: 60 })
  const long = ['subscribe '.repeat(2_000), 'κερδίστε '.repeat(2_000), 'http://'.repeat(3_000), 'a.'.repeat(9_000), '['.repeat(20_000), 'ﷺ'.repeat(20_000)]
  const from = performance.now()
  for (const text of long) weigh(text)
  expect(performance.now() - from).toBeLessThan(1_500)
})
