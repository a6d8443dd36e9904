import { describe, expect, test } from 'vitest'
import { onDuty, weekMinute } from '#core/duty/rules.ts'
import { invites, leavesUnanswered, oneWay } from './rules.ts'

describe('an invitation', () => {
  test.each([
    'The rye is out. What do you eat it with?', 'Tell us how you keep your bread.', 'Let us know.', 'Drop us a line!', 'Comment below.',
    'We would love to hear from you.', 'Share your recipe.', 'Leave a comment.', 'Ask me anything.', 'Write to us about rye.',
    'Your ideas are welcome.', 'We’d love to hear your story', 'Guess with us in the comments',
    'Βγήκε η σίκαλη. Εσείς με τι την τρώτε;', 'Πείτε μας πώς κρατάτε το ψωμί.', 'Γράψτε μας!', 'Σχολιάστε.', 'Περιμένουμε τις ιδέες σας.',
    'Θα χαρούμε να σας ακούσουμε.', 'Μοιραστείτε τη συνταγή σας.', 'Ρωτήστε μας ό,τι θέλετε.', 'Στείλτε μας φωτογραφία.',
    'Πες μας κι εσύ.', 'ΠΕΙΤΕ ΜΑΣ ΤΗ ΓΝΩΜΗ ΣΑΣ', 'Τα λέμε στα σχόλια.', 'Μαντέψτε!',
  ])('%s', (text) => expect(invites(text, 'en')).toBe(true))
  test.each([
    'The rye is out.', 'We open at seven.', 'Nobody told us about it.', 'Customers often ask us about rye.', 'Come by.',
    'They asked “what do you bake?”', 'What a day!', 'Maria writes our recipes.', 'https://fournos.gr/?ask=us', 'The mill let us in.',
    'You are welcome.', 'Thank you for the answer.', '`tell us`', '',
    'Βγήκε η σίκαλη.', 'Ανοίγουμε στις επτά.', 'Κανείς δεν μας το είπε.', 'Πολλοί μας ρωτούν για τη σίκαλη.', 'Περάστε από τον φούρνο.',
    'Ρώτησαν «τι ψήνετε;»', 'Τι μέρα κι αυτή!', 'Η Μαρία γράφει τις συνταγές μας.', 'Ευχαριστούμε για την απάντηση.', 'Καλημέρα, Πάτρα!',
    'Το ψωμί είναι έτοιμο· περάστε.', 'Ο Νίκος μας είπε μια ιστορία.', 'Η γνώμη της Ελένης μετράει.', '🍞',
  ])('not: %s', (text) => expect(invites(text, 'en')).toBe(false))
})

describe('one way', () => {
  const told = Array.from({ length: 5 }, (_, day) => ({ text: `On day ${day} we baked rye.` }))
  test('five posts that only tell, and a sixth', () => expect(oneWay('We baked again.', 'en', told)).toBe(true))
  test('one question among them, or in this one, is enough', () => {
    expect(oneWay('We baked again. And you?', 'en', told)).toBe(false)
    expect(oneWay('We baked again.', 'en', [...told.slice(0, 4), { text: 'Τι να ψήσουμε αύριο;' }])).toBe(false)
    expect(oneWay('We baked again.', 'en', told.slice(1))).toBe(false)
  })
})

describe('hours on duty', () => {
  const shop = [1, 2, 3, 4, 5].map((day) => ({ day, from: 7 * 60, to: 15 * 60 }))
  const athens = (at: string, duty = shop) => onDuty(at, 'Europe/Athens', duty)
  test.each([
    ['2026-05-04T06:00:00Z', true], ['2026-05-04T02:01:00Z', true], ['2026-05-04T11:59:00Z', true], ['2026-05-08T11:59:00Z', true],
  ])('somebody is there at %s', (at) => expect(athens(at)).toEqual({ somebody: true }))
  test.each([
    ['2026-05-04T02:00:00Z', 1, 420], ['2026-05-04T12:00:00Z', 2, 420], ['2026-05-08T12:00:00Z', 1, 420], ['2026-05-10T20:00:00Z', 1, 420],
  ])('nobody at %s; next on day %i', (at, day, minute) => expect(athens(at)).toEqual({ somebody: false, next: { day, minute } }))
  test('the clock is that of the zone, in summer and in winter', () => {
    expect(weekMinute('2026-07-06T06:30:00Z', 'Europe/Athens')).toBe(9 * 60 + 30)
    expect(weekMinute('2026-01-05T06:30:00Z', 'Europe/Athens')).toBe(8 * 60 + 30)
    expect(weekMinute('2026-01-04T22:30:00Z', 'Europe/Athens')).toBe(30)
  })
  test('hours may go over midnight and over the end of the week', () => {
    const night = [{ day: 7, from: 22 * 60, to: 2 * 60 }]
    expect(athens('2026-05-10T22:30:00Z', night)).toEqual({ somebody: true })
    expect(athens('2026-05-10T23:30:00Z', night)).toEqual({ somebody: false, next: { day: 7, minute: 22 * 60 } })
  })
  test('without hours nobody is ever there; an unreadable time or zone says nothing', () => {
    expect(athens('2026-05-04T06:00:00Z', [])).toEqual({ somebody: false, next: undefined })
    expect(athens('soon')).toBeUndefined()
    expect(onDuty('2026-05-04T06:00:00Z', 'Mars/Base', shop)).toBeUndefined()
  })
})

