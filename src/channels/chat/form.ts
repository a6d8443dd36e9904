import type { Field } from '#kit/channel.ts'

const line = (name: string, label: Field['label'], more: Partial<Field> = {}): Field => ({ name, label, kind: 'text', optional: true, clears: true, ...more })

/** The lines of the form that opens a chat, in the order in which one thinks of them. */
export const fields: readonly Field[] = [
  line('name', { en: 'Name above the chat', el: 'Όνομα πάνω από τη συνομιλία' }, { optional: false, placeholder: 'Φούρνος της Ελένης', help: { en: 'What visitors read first. Two chats need two names.', el: 'Το πρώτο που διαβάζουν οι επισκέπτες. Δύο συνομιλίες θέλουν δύο ονόματα.' } }),
  line('sites', { en: 'Sites it may stand on', el: 'Ιστότοποι όπου μπορεί να βρίσκεται' }, { optional: false, placeholder: 'https://fournos.gr https://www.fournos.gr', help: {
    en: 'Whole addresses, with a space between them. On any other site the chat stays shut.', el: 'Ολόκληρες διευθύνσεις, με κενό ανάμεσα. Σε κάθε άλλον ιστότοπο η συνομιλία μένει κλειστή.' } }),
  line('lang', { en: 'Language', el: 'Γλώσσα' }, { kind: 'choice', choices: [
    { value: 'reader', label: { en: 'That of the reader', el: 'Του αναγνώστη' } }, { value: 'el', label: { en: 'Greek', el: 'Ελληνικά' } }, { value: 'en', label: { en: 'English', el: 'Αγγλικά' } }] }),
  line('welcomeEl', { en: 'Welcome, in Greek', el: 'Καλωσόρισμα στα ελληνικά' }, { placeholder: 'Γεια σας! Ρωτήστε μας ό,τι θέλετε.' }),
  line('welcomeEn', { en: 'Welcome, in English', el: 'Καλωσόρισμα στα αγγλικά' }, { placeholder: 'Hello! Ask us anything.' }),
  line('awayEl', { en: 'When closed, in Greek', el: 'Όταν είστε κλειστά, στα ελληνικά' }, { placeholder: 'Αφήστε μήνυμα και θα απαντήσουμε μόλις επιστρέψουμε.', help: {
    en: 'Stands after the hour you open again, which is told by itself.', el: 'Μπαίνει μετά την ώρα που ανοίγετε ξανά· εκείνη λέγεται από μόνη της.' } }),
  line('awayEn', { en: 'When closed, in English', el: 'Όταν είστε κλειστά, στα αγγλικά' }, { placeholder: 'Leave a message and we will answer when we are back.' }),
  line('greetingEl', { en: 'Say first, in Greek', el: 'Πρώτος λόγος, στα ελληνικά' }, { help: {
    en: 'Shown by itself, once to each visitor. Empty: the chat waits until it is opened.', el: 'Εμφανίζεται μόνο του, μία φορά σε κάθε επισκέπτη. Κενό: η συνομιλία περιμένει να την ανοίξουν.' } }),
  line('greetingEn', { en: 'Say first, in English', el: 'Πρώτος λόγος, στα αγγλικά' }),
  line('greetAfter', { en: 'After how many seconds', el: 'Ύστερα από πόσα δευτερόλεπτα' }, { placeholder: '20' }),
  line('greetOn', { en: 'On which pages', el: 'Σε ποιες σελίδες' }, { placeholder: '/psomi/* /epikoinonia', help: { en: 'Paths with a space between them; * stands for anything. Empty: on all of them.', el: 'Διαδρομές με κενό ανάμεσα· το * σημαίνει οτιδήποτε. Κενό: σε όλες.' } }),
]
