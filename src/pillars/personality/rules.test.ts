import { describe, expect, test } from 'vitest'
import { logoSpeak } from './logo-speak.ts'
import { callName, ignoresAsker, unsigned } from './rules.ts'
import { shouting } from './shouting.ts'

const siteName = 'Φούρνος της Ελένης'
const put = (text: string, spots: readonly { at: readonly [number, number]; instead: string | undefined }[]) =>
  spots.toReversed().reduce((said, { at, instead }) => said.slice(0, at[0]) + (instead ?? '…') + said.slice(at[1]), text)

describe('a logo speaking', () => {
  test.each([
    ['Our company is pleased to announce a new rye.', 'We are pleased to announce a new rye.'], ['The company regrets the delay.',
    'We regret the delay.'], ['Dear valued customers, we close at two.', 'Hello, we close at two.'],
    ['Our valued customers come first.', 'Our friends come first.'], ['our brand believes in rye', 'we believe in rye'],
    ['The management wishes you a happy Easter.', 'We wish you a happy Easter.'], ['Our business has a new oven.',
    'We have a new oven.'],
    ['Dear customers, hello.', 'Hello, hello.'], ['The company is proud of its rye.', 'We are proud of its rye.'],
    ['The company would like to thank you.', 'We would like to thank you.'], ['Φούρνος της Ελένης announces a new rye.',
    'We announce a new rye.'],
    ['Our organisation strives for quality.', 'We strive for quality.'], ['Our company’s oven is new.', 'Our oven is new.'],
    ['Η εταιρεία μας ανακοινώνει νέο ωράριο.', 'Ανακοινώνουμε νέο ωράριο.'], ['Η επιχείρησή μας διαθέτει νέο φούρνο.',
    'Διαθέτουμε νέο φούρνο.'], ['Αγαπητοί πελάτες, κλείνουμε στις δύο.', 'Γεια σας, κλείνουμε στις δύο.'],
    ['Είμαστε στην ευχάριστη θέση να σας ανακοινώσουμε το νέο μας ψωμί.', 'Με χαρά σας λέμε το νέο μας ψωμί.'],
    ['Ο Φούρνος της Ελένης σας εύχεται καλό Πάσχα.', 'Σας ευχόμαστε καλό Πάσχα.'], ['Η εταιρεία μας σας προσφέρει καφέ.',
    'Σας προσφέρουμε καφέ.'], ['Η Διοίκησή μας ευχαριστεί όλους.', 'Ευχαριστούμε όλους.'],
    ['Η εταιρεία λυπάται για την καθυστέρηση.', 'Λυπόμαστε για την καθυστέρηση.'], ['Αξιότιμοι πελάτες μας, καλημέρα.',
    'Γεια σας, καλημέρα.'], ['Η ΕΤΑΙΡΕΙΑ ΜΑΣ ΕΥΧΕΤΑΙ καλή χρονιά', 'Ευχόμαστε καλή χρονιά'], ['Ο Φούρνος της Ελένης ανακοινώνει κάτι.',
    'Ανακοινώνουμε κάτι.'],
    ['Προς ενημέρωση του κοινού, κλείνουμε.', 'Για να ξέρετε, κλείνουμε.'], ['Η εταιρεία δεσμεύεται για ποιότητα.',
    'Δεσμευόμαστε για ποιότητα.'], ['Η εταιρία μας πιστεύει στη σίκαλη.', 'Πιστεύουμε στη σίκαλη.'],
  ])('%s', (text, better) => {
    expect(logoSpeak(text, siteName)).toHaveLength(1)
    expect(put(text, logoSpeak(text, siteName))).toBe(better)
    expect(logoSpeak(better, siteName)).toEqual([])
  })
  test.each([
    'We are pleased to show you a new rye.', 'Come and keep us company.', 'The company that made our oven has closed.',
    'You are in good company.', 'Dear Anna, thank you.', 'The brand of the oven is Greek.', 'Dear friends, good morning.',
    'We started this company in 1998.', 'A customer asked about rye.', 'They wrote “our company is pleased”.',
    'I work at a small bakery.', 'Our friends at the mill are well.', 'Is it your own company?', '',
    'Έλα στην παρέα μας.', 'Είμαστε έξι άνθρωποι.', 'Αγαπητή Άννα, ευχαριστούμε.', 'Αγαπητοί φίλοι, καλημέρα.',
    'Η εταιρεία που έφτιαξε τον φούρνο έκλεισε.', 'Δουλεύω σε μια μικρή επιχείρηση.', 'Ένας πελάτης ρώτησε για τη σίκαλη.',
    'Έγραψαν «η εταιρεία μας ανακοινώνει».',
    'Ο φούρνος ανοίγει στις επτά.', 'Η Ελένη εύχεται καλό Πάσχα σε όλους.', 'Περάστε από τον Φούρνο της Ελένης.',
    'Το κοινό της Πάτρας αγαπά το ψωμί.', 'Ποια εταιρεία έχει αυτόν τον μύλο;',
  ])('not: %s', (text) => expect(logoSpeak(text, siteName)).toEqual([]))
})

