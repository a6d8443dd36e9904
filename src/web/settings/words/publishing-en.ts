export const en = {
  title: 'Publishing', lead: 'What has to be so before something goes out.',
  approval: {
    title: 'Who says yes first',
    none: { name: 'Nobody', says: 'Whoever may publish does so.' },
    optional: { name: 'Whoever is asked', says: 'A post waits only if its writer asked for a yes.' },
    required: { name: 'One other person', says: 'Nothing goes out on the word of its writer alone.' },
    'two-step': { name: 'Two other people', says: 'Two different people say yes, and neither of them wrote it.' },
    links: 'A yes by a review link counts', linksHint: 'As one yes at most, whoever has the link. Otherwise it is shown beside the yeses of the team and does not count.',
  },
  alt: {
    title: 'Pictures in words', lead: 'For those who cannot see a picture, its description is the picture.',
    required: { name: 'Required', says: 'A post with a picture or video that is not described stays here.' },
    asked: { name: 'Asked for', says: 'The composer asks, and the post may go out without.' },
  },
  late: {
    title: 'What could not leave in time', lead: 'Because Stoa was off, or the network was away. A post can say otherwise for itself.',
    ask: { name: 'Ask', says: 'More than a quarter of an hour late, it waits until somebody decides.' },
    'publish-within': { name: 'Publish it if it is only a little late', says: 'Later than that, it waits until somebody decides.' },
    publish: { name: 'Publish it, however late', says: 'It leaves as soon as it can.' },
    upTo: 'At most', hours: '{count, plural, one {# hour} other {# hours}}', minutes: '{count, plural, one {# minute} other {# minutes}}',
  },
  twice: { title: 'Said before', days: 'Warn about the same words, in days', daysHint: 'When an account said nearly the same in so many days. 0: never.' },
  sizes: { title: 'Files', lead: 'How large a file may be that somebody adds. What a network takes may be less; Stoa makes pictures smaller where it can.', maxPictureBytes: 'Pictures', maxVideoBytes: 'Videos', most: 'up to {most, number} MB' },
} as const
