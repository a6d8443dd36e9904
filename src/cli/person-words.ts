import type { Lang } from '#kit/lang.ts'

interface Words { readonly usage: string; readonly nobody: string; readonly several: string; readonly sure: string; readonly done: string; readonly left: string; readonly elsewhere: string; readonly genuine: string; readonly notGenuine: string }
const en: Words = {
  usage: `stoa person find ID|EMAIL               who that is
stoa person export ID|EMAIL --to FILE  everything of theirs, as a zip archive
stoa person erase ID|EMAIL             say what would go
stoa person erase ID|EMAIL --yes       erase them for good and print the receipt
stoa person check FILE                 whether a receipt is ours and unchanged`,
  nobody: 'Nobody is known by that.', several: 'Several are known by that. Name one by id:', sure: 'Nothing was erased. This cannot be undone; to do it, add --yes.',
  done: 'Erased. Nothing of them was found when everything was searched afterwards.', left: 'Erased, but a sign of them still stands here:', elsewhere: 'These answers of ours spoke to them on other networks; change or take them down there:',
  genuine: 'The receipt is ours and unchanged.', notGenuine: 'This is no receipt of this Stoa, or it was changed.',
}
const el: Words = {
  usage: `stoa person find ID|EMAIL                 ποιος είναι
stoa person export ID|EMAIL --to ΑΡΧΕΙΟ  όλα όσα τον αφορούν, σε αρχείο zip
stoa person erase ID|EMAIL               δείχνει τι θα διαγραφόταν
stoa person erase ID|EMAIL --yes         διαγράφει οριστικά και τυπώνει την απόδειξη
stoa person check ΑΡΧΕΙΟ                 αν μια απόδειξη είναι δική μας και αμετάβλητη`,
  nobody: 'Κανείς δεν είναι γνωστός με αυτό.', several: 'Το έχουν περισσότεροι. Δώστε ένα αναγνωριστικό:', sure: 'Δεν διαγράφηκε τίποτα. Δεν αναιρείται· για να γίνει, προσθέστε --yes.',
  done: 'Διαγράφηκε. Ψάξαμε ύστερα παντού και δεν βρέθηκε τίποτα.', left: 'Διαγράφηκε, αλλά ένα ίχνος μένει ακόμη εδώ:', elsewhere: 'Αυτές οι απαντήσεις μας τού μιλούσαν σε άλλα δίκτυα· αλλάξτε τες ή αποσύρετέ τες εκεί:',
  genuine: 'Η απόδειξη είναι δική μας και αμετάβλητη.', notGenuine: 'Δεν είναι απόδειξη αυτού του Stoa, ή άλλαξε.',
}
export const personWords: Readonly<Record<Lang, Words>> = { en, el }