describe('a question passed over', () => {
  const unanswered = (question: string, text: string) => leavesUnanswered({ kind: 'reply', text, answering: { text: question,
    name: 'Nikos' }, lang: 'en' })
  const rye = 'Do you bake gluten free rye bread?'
  const sikali = 'Κάνετε ψωμί σίκαλης χωρίς γλουτένη;'
  test.each([
    'We love all our guests.', 'Thank you for your message!', 'Have a nice day from Patras.', 'We are happy that you wrote to us.',
    'Great to hear from you.', 'Our team loves you.', 'Thanks a lot for stopping by.', 'Your opinion matters to us.',
    'Warm greetings from the whole family.', 'We wish you a lovely weekend.', 'Thanks for following us.', 'You make us proud.',
  ])('%s', (text) => expect(unanswered(rye, text)).toBe(true))
  test.each([
    'Σας ευχαριστούμε για το μήνυμα.', 'Καλή σας μέρα από την Πάτρα!', 'Χαιρόμαστε που μας γράψατε.', 'Η γνώμη σας μετράει για εμάς.',
    'Να είστε καλά.', 'Σας αγαπάμε όλους.', 'Ευχαριστούμε που μας ακολουθείτε.', 'Καλό σας απόγευμα με χαρά.',
    'Είμαστε περήφανοι για εσάς.', 'Θερμούς χαιρετισμούς από όλους.', 'Καλό Σαββατοκύριακο να περάσετε.', 'Σας στέλνουμε την αγάπη μας.',
  ])('%s', (text) => expect(unanswered(sikali, text)).toBe(true))
  test.each([
    'The rye is always with wheat.', 'Yes, on Sundays.', 'I don’t know yet, I’ll tell you by Friday.', 'We’ll ask the mill.',
    'Let me check with Maria.', 'On Tuesdays at 7.', 'https://fournos.gr/menu has it', 'Which one do you mean?', 'Sorry, not yet.',
    'Unfortunately we stopped.', 'Good question!', 'Gluten stays in our oven.', 'Ναι, κάθε Κυριακή το πρωί.',
  ])('not: %s', (text) => expect(unanswered(rye, text)).toBe(false))
  test.each([
    'Η σίκαλη έχει και σιτάρι.', 'Ναι, τις Κυριακές.', 'Δεν το ξέρω ακόμη, θα σας πω.', 'Θα ρωτήσουμε τον μύλο.', 'Να το δω με τη Μαρία.',
    'Τις Τρίτες στις 7.', 'Δυστυχώς σταματήσαμε.', 'Ποιο εννοείτε;', 'Γλουτένη μένει στον φούρνο.', 'Όχι πια, λυπάμαι.', 'Καλή ερώτηση!',
    'Γεια!', 'Yes, on Sunday mornings we do.',
  ])('not: %s', (text) => expect(unanswered(sikali, text)).toBe(false))
  test.each(['Why did the price of rye bread go up?', 'Γιατί ακρίβυνε το ψωμί σίκαλης;', 'Great rye bread!', 'Ωραίο ψωμί σίκαλης!', 'Where are you?', 'Πού είστε;'])('“%s” leaves nothing to pass over',
    (said) => expect(unanswered(said, 'We love all our guests.') || unanswered(said, 'Σας ευχαριστούμε για το μήνυμα.')).toBe(false))
})
