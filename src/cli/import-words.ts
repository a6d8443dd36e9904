import type { Lang } from '#kit/lang.ts'

const en = {
  usage: `stoa import conversations FILE [--map text=COLUMN,author=COLUMN,…]
stoa import comments FILE.xml
stoa import forum FILE|FOLDER

Brings conversations in from CSV (with a header line) or JSON Lines, in UTF-8. Safe to repeat: rows that are
there already stay as they are. Killed half-way, the same command goes on where it stopped. Comments come from an
export of Disqus or WordPress (WXR), onto posts of your site or pages whose comments are connected. A forum comes
from topics of Discourse or NodeBB as JSON, one a file or one a line: a folder, a .zip, a .jsonl or a .json.

  --map FIELD=COLUMN,…   which column tells what: {fields}
                         (text is needed; without --map the columns are guessed by their names)
  --zone ZONE            the zone of times that name none, e.g. Europe/Athens (else the workspace's)
  --date-order dmy|mdy   how 2/3/2026 is read (else by the first date that leaves no doubt)
  --workspace NAME       where to, if there is more than one
  --dry-run              tells what would happen and writes nothing`,
  noFile: 'There is no such file: {path}', noWorkspace: 'There is no such workspace. There are: {names}', whichWorkspace: 'Say which workspace with --workspace. There are: {names}', notSetUp: 'This Stoa has no workspace yet. Start it and make one first.',
  noText: 'Which column holds the text? Say it with --map text=COLUMN. The file has: {columns}', unzoned: 'There is no time zone called {zone}.', order: '--date-order is dmy or mdy.',
  guessed: 'Columns, by their names: {mapping}', goesOn: 'Going on where it stopped, after {rows} rows.', progress: '{percent} %  {rows} rows  {made} new  {known} known  {wrong} wrong  {left}', left: '{seconds} s left',
  layingOut: 'Reading the export: {path}', noForum: 'This is no export of Discourse or NodeBB: {path}',
  done: '{rows} rows in {seconds} s: {made} new, {known} known, {wrong} wrong.', would: 'Dry run, nothing was written. {rows} rows: {made} would be new, {known} are known, {wrong} are wrong.',
  wrong: 'line {line}: {says} {detail}', more: '… and {count} more.', stopped: 'Stopped after {rows} rows. The same command goes on from there.', elsewhere: 'Another process is bringing this file in.',
}
type Words = { readonly [K in keyof typeof en]: string }
const el: Words = {
  usage: `stoa import conversations ΑΡΧΕΙΟ [--map text=ΣΤΗΛΗ,author=ΣΤΗΛΗ,…]
stoa import comments ΑΡΧΕΙΟ.xml
stoa import forum ΑΡΧΕΙΟ|ΦΑΚΕΛΟΣ

Φέρνει συνομιλίες από CSV (με γραμμή επικεφαλίδας) ή JSON Lines, σε UTF-8. Επαναλαμβάνεται άφοβα: όσες γραμμές
υπάρχουν ήδη μένουν όπως είναι. Αν διακοπεί, η ίδια εντολή συνεχίζει από εκεί που έμεινε. Σχόλια έρχονται από
εξαγωγή του Disqus ή του WordPress (WXR), σε αναρτήσεις του ιστότοπού σας ή σελίδες με συνδεδεμένα σχόλια.
Το φόρουμ έρχεται από θέματα του Discourse ή του NodeBB σε JSON, ένα ανά αρχείο ή ανά γραμμή: φάκελος, .zip, .jsonl ή .json.

  --map ΠΕΔΙΟ=ΣΤΗΛΗ,…    ποια στήλη λέει τι: {fields}
                         (το text είναι απαραίτητο· χωρίς --map οι στήλες μαντεύονται από τα ονόματά τους)
  --zone ΖΩΝΗ            η ζώνη για ώρες που δεν λένε ζώνη, π.χ. Europe/Athens (αλλιώς του χώρου εργασίας)
  --date-order dmy|mdy   πώς διαβάζεται το 2/3/2026 (αλλιώς από την πρώτη ημερομηνία που δεν αφήνει αμφιβολία)
  --workspace ΟΝΟΜΑ      πού, αν υπάρχουν περισσότεροι χώροι εργασίας
  --dry-run              λέει τι θα γινόταν και δεν γράφει τίποτα`,
  noFile: 'Δεν υπάρχει αυτό το αρχείο: {path}', noWorkspace: 'Δεν υπάρχει τέτοιος χώρος εργασίας. Υπάρχουν: {names}', whichWorkspace: 'Πείτε ποιος χώρος εργασίας με --workspace. Υπάρχουν: {names}', notSetUp: 'Αυτό το Stoa δεν έχει ακόμη χώρο εργασίας. Ξεκινήστε το και φτιάξτε έναν.',
  noText: 'Ποια στήλη έχει το κείμενο; Πείτε το με --map text=ΣΤΗΛΗ. Το αρχείο έχει: {columns}', unzoned: 'Δεν υπάρχει ζώνη ώρας με όνομα {zone}.', order: 'Το --date-order είναι dmy ή mdy.',
  guessed: 'Στήλες, από τα ονόματά τους: {mapping}', goesOn: 'Συνέχεια από εκεί που έμεινε, μετά από {rows} γραμμές.', progress: '{percent} %  {rows} γραμμές  {made} νέες  {known} γνωστές  {wrong} λάθος  {left}', left: 'ακόμη {seconds} δ.',
  layingOut: 'Ανάγνωση της εξαγωγής: {path}', noForum: 'Δεν είναι εξαγωγή του Discourse ή του NodeBB: {path}',
  done: '{rows} γραμμές σε {seconds} δ.: {made} νέες, {known} γνωστές, {wrong} λάθος.', would: 'Δοκιμή, δεν γράφτηκε τίποτα. {rows} γραμμές: {made} θα ήταν νέες, {known} είναι γνωστές, {wrong} είναι λάθος.',
  wrong: 'γραμμή {line}: {says} {detail}', more: '… και άλλες {count}.', stopped: 'Σταμάτησε μετά από {rows} γραμμές. Η ίδια εντολή συνεχίζει από εκεί.', elsewhere: 'Άλλη διεργασία φέρνει ήδη αυτό το αρχείο.',
}
const all: Readonly<Record<Lang, Words>> = { en, el }

export type Sentence = (name: keyof Words, params?: Readonly<Record<string, string | number>>) => string
/** The sentences of the import in one language, with their places filled. */
export const sentences = (lang: Lang): Sentence => (name, params = {}) => all[lang][name].replace(/\{(\w+)\}/g, (whole, key: string) => String(params[key] ?? whole))
