import type { Signal } from '#kit/pillar.ts'
import { checks } from './checks.ts'

const rules = new Set(checks.map((check) => check.id))

const namedShare: Signal = {
  id: 'named-share',
  name: { en: 'Answered by a person', el: 'Απάντησε άνθρωπος' },
  definition: {
    en: 'The share of our answers that a person signs with their own name.',
    el: 'Το ποσοστό των απαντήσεών μας που υπογράφει άνθρωπος με το όνομά του.',
  },
  unit: 'percent', fold: 'share', windowDays: 30, good: 1, bad: 0.5, enough: 5, share: 3,
  on: ['answer.sent'],
  weigh(event) {
    if (event.name !== 'answer.sent') return undefined
    const because = event.data.named ? { en: 'A person answered with their name.', el: 'Απάντησε άνθρωπος, με το όνομά του.' } : { en: 'Nobody signed the answer.', el: 'Κανείς δεν υπέγραψε την απάντηση.' }
    return { num: event.data.named ? 1 : 0, den: 1, because }
  },
}

const ownWords: Signal = {
  id: 'own-words',
  name: { en: 'Own words', el: 'Με δικά μας λόγια' },
  definition: {
    en: 'How unlike our earlier answers each answer is, on average: 100 % when none repeats another, 0 % when all are one formula.',
    el: 'Πόσο διαφέρει κάθε απάντηση από τις προηγούμενες, κατά μέσο όρο: 100 % όταν καμία δεν επαναλαμβάνεται, 0 % όταν όλες είναι ένα τυποποιημένο κείμενο.',
  },
  unit: 'percent', fold: 'mean', windowDays: 30, good: 0.8, bad: 0.3, enough: 5, share: 2,
  on: ['answer.sent'],
  weigh(event) {
    if (event.name !== 'answer.sent') return undefined
    const alike = Math.round(event.data.similarity * 100)
    return { value: 1 - event.data.similarity, because: { en: `${alike} % like an earlier answer.`, el: `${alike} % όμοια με προηγούμενη απάντηση.` } }
  },
}

const conversationShare: Signal = {
  id: 'conversation-share',
  name: { en: 'Talking with, not at', el: 'Συζήτηση, όχι μονόλογος' },
  definition: {
    en: 'Answers as a share of everything we said: answers ÷ (answers + posts).',
    el: 'Οι απαντήσεις ως ποσοστό όλων όσα είπαμε: απαντήσεις ÷ (απαντήσεις + αναρτήσεις).',
  },
  unit: 'percent', fold: 'share', windowDays: 30, good: 0.75, bad: 0.1, enough: 5, share: 2,
  on: ['answer.sent', 'post.published'],
  weigh(event) {
    if (event.name === 'answer.sent') return { num: 1, den: 1, because: { en: 'We answered somebody.', el: 'Απαντήσαμε σε κάποιον.' } }
    if (event.name !== 'post.published') return undefined
    return { num: 0, den: 1, once: event.postId ?? event.data.publicationId, because: { en: 'We spoke to everybody.', el: 'Μιλήσαμε σε όλους.' } }
  },
}

const asPeople: Signal = {
  id: 'as-people',
  name: { en: 'Spoken as people', el: 'Σαν άνθρωποι' },
  definition: {
    en: 'Of all posts and answers sent, the share with no open personality finding: no logo speaking, no shouting, nobody hidden.',
    el: 'Από όλες τις αναρτήσεις και τις απαντήσεις, το ποσοστό χωρίς ανοιχτή παρατήρηση προσωπικότητας: δεν μιλά λογότυπο, δεν φωνάζει, δεν κρύβεται κανείς.',
  },
  unit: 'percent', fold: 'share', windowDays: 30, good: 1, bad: 0.6, enough: 5, share: 2,
  on: ['post.published', 'answer.sent'],
  weigh(event) {
    if (event.name !== 'post.published' && event.name !== 'answer.sent') return undefined
    const open = event.data.findings.filter((rule) => rules.has(rule))
    const because = open.length === 0
      ? { en: 'It reads as a person wrote it.', el: 'Διαβάζεται σαν λόγος ανθρώπου.' }
      : { en: `Sent with an open finding: ${open.join(', ')}.`, el: `Βγήκε με ανοιχτή παρατήρηση: ${open.join(', ')}.` }
    const once = event.name === 'post.published' ? event.postId ?? event.data.publicationId : event.data.messageId
    return { num: open.length === 0 ? 1 : 0, den: 1, once, because }
  },
}

export const signals: readonly Signal[] = [namedShare, ownWords, conversationShare, asPeople]
