import type { Both } from '#kit/lang.ts'
import type { SignName } from './weigh.ts'

/** Whether this is the name of a sign. */
export const isSign = (name: string): name is SignName => Object.hasOwn(signWords, name)

/** Each sign as a moderator reads it. */
export const signWords: Readonly<Record<SignName, Both>> = {
  channel: { en: 'asks for followers or visitors', el: 'ζητά ακολούθους ή επισκέπτες' }, money: { en: 'promises money', el: 'υπόσχεται χρήματα' }, prize: { en: 'announces a prize', el: 'αναγγέλλει κάποιο έπαθλο' },
  premium: { en: 'a number that costs money', el: 'αριθμός με χρέωση' }, betting: { en: 'gambling', el: 'τυχερά παιχνίδια' }, adult: { en: 'adult offers', el: 'προσφορές για ενηλίκους' }, promotion: { en: 'advertises', el: 'διαφημίζει' },
  cure: { en: 'remedies and spells', el: 'φάρμακα και μάγια' }, account: { en: 'asks for accounts or contacts outside', el: 'ζητά στοιχεία ή επαφή αλλού' }, parcel: { en: 'a parcel or a call that waits', el: 'δέμα ή κλήση που περιμένει' },
  links: { en: 'links', el: 'σύνδεσμοι' }, 'bare-link': { en: 'hardly more than a link', el: 'σχεδόν μόνο ένας σύνδεσμος' }, shortened: { en: 'a link that hides where it leads', el: 'σύνδεσμος που κρύβει πού οδηγεί' }, referral: { en: 'a link that pays whoever spread it', el: 'σύνδεσμος που πληρώνει όποιον τον μοιράζει' },
  'broken-link': { en: 'a link taken apart', el: 'σπασμένος σύνδεσμος' }, markup: { en: 'links in the code of forums', el: 'σύνδεσμοι σε κώδικα φόρουμ' }, contact: { en: 'a number or an address to write to', el: 'τηλέφωνο ή διεύθυνση επικοινωνίας' },
  scripts: { en: 'letters of another script inside words', el: 'γράμματα άλλης γραφής μέσα σε λέξεις' }, unseen: { en: 'invisible signs inside words', el: 'αόρατα σημεία μέσα σε λέξεις' }, capitals: { en: 'all in capitals', el: 'όλο κεφαλαία' },
  flattery: { en: 'praise with a link', el: 'έπαινος με σύνδεσμο' }, plea: { en: 'a notice to everybody', el: 'ανακοίνωση προς όλους' }, repeated: { en: 'the same words stand elsewhere', el: 'τα ίδια λόγια υπάρχουν και αλλού' }, hurried: { en: 'many messages in ten minutes', el: 'πολλά μηνύματα σε δέκα λεπτά' },
  learned: { en: 'like what you called spam', el: 'μοιάζει με όσα είπατε ανεπιθύμητα' }, known: { en: 'has been welcome here before', el: 'έχει ήδη γράψει εδώ' },
}