describe('shouting', () => {
  test.each([
    ['BUY NOW while it is warm', 'Buy now while it is warm'], ['Our rye is FREE TODAY for you', 'Our rye is free today for you'],
    ['Come in!!!', 'Come in!'], ['Really??!', 'Really?'], ['We have NEW BREAD here', 'We have new bread here'],
    ['THE RYE IS BACK AND IT IS WARM', 'The rye is back and it is warm'],
    ['Yes. LAST CALL for rye', 'Yes. Last call for rye'], ['HAPPY EASTER everyone', 'Happy easter everyone'], ['It is back!!!!!! Come',
    'It is back! Come'], ['Only today: BIG SALE on rye', 'Only today: big sale on rye'], ['wow! ! ! great', 'wow! great'],
    ['WE ARE OPEN, come', 'We are open, come'],
    ['ΑΓΟΡΑΣΤΕ ΤΩΡΑ το ψωμί', 'Αγοράστε τώρα το ψωμί'], ['Έχουμε ΜΕΓΑΛΕΣ ΠΡΟΣΦΟΡΕΣ εδώ', 'Έχουμε μεγάλες προσφορές εδώ'], ['Ελάτε!!!',
    'Ελάτε!'], ['Αλήθεια;;;', 'Αλήθεια;'], ['Ζεστό ΨΩΜΙ ΣΙΚΑΛΗΣ κάθε μέρα', 'Ζεστό ψωμί σίκαλης κάθε μέρα'], ['ΧΡΟΝΙΑ ΠΟΛΛΑ σε όλους',
    'Χρόνια πολλά σε όλους'],
    ['ΜΟΝΟ ΣΗΜΕΡΑ ΔΩΡΕΑΝ ΚΟΥΛΟΥΡΙΑ ΓΙΑ ΟΛΟΥΣ', '…'], ['Ναι. ΑΝΟΙΓΟΥΜΕ ΣΗΜΕΡΑ στις επτά', 'Ναι. Ανοίγουμε σήμερα στις επτά'],
    ['Δεν θα το πιστέψετε!!!!', 'Δεν θα το πιστέψετε!'], ['Είναι ΠΡΟΣΦΟΡΑ ΜΟΝΟ σήμερα', 'Είναι προσφορά μόνο σήμερα'], ['Τι;;!! λέτε',
    'Τι; λέτε'], ['ΚΕΡΔΙΣΤΕ ΔΩΡΑ μαζί μας', 'Κερδίστε δώρα μαζί μας'], ['ΠΑΤΡΙΝΟΙ ΕΡΧΟΜΑΣΤΕ να σας δούμε', '…'],
  ])('%s', (text, better) => {
    expect(shouting(text, siteName)).toHaveLength(1)
    expect(put(text, shouting(text, siteName))).toBe(better)
    expect(shouting(better, siteName)).toEqual([])
  })
  test.each([
    'We follow HACCP and ISO rules.', 'UNESCO WHO', 'NASA and NATO', 'The USA and the UK', 'Come in! Sit! Eat!', 'OK', 'I AM',
    'Rye, DNA, PDF.', 'Is it? Yes! No!', 'Our VAT number', 'McDonald and IKEA', 'WOW, bread.', '`BUY NOW`', '',
    'Ο ΕΦΕΤ και ο ΕΛΓΟ μάς ελέγχουν.', 'ΦΠΑ 24 %', 'Με το ΚΤΕΛ Αχαΐας', 'ΑΦΜ ΔΕΗ ΟΤΕ', 'Περάστε! Καθίστε! Φάτε!', 'Ναι!',
    'ΦΟΥΡΝΟΣ ΤΗΣ ΕΛΕΝΗΣ', 'Έρχεστε; Πότε; Πώς;', 'Η Ε.Ε. και ο Π.Ο.Υ.', 'Ο κ. Α. Β. Γεωργίου', 'ΟΚ, τα λέμε.', '«ΨΩΜΙ» το είπαν.',
    'Τι ώρα;; Στις 7!',
  ])('not: %s', (text) => expect(shouting(text, siteName)).toEqual([]))
})

