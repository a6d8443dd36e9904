import { inBoth } from '#ui/words.ts'

const en = {
  story: {
    title: 'Everything, on every channel', empty: 'Nothing has passed between you yet.', more: 'Show earlier', opens: 'Open the conversation',
    said: 'They wrote', answered: '{who} answered', noted: '{who} noted for the team', like: 'They liked', share: 'They shared', follow: 'They follow you', agreed: 'They agreed', withdrew: 'They took their consent back',
    rated: 'Rating', ratings: '{rating} of 5, {count, plural, one {# time} other {# times}}',
  },
  tags: { title: 'Tags', add: 'Add a tag', remove: 'Take off {tag}', none: 'No tags yet.' },
  lang: { title: 'Language', unknown: 'Not known', en: 'English', el: 'Greek' },
  same: {
    title: 'The same person?', ask: '{name} may be the same person.', merge: 'It is one person', apart: 'Not the same', merged: 'Now one card: {name}', undo: 'Undo', parted: 'Two cards again', kept: 'We will not ask again.',
    why: {
      email: 'Same e-mail address: {sign}', page: 'Same page: {sign}', handle: 'Same handle: {sign}', 'name-and-nick': 'Same name, and both call themselves {sign}',
      'name-and-picture': 'Same name and same picture', 'name-and-site': 'Same name and same site: {sign}',
    },
    joined: 'One card since', from: '{name}, joined {date}', part: 'Make two of them again',
  },
  consent: {
    title: 'What they agreed to', none: 'Nothing yet.', on: '{date}, {source}', withdrawn: 'Taken back {date}', withdraw: 'Take back', record: 'Write one down', purpose: 'What for', purposePlace: 'letters',
    words: 'In which words', wordsPlace: 'You may write to me about new kinds of bread.', source: 'Where', sourcePlace: 'On the telephone, in the shop …', save: 'Write down', cancel: 'Cancel', by: 'by {who}',
  },
  own: {
    title: 'What is theirs', export: 'Hand over everything (zip)', erase: 'Erase this person …', eraseTitle: 'Erase {name} for good?',
    eraseSays: 'Their words, names, addresses and files go from everything here: conversations, notes, drafts, and answers that repeat them. What others said stays. This cannot be undone.',
    eraseName: 'To be sure, write their name: {name}', eraseDo: 'Erase for good', cancel: 'Cancel', running: 'Erasing … You may leave this page.', elsewhere: 'These answers of ours spoke to them on other networks. Change or take them down there:',
    done: 'Erased {date}, on the word of {by}.', nothing: 'When everything was searched afterwards, nothing of them was found.', left: 'A sign of them still stands in: {places}', receipt: 'Download the signed receipt', gone: 'Erased', counts: 'What went',
  },
  filter: { channel: 'Channel', anyChannel: 'Every channel', tag: 'Tag', anyTag: 'Every tag', lang: 'Language', anyLang: 'Every language', clear: 'Clear filters' },
} as const

export const words = inBoth(en, {
  story: {
    title: 'Όλα, σε κάθε κανάλι', empty: 'Δεν έχετε πει κάτι ακόμη.', more: 'Παλιότερα', opens: 'Άνοιγμα της συνομιλίας',
    said: 'Έγραψε', answered: 'Απάντησε: {who}', noted: 'Σημείωση για την ομάδα: {who}', like: 'Του άρεσε', share: 'Κοινοποίησε', follow: 'Σας ακολουθεί', agreed: 'Συμφώνησε', withdrew: 'Ανακάλεσε τη συγκατάθεση',
    rated: 'Βαθμός', ratings: '{rating} στα 5, {count, plural, one {# φορά} other {# φορές}}',
  },
  tags: { title: 'Ετικέτες', add: 'Νέα ετικέτα', remove: 'Αφαίρεση: {tag}', none: 'Καμία ετικέτα ακόμη.' },
  lang: { title: 'Γλώσσα', unknown: 'Άγνωστη', en: 'Αγγλικά', el: 'Ελληνικά' },
  same: {
    title: 'Το ίδιο πρόσωπο;', ask: 'Ίσως είναι το ίδιο πρόσωπο: {name}', merge: 'Είναι ένα πρόσωπο', apart: 'Όχι το ίδιο', merged: 'Μία καρτέλα πια: {name}', undo: 'Αναίρεση', parted: 'Πάλι δύο καρτέλες', kept: 'Δεν θα ξαναρωτήσουμε.',
    why: {
      email: 'Ίδιο e-mail: {sign}', page: 'Ίδια σελίδα: {sign}', handle: 'Ίδιο όνομα χρήστη: {sign}', 'name-and-nick': 'Ίδιο όνομα και ίδιο ψευδώνυμο: {sign}',
      'name-and-picture': 'Ίδιο όνομα και ίδια εικόνα', 'name-and-site': 'Ίδιο όνομα και ίδιος ιστότοπος: {sign}',
    },
    joined: 'Ενωμένες καρτέλες', from: '{name}, από {date}', part: 'Να γίνουν πάλι δύο',
  },
  consent: {
    title: 'Σε τι συμφώνησε', none: 'Σε τίποτα ακόμη.', on: '{date}, {source}', withdrawn: 'Ανακλήθηκε {date}', withdraw: 'Ανάκληση', record: 'Καταγραφή συγκατάθεσης', purpose: 'Για ποιο πράγμα', purposePlace: 'επιστολές',
    words: 'Με ποια λόγια', wordsPlace: 'Μπορείτε να μου γράφετε για νέα ψωμιά.', source: 'Πού', sourcePlace: 'Στο τηλέφωνο, στο μαγαζί …', save: 'Καταγραφή', cancel: 'Άκυρο', by: 'από {who}',
  },
  own: {
    title: 'Τα δικά του', export: 'Παράδοση όλων (zip)', erase: 'Διαγραφή προσώπου …', eraseTitle: 'Οριστική διαγραφή: {name};',
    eraseSays: 'Τα λόγια, τα ονόματα, οι διευθύνσεις και τα αρχεία του φεύγουν από παντού εδώ: συνομιλίες, σημειώσεις, πρόχειρα και απαντήσεις που τα επαναλαμβάνουν. Τα λόγια των άλλων μένουν. Δεν αναιρείται.',
    eraseName: 'Για σιγουριά, γράψτε το όνομα: {name}', eraseDo: 'Οριστική διαγραφή', cancel: 'Άκυρο', running: 'Διαγράφεται … Μπορείτε να φύγετε από τη σελίδα.', elsewhere: 'Αυτές οι απαντήσεις μας τού μιλούσαν σε άλλα δίκτυα. Αλλάξτε τες ή αποσύρετέ τες εκεί:',
    done: 'Διαγράφηκε {date}, με εντολή: {by}.', nothing: 'Ψάξαμε ύστερα παντού και δεν βρέθηκε τίποτα.', left: 'Ένα ίχνος μένει ακόμη εδώ: {places}', receipt: 'Λήψη της υπογεγραμμένης απόδειξης', gone: 'Διαγράφηκε', counts: 'Τι έφυγε',
  },
  filter: { channel: 'Κανάλι', anyChannel: 'Κάθε κανάλι', tag: 'Ετικέτα', anyTag: 'Κάθε ετικέτα', lang: 'Γλώσσα', anyLang: 'Κάθε γλώσσα', clear: 'Καθαρισμός φίλτρων' },
})
