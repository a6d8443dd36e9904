import type { Both, Lang } from '#kit/lang.ts'

const both = (en: string, el: string): Both => ({ en, el })

export const usual = {
  welcome: both('Hello! Ask us anything.', 'Γεια σας! Ρωτήστε μας ό,τι θέλετε.'),
  closed: both('We are closed right now.', 'Αυτή την ώρα είμαστε κλειστά.'),
  closedUntil: both('We are closed until {when}.', 'Είμαστε κλειστά· ανοίγουμε {when}.'),
  leave: both('Leave a message and we will answer when we are back.', 'Αφήστε μήνυμα και θα απαντήσουμε μόλις επιστρέψουμε.'),
  guest: both('Visitor', 'Επισκέπτης'),
  letterSubject: both('{name}: an answer to your message', '{name}: απάντηση στο μήνυμά σας'),
  letterFoot: both('You left this address in the chat on our site so that answers reach you here. To go on, answer this e-mail or write in the chat again; there you can also take the address back.', 'Αφήσατε αυτή τη διεύθυνση στη συνομιλία του ιστότοπού μας, για να φτάνουν εδώ οι απαντήσεις. Για να συνεχίσετε, απαντήστε σε αυτό το e-mail ή γράψτε ξανά στη συνομιλία· εκεί μπορείτε και να αποσύρετε τη διεύθυνση.'),
} as const

/** When it opens again, as one says it: with the day unless it is today. */
export function whenIn(lang: Lang, { at, now, zone }: { readonly at: Date; readonly now: Date; readonly zone: string }): string {
  const of = (date: Date, options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(lang === 'el' ? 'el-GR' : 'en-GB', { timeZone: zone, ...options }).format(date)
  const day = (date: Date): string => of(date, { dateStyle: 'short' })
  const time = of(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  if (day(at) === day(now)) return lang === 'el' ? `στις ${time}` : time
  const date = of(at, { weekday: 'long', day: 'numeric', month: 'long' })
  return lang === 'el' ? `${date}, στις ${time}` : `${date}, ${time}`
}
