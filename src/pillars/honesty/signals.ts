import type { Signal } from '#kit/pillar.ts'
import { checks } from './checks.ts'

const rules = new Set(checks.map((check) => check.id))
const ours = (findings: readonly string[]): readonly string[] => findings.filter((rule) => rules.has(rule))

const straightShare: Signal = {
  id: 'straight-share',
  name: { en: 'Straight words', el: 'Καθαρά λόγια' },
  definition: {
    en: 'Of all posts and answers sent, the share that went out with no honesty finding left open.',
    el: 'Από όλες τις αναρτήσεις και τις απαντήσεις, το ποσοστό που βγήκε χωρίς ανοιχτή παρατήρηση ειλικρίνειας.',
  },
  unit: 'percent', fold: 'share', windowDays: 30, good: 1, bad: 0.7, enough: 5, share: 4,
  on: ['post.published', 'answer.sent'],
  weigh(event) {
    if (event.name !== 'post.published' && event.name !== 'answer.sent') return undefined
    const open = ours(event.data.findings)
    const because = open.length === 0
      ? { en: 'Nothing evasive was found in it.', el: 'Δεν βρέθηκε υπεκφυγή.' }
      : { en: `Sent with an open finding: ${open.join(', ')}.`, el: `Βγήκε με ανοιχτή παρατήρηση: ${open.join(', ')}.` }
    const once = event.name === 'post.published' ? event.postId ?? event.data.publicationId : event.data.messageId
    return { num: open.length === 0 ? 1 : 0, den: 1, once, because }
  },
}

const overruled: Signal = {
  id: 'overruled',
  name: { en: 'Overruled', el: 'Παρακάμφθηκαν' },
  definition: {
    en: 'How often somebody overruled a hold of honesty with a reason, for each post and answer sent. Fewer is better.',
    el: 'Πόσο συχνά κάποιος παρέκαμψε με αιτιολογία μια επιφύλαξη ειλικρίνειας, ανά ανάρτηση και απάντηση. Λιγότερες, τόσο το καλύτερο.',
  },
  unit: 'percent', fold: 'share', windowDays: 30, good: 0, bad: 0.2, enough: 5, share: 2,
  on: ['check.overruled', 'post.published', 'answer.sent'],
  weigh(event) {
    if (event.name === 'check.overruled') {
      if (event.data.pillar !== 'honesty') return undefined
      return { num: 1, den: 0, because: { en: `Overruled ${event.data.rule}: “${event.data.reason}”`, el: `Παρακάμφθηκε το ${event.data.rule}: «${event.data.reason}»` } }
    }
    if (event.name !== 'post.published' && event.name !== 'answer.sent') return undefined
    const once = event.name === 'post.published' ? event.postId ?? event.data.publicationId : event.data.messageId
    return { num: 0, den: 1, once, because: { en: 'Something was sent.', el: 'Στάλθηκε κάτι.' } }
  },
}

const ownedUp: Signal = {
  id: 'owned-up',
  name: { en: 'Corrections owned up to', el: 'Διορθώσεις με εξήγηση' },
  definition: {
    en: 'Of the published posts we changed or took down, the share where a public note says what and why.',
    el: 'Από τις δημοσιευμένες αναρτήσεις που αλλάξαμε ή αποσύραμε, το ποσοστό όπου δημόσια σημείωση λέει τι και γιατί.',
  },
  unit: 'percent', fold: 'share', windowDays: 90, good: 1, bad: 0, enough: 1, share: 2,
  on: ['post.edited', 'post.retracted'],
  weigh(event) {
    if (event.name !== 'post.edited' && event.name !== 'post.retracted') return undefined
    const noted = event.data.note.trim() !== ''
    const because = noted ? { en: `Changed with a note: “${event.data.note}”`, el: `Άλλαξε με σημείωση: «${event.data.note}»` } : { en: 'Changed without a word.', el: 'Άλλαξε χωρίς εξήγηση.' }
    return { num: noted ? 1 : 0, den: 1, because }
  },
}

export const signals: readonly Signal[] = [straightShare, overruled, ownedUp]
