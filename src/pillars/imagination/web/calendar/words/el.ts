import type { SameKeys } from '#ui/words.ts'
import type { en } from './en.ts'

export const el: SameKeys<typeof en> = {
  calendar: {
    title: 'Ημερολόγιο',
    about: 'Τι θα βγει, τι βγήκε και τι γράφεται ακόμη.',
    write: 'Γράψτε',
    writeFor: 'Γράψτε για: {day}',
    upcoming: 'Θα βγουν', drafts: 'Πρόχειρα', published: 'Βγήκαν',
    today: 'Σήμερα', tomorrow: 'Αύριο', yesterday: 'Χθες',
    nothingThatDay: 'Τίποτα ακόμη',
    filters: 'Φίλτρα', campaign: 'Καμπάνια', anyCampaign: 'Όλες οι καμπάνιες', intent: 'Πρόθεση', anyIntent: 'Κάθε πρόθεση', state: 'Κατάσταση', anyState: 'Κάθε κατάσταση',
    states: { draft: 'Πρόχειρο', scheduled: 'Θα βγει', published: 'Βγήκε', withdrawn: 'Κατέβηκε' },
    more: 'Δείξε τα παλαιότερα',
    untitled: 'Χωρίς τίτλο',
    by: 'από: {name}',
    at: 'στις {time}',
    changed: 'άλλαξε {time}',
    late: 'στον δρόμο',
    sections: 'Μέρη του ημερολογίου',
    nothingMatches: 'Τίποτα δεν ταιριάζει στα φίλτρα.',
  },
  empty: {
    upcoming: 'Τίποτα προγραμματισμένο. Η κουβέντα μένει ζωντανή όταν κάποιος έχει κάτι καινούργιο να πει.',
    drafts: 'Κανένα πρόχειρο. Ό,τι αρχίζετε να γράφετε μένει εδώ από μόνο του.',
    published: 'Δεν βγήκε τίποτα ακόμη.',
    act: 'Γράψτε την πρώτη ανάρτηση',
  },
  keys: { next: 'Επόμενη ανάρτηση', previous: 'Προηγούμενη ανάρτηση', open: 'Άνοιγμα', compose: 'Γράψτε' },
}
