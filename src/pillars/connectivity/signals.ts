import type { Both } from '#kit/lang.ts'
import type { AnyEvent } from '#kit/events.ts'
import type { Reading, Signal } from '#kit/pillar.ts'
import type {} from '#core/conversations/happenings.ts'

/** A wait as people say it. */
export function waited(minutes: number): Both {
  const whole = Math.round(minutes)
  if (whole < 60) return { en: `${whole} min`, el: whole === 1 ? '1 λεπτό' : `${whole} λεπτά` }
  const hours = Math.round(minutes / 60)
  if (hours < 48) return hours === 1 ? { en: '1 hour', el: '1 ώρα' } : { en: `${hours} hours`, el: `${hours} ώρες` }
  const days = Math.round(hours / 24)
  return { en: `${days} days`, el: `${days} ημέρες` }
}

const answeredShare: Signal = {
  id: 'answered-share',
  name: { en: 'Answered', el: 'Απαντήθηκαν' },
  definition: {
    en: 'Of the times somebody outside began to wait for an answer, the share that got one from us. It counts on the day the wait began. Imported history is left out.',
    el: 'Από τις φορές που κάποιος άρχισε να περιμένει απάντηση, το ποσοστό που πήρε. Μετράει την ημέρα που άρχισε η αναμονή. Το εισαγόμενο ιστορικό δεν μετράει.',
  },
  unit: 'percent', fold: 'share', windowDays: 30, good: 0.95, bad: 0.4, enough: 5, share: 4,
  on: ['message.received', 'answer.sent'],
  weigh(event) {
    if (event.name === 'message.received' && event.data.opensWait && !event.data.imported) {
      return { num: 0, den: 1, because: { en: 'Somebody began to wait for an answer.', el: 'Κάποιος άρχισε να περιμένει απάντηση.' } }
    }
    if (event.name !== 'answer.sent' || event.data.waitingSince === null) return undefined
    const long = waited(event.data.minutesWaited ?? 0)
    return { at: event.data.waitingSince, num: 1, den: 0, because: { en: `Answered after ${long.en}.`, el: `Απαντήθηκε μετά από ${long.el}.` } }
  },
}

/** How long somebody waited for our first answer in the hours in which we were there; all hours where that was not counted. */
function firstWait(event: AnyEvent): Reading | undefined {
  if (event.name !== 'answer.sent' || !event.data.first || event.data.minutesWaited === null) return undefined
  const value = event.data.dutyMinutes ?? event.data.minutesWaited
  const long = waited(value)
  return { value, because: { en: `The first answer came after ${long.en}.`, el: `Η πρώτη απάντηση ήρθε μετά από ${long.el}.` } }
}

const firstAnswer: Signal = {
  id: 'first-answer',
  name: { en: 'Time to the first answer', el: 'Χρόνος ως την πρώτη απάντηση' },
  definition: {
    en: 'The median of the minutes people waited for our first answer in their conversation, counted in the hours when somebody was on duty. Answers from before hours were kept count in full.',
    el: 'Η διάμεσος των λεπτών που περίμεναν οι άνθρωποι την πρώτη μας απάντηση στη συνομιλία τους, μόνο στις ώρες που κάποιος ήταν εδώ. Όσες απαντήσεις δόθηκαν πριν οριστούν ώρες μετρούν ολόκληρες.',
  },
  unit: 'minutes', fold: 'median', windowDays: 30, good: 60, bad: 1440, enough: 5, share: 2,
  on: ['answer.sent'], weigh: firstWait,
}

const slowestAnswers: Signal = {
  id: 'first-answer-p90',
  name: { en: 'Nine of ten first answers within', el: 'Εννιά στις δέκα πρώτες απαντήσεις μέσα σε' },
  definition: {
    en: 'Nine of ten people had our first answer within this time, counted in the hours when somebody was on duty.',
    el: 'Εννιά στους δέκα πήραν την πρώτη μας απάντηση μέσα σε αυτόν τον χρόνο, μετρημένο στις ώρες που κάποιος ήταν εδώ.',
  },
  unit: 'minutes', fold: 'p90', windowDays: 30, good: 240, bad: 2880, enough: 10, share: 1,
  on: ['answer.sent'], weigh: firstWait,
}

const unaskedAnswered: Signal = {
  id: 'unasked-answered',
  name: { en: 'Unasked questions answered', el: 'Απαντήσεις σε όσα δεν ρώτησαν εμάς' },
  definition: {
    en: 'Of the conversations with a question that was not put to us but that we overheard, the share in which we answered.',
    el: 'Από τις συνομιλίες με ερώτηση που δεν απευθυνόταν σε εμάς αλλά την πήρε το αυτί μας, το ποσοστό όπου απαντήσαμε.',
  },
  unit: 'percent', fold: 'share', windowDays: 30, good: 0.5, bad: 0, enough: 5, share: 1,
  on: ['message.received', 'answer.sent'],
  weigh(event) {
    if (event.name === 'message.received' && !event.data.asked && event.data.isQuestion && !event.data.imported && event.conversationId !== undefined) {
      return { num: 0, den: 1, once: `overheard ${event.conversationId}`, because: { en: 'We overheard a question.', el: 'Πήρε το αυτί μας μια ερώτηση.' } }
    }
    if (event.name !== 'answer.sent' || !event.data.first || event.data.unasked !== true || event.conversationId === undefined) return undefined
    return { num: 1, den: 0, once: `answered ${event.conversationId}`, because: { en: 'We answered a question nobody had put to us.', el: 'Απαντήσαμε σε ερώτηση που δεν μας είχε κάνει κανείς.' } }
  },
}

