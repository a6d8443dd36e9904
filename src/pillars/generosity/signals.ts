import type { Signal } from '#kit/pillar.ts'

const givePerAsk: Signal = {
  id: 'give-per-ask',
  name: { en: 'Gives per ask', el: 'Προσφορές ανά αίτημα' },
  definition: {
    en: 'Posts that give something, divided by posts that ask for something (a sale, a sign-up, a vote for us). While nothing was asked, each gift counts as one.',
    el: 'Αναρτήσεις που προσφέρουν κάτι, προς αναρτήσεις που ζητούν κάτι (αγορά, εγγραφή, ψήφο). Όσο δεν ζητήθηκε τίποτα, κάθε προσφορά μετράει για ένα.',
  },
  unit: 'ratio', fold: 'ratio', windowDays: 30, good: 3, bad: 1, enough: 4, share: 3,
  on: ['post.published'],
  weigh(event) {
    if (event.name !== 'post.published' || event.data.intent === 'talk') return undefined
    const gave = event.data.intent === 'give'
    const because = gave ? { en: 'This post gives something.', el: 'Η ανάρτηση προσφέρει κάτι.' } : { en: 'This post asks for something.', el: 'Η ανάρτηση ζητά κάτι.' }
    return { num: gave ? 1 : 0, den: gave ? 0 : 1, once: event.postId ?? event.data.publicationId, because }
  },
}

const gifts: Signal = {
  id: 'gifts',
  name: { en: 'Given', el: 'Προσφορές' },
  definition: {
    en: 'Posts of the last 30 days that give something and ask nothing. Two a week are plenty.',
    el: 'Αναρτήσεις των τελευταίων 30 ημερών που προσφέρουν κάτι και δεν ζητούν τίποτα. Δύο την εβδομάδα είναι πολύ καλά.',
  },
  unit: 'count', fold: 'sum', windowDays: 30, good: 8, bad: 0, enough: 3, share: 2,
  on: ['post.published'],
  weigh(event) {
    if (event.name !== 'post.published') return undefined
    const gave = event.data.intent === 'give'
    const because = gave ? { en: 'A gift to everyone.', el: 'Μια προσφορά για όλους.' } : { en: 'A post that was not meant as a gift.', el: 'Ανάρτηση που δεν ήταν προσφορά.' }
    return { num: gave ? 1 : 0, once: event.postId ?? event.data.publicationId, because }
  },
}

const gaveBack: Signal = {
  id: 'gave-back',
  name: { en: 'Came back', el: 'Ό,τι γύρισε πίσω' },
  definition: {
    en: 'Likes, shares and new followers of these 30 days, less those taken back, divided by our posts of the same days.',
    el: '«Μου αρέσει», κοινοποιήσεις και νέοι ακόλουθοι αυτών των 30 ημερών, μείον όσα αποσύρθηκαν, προς τις αναρτήσεις μας των ίδιων ημερών.',
  },
  unit: 'ratio', fold: 'ratio', windowDays: 30, good: 8, bad: 0, enough: 5, share: 2,
  on: ['post.published', 'reaction.given', 'follower.changed'],
  weigh(event) {
    if (event.name === 'post.published') {
      return { num: 0, den: 1, once: event.postId ?? event.data.publicationId, because: { en: 'A post that could bring something back.', el: 'Μια ανάρτηση που μπορεί να φέρει κάτι πίσω.' } }
    }
    if (event.name === 'follower.changed') {
      const because = event.data.change > 0 ? { en: 'Somebody began to follow.', el: 'Κάποιος άρχισε να ακολουθεί.' } : { en: 'Somebody no longer follows.', el: 'Κάποιος σταμάτησε να ακολουθεί.' }
      return { num: event.data.change, den: 0, because }
    }
    if (event.name !== 'reaction.given') return undefined
    const [en, el] = event.data.kind === 'like' ? ['like', '«μου αρέσει»'] : ['share', 'κοινοποίηση']
    const because = event.data.taken ? { en: `A ${en} was taken back.`, el: `Αποσύρθηκε: ${el}.` } : { en: `A ${en} came.`, el: `Ήρθε: ${el}.` }
    return { num: event.data.taken ? -1 : 1, den: 0, because }
  },
}

export const signals: readonly Signal[] = [givePerAsk, gifts, gaveBack]