describe('who signs', () => {
  const maria = { name: 'Maria', signOff: '— Μαρία' }
  test('nobody, when there is no author', () => expect(unsigned({ text: 'x', author: undefined, siteName })).toEqual({ who: 'nobody',
    at: [0, 0] }))
  test('the logo, when the author bears the brand’s name', () => {
    expect(unsigned({ text: 'x', author: { name: 'ΦΟΥΡΝΟΣ ΤΗΣ ΕΛΕΝΗΣ', signOff: '' }, siteName })?.who).toBe('logo')
    expect(unsigned({ text: 'x', author: { name: 'Ελένη', signOff: '' }, siteName })).toBeUndefined()
  })
  test.each(['The team', 'Your bakery team', '— The Management', 'Customer service', 'The Fournos team', 'Best, the team', 'Team Fournos',
    'Support team', 'Client care', 'Our whole team', 'Thanks, your team', 'The social media team',
    'Η ομάδα', 'Η ομάδα μας', 'Η ομάδα του Φούρνου', 'Η Διοίκηση', '— Η ομάδα της Ελένης', 'Εξυπηρέτηση πελατών', 'Τμήμα Επικοινωνίας',
    'Φούρνος της Ελένης', 'ΦΟΥΡΝΟΣ ΤΗΣ ΕΛΕΝΗΣ', 'Με εκτίμηση, η ομάδα', 'Η διεύθυνση', 'Η ομάδα του φούρνου μας',
    'Φιλικά, η ομάδα μας'])('“%s” as the last line is nobody', (line) => {
    const text = `Hello.\n\n${line}`
    const found = unsigned({ text, author: maria, siteName })
    expect(found).toMatchObject({ who: 'team', instead: '— Μαρία' })
    expect(text.slice(...found!.at)).toBe(line.replace(/^— /, ''))
  })
  test.each(['Maria, for the team', 'The team came early today and baked.', 'Maria', 'Ask the team at the counter.',
    'See you in the team room tomorrow morning, friends', 'Eleni and Nikos', 'Good night', 'Thank you!', 'We are a team', 'Yours, Maria',
    'The bread', 'Who is the team',
    'Η Maria και η ομάδα', 'Μαρία', 'Η ομάδα ήρθε νωρίς σήμερα και ζύμωσε.', 'Καληνύχτα', 'Ευχαριστούμε!',
    'Ρωτήστε την ομάδα στον πάγκο.', 'Ελένη και Νίκος', 'Είμαστε ομάδα', 'Το ψωμί', 'Φιλικά, Μαρία', 'Περάστε από τον φούρνο',
    'Τα λέμε αύριο', 'Η Ελένη'])('“%s” as the last line is fine', (line) => {
    expect(unsigned({ text: `Hello.\n\n${line}`, author: maria, siteName })).toBeUndefined()
  })
})

describe('an answer that fits anybody', () => {
  const asked = (text: string, question: string, name: string) => ignoresAsker({ kind: 'reply', text, answering: { text: question, name } })
  test.each([
    ['Thank you so much for your message to us.', 'Do you bake gluten free rye bread on Sundays?', 'Nikos'],
    ['We are always happy to hear from you!', 'Is the parking near the shop open?', 'Anna K.'], ['We value every single one of you.',
    'My cake order number 12 came broken', 'x_99'],
    ['Σας ευχαριστούμε πολύ για το μήνυμα.', 'Κάνετε ψωμί σίκαλης χωρίς γλουτένη την Κυριακή;', 'Νίκος'],
    ['Είμαστε πάντα δίπλα σας με χαρά.', 'Υπάρχει πάρκινγκ κοντά στο μαγαζί;', 'Άννα'],
  ])('%s', (text, question, name) => expect(asked(text, question, name)).toBe(true))
  test.each([
    ['Thank you Nikos, we are happy.', 'Do you bake gluten free rye bread?', 'Nikos Papas'], ['Our rye comes out on Sunday at seven.',
    'Do you bake gluten free rye bread?', 'Nikos'], ['You’re welcome!', 'Great warm bread today, thank you', 'Anna'],
    ['We are always happy to hear from you!', 'Thanks!', 'Anna'],
    ['Σε ευχαριστούμε πολύ, Νίκο μου!', 'Κάνετε ψωμί σίκαλης χωρίς γλουτένη;', 'Nikos'], ['Τη σίκαλη τη βγάζουμε στις επτά.',
    'Κάνετε ψωμί σίκαλης χωρίς γλουτένη;', 'Νίκος'], ['Γεια σου Ελένη, χαιρόμαστε πολύ.', 'Υπάρχει πάρκινγκ κοντά στο μαγαζί;',
    'eleni_patra'],
  ])('not: %s', (text, question, name) => expect(asked(text, question, name)).toBe(false))
  test('a post is no answer', () => expect(ignoresAsker({ kind: 'post', text: 'We are always happy to hear.',
    answering: { text: 'rye bread price', name: 'A' } })).toBe(false))
})

test.each([['Νίκος Παπάς', 'Νίκο'], ['Αλέξανδρος', 'Αλέξανδρε'], ['Κώστας', 'Κώστα'], ['Γιάννης', 'Γιάννη'], ['Μαρία', 'Μαρία'],
  ['Γιώργος', 'Γιώργο'], ['Πέτρος', 'Πέτρο'], ['Θεόδωρος', 'Θεόδωρε'], ['Anna K.', 'Anna'], ['x_99', undefined], ['', undefined]])(
  'one calls %s', (name, called) => expect(callName(name, 'el')).toBe(called))
