import type { Intent } from '#kit/events.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asksInRow, giveAsk, selling } from './rules.ts'

const posts = (signs: string) => [...signs].map((sign) => ({ intent: ({ g: 'give', a: 'ask',
  t: 'talk' } as const)[sign as 'g' | 'a' | 't'] }))

describe('giving and asking', () => {
  test.each([['gggaat', 3, 2, 1.5], ['ggg', 3, 0, undefined], ['', 0, 0, undefined], ['tta', 0, 1, 0]] as const)('%s', (signs, gives,
    asks, perAsk) => {
    expect(giveAsk(posts(signs))).toEqual({ gives, asks, perAsk })
  })
  test.each([['aag', 2], ['ata', 1], ['gaa', 0], ['aaa', 3], ['', 0]])('%s has %i asks in a row', (signs,
    row) => expect(asksInRow(posts(signs))).toBe(row))
  test('another ask never raises the ratio, another give never lowers it', () => {
    const list = fc.array(fc.constantFrom<Intent>('give', 'ask', 'talk'), { minLength: 1 }).map((intents) => [{ intent: 'ask' as const },
      ...intents.map((intent) => ({ intent }))])
    fc.assert(fc.property(list, (recent) => {
      expect(giveAsk([{ intent: 'ask' }, ...recent]).perAsk!).toBeLessThanOrEqual(giveAsk(recent).perAsk!)
      expect(giveAsk([{ intent: 'give' }, ...recent]).perAsk!).toBeGreaterThanOrEqual(giveAsk(recent).perAsk!)
    }))
  })
})

describe('words that sell', () => {
  test.each([
    'Buy now!', 'Order today and eat tomorrow.', 'All rye −20 % this week.', '-20% on rye', '20 % off everything', 'A limited-time offer',
    'Use code RYE10 at the till.', 'Only 3.50 € today', 'Get yours today.', 'Don’t miss this offer.', 'While stocks last', 'Sign up now',
    'Shop online', 'Our cakes are on sale.',
    'Αγοράστε τώρα!', 'Παραγγείλτε το σήμερα.', 'Προλάβετε!', 'Όλα με 20 % έκπτωση.', 'Έκπτωση έως 30%', 'Μόνο 3,50 € το κιλό',
    'Μη χάσετε την προσφορά.', 'Μέχρι εξαντλήσεως', 'Κλείστε τώρα τραπέζι.', 'Σε προσφορά η σίκαλη', 'ΑΓΟΡΑΣΤΕ ΤΟ',
    'Ειδική τιμή για φίλους', 'Στη μισή τιμή', '-15 % στα κουλούρια',
  ])('%s', (text) => expect(selling(text, 'en')).toHaveLength(1))
  test.each([
    '20 % of our flour is rye.', 'A dough of 60 % water', 'You don’t need to buy anything today.', 'How do you order coffee in Greek?',
    'We bought new flour.', 'Never buy bread online, smell it.', 'Bake 10-20 % longer.', 'He said “buy now”.',
    'In order to rise, dough needs time.', 'The book of rye', 'We offer our hand.', 'A sale of the mill is news.', 'Only 3 loaves fit.',
    '',
    'Το 20 % του αλευριού είναι σίκαλη.', 'Ζύμη με 60 % νερό', 'Δεν χρειάζεται να αγοράσετε τίποτα.', 'Αγοράσαμε καινούργιο αλεύρι.',
    'Πώς παραγγέλνετε καφέ;', 'Ψήστε 10-20 % παραπάνω.', 'Είπε «αγοράστε τώρα».', 'Η παραγγελία σας ήρθε.', 'Προσφέρουμε το χέρι μας.',
    'Μόνο 3 ψωμιά χωράνε.', 'Μην αγοράσετε ψωμί σε πλαστικό.', 'Η τιμή του σιταριού ανέβηκε.', 'Δεν προλάβαμε χθες.',
    'Τι τιμή έχει το αλεύρι;',
  ])('not: %s', (text) => expect(selling(text, 'en')).toEqual([]))
})