const rating: Signal = {
  id: 'csat',
  name: { en: 'Found it good', el: 'Έμειναν ευχαριστημένοι' },
  definition: {
    en: 'Of the visitors who rated a conversation, the share who gave it 4 or 5 of 5.',
    el: 'Από τους επισκέπτες που βαθμολόγησαν μια συνομιλία, το ποσοστό που έδωσε 4 ή 5 στα 5.',
  },
  unit: 'percent', fold: 'share', windowDays: 30, good: 0.9, bad: 0.5, enough: 5, share: 1,
  on: ['conversation.rated'],
  weigh(event) {
    if (event.name !== 'conversation.rated') return undefined
    const { score } = event.data
    return { num: score >= 4 ? 1 : 0, den: 1, because: { en: `A visitor gave ${score} of 5.`, el: `Ένας επισκέπτης έδωσε ${score} στα 5.` } }
  },
}

const twoWay: Signal = {
  id: 'two-way-share',
  name: { en: 'It goes on', el: 'Έχει συνέχεια' },
  definition: {
    en: 'Of the conversations we joined with a first answer, the share in which they came back and we answered again.',
    el: 'Από τις συνομιλίες όπου δώσαμε μια πρώτη απάντηση, το ποσοστό όπου ξαναμίλησαν και ξαναπαντήσαμε.',
  },
  unit: 'percent', fold: 'share', windowDays: 30, good: 0.35, bad: 0, enough: 5, share: 2,
  on: ['answer.sent'],
  weigh(event) {
    if (event.name !== 'answer.sent' || event.conversationId === undefined) return undefined
    if (event.data.first) {
      return { num: 0, den: 1, once: `begun ${event.conversationId}`, because: { en: 'We joined a conversation.', el: 'Μπήκαμε σε μια συνομιλία.' } }
    }
    if (event.data.waitingSince === null) return undefined
    return { num: 1, den: 0, once: `goes on ${event.conversationId}`, because: { en: 'They came back, and we answered again.', el: 'Ξαναμίλησαν, και ξαναπαντήσαμε.' } }
  },
}

const voicesHeard: Signal = {
  id: 'voices-heard',
  name: { en: 'Voices heard', el: 'Φωνές που ακούσαμε' },
  definition: {
    en: 'Different people who spoke to us in these 30 days, on any channel. Imported history and what we only overheard are left out.',
    el: 'Διαφορετικοί άνθρωποι που μας μίλησαν μέσα σε αυτές τις 30 ημέρες, σε οποιοδήποτε κανάλι. Το εισαγόμενο ιστορικό και όσα απλώς πήρε το αυτί μας δεν μετράνε.',
  },
  unit: 'count', fold: 'sum', windowDays: 30, good: 40, bad: 0, enough: 5, share: 1,
  on: ['message.received'],
  weigh(event) {
    if (event.name !== 'message.received' || event.data.imported || !event.data.asked || event.contactId === undefined) return undefined
    return { num: 1, once: event.contactId, because: { en: 'Somebody spoke to us.', el: 'Κάποιος μας μίλησε.' } }
  },
}

const invites: Signal = {
  id: 'invites-share',
  name: { en: 'Posts that invite an answer', el: 'Αναρτήσεις που ζητούν γνώμη' },
  definition: {
    en: 'The share of our posts that ask the reader something or invite an answer.',
    el: 'Το ποσοστό των αναρτήσεών μας που ρωτούν τον αναγνώστη κάτι ή τον καλούν να απαντήσει.',
  },
  unit: 'percent', fold: 'share', windowDays: 30, good: 0.6, bad: 0.1, enough: 4, share: 1,
  on: ['post.published'],
  weigh(event) {
    if (event.name !== 'post.published') return undefined
    const because = event.data.invites
      ? { en: 'This post invites an answer.', el: 'Η ανάρτηση καλεί σε απάντηση.' }
      : { en: 'This post invites nobody to answer.', el: 'Η ανάρτηση δεν καλεί κανέναν να απαντήσει.' }
    return { num: event.data.invites ? 1 : 0, den: 1, once: event.postId ?? event.data.publicationId, because }
  },
}

export const signals: readonly Signal[] = [answeredShare, firstAnswer, slowestAnswers, unaskedAnswered, twoWay, rating, voicesHeard, invites]
