export const en = {
  intents: { give: 'Give', ask: 'Ask', talk: 'Talk' },
  intentAbout: {
    give: 'Something of value, with nothing asked in return',
    ask: 'You want something: a visit, an order, an answer to an offer',
    talk: 'A story, news or a question: staying in touch',
  },
  formats: { story: 'Story', guide: 'Guide', question: 'Question', news: 'News', offer: 'Offer', contest: 'Contest', promotion: 'Promotion', game: 'Game' },
  porch: 'Porch',
  langs: { en: 'English', el: 'Greek' },
  publication: {
    title: 'Where it stands', answers: 'What people said under it',
    scheduled: 'Waits for its time', waiting: 'Waits for the part before', claimed: 'Being readied', prepared: 'Ready to leave', held: 'Held', sending: 'On its way', 'retry-wait': 'Trying again soon', unknown: 'Checking whether it arrived', 'needs-person': 'Needs a look', 'auth-needed': 'Needs connecting', confirmed: 'Out', refused: 'Not sent', cancelled: 'Called off', gone: 'Taken down',
    why: 'Why was this not sent?',
    sentAt: 'Out since {time}', due: 'Due {time}', tries: '{count, plural, =0 {not tried yet} one {tried once} other {tried # times}}',
    revise: 'A change is on its way', retract: 'Is being taken down',
    there: 'It is there', send: 'Send it', drop: 'Drop it', connect: 'Open Settings', look: 'Look at it',
    settled: { there: 'Noted: it is there', send: 'On its way again', drop: 'Called off' },
    retrying: 'Stoa tries again by itself.', retryAt: 'Next try {time}.',
    partial: '{out, number} of {of, number} parts are out', part: 'Part {n, number}', resumes: 'Answer, and the parts after it follow by themselves.',
    address: 'Its address there', addressAbout: 'If you have it; it is kept with the post.', thereYes: 'Yes, it is there',
  },
} as const
