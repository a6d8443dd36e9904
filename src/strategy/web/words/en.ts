export const en = {
  states: { draft: 'Draft', live: 'Live', ended: 'Ended' },
  campaigns: {
    title: 'Campaigns', lead: 'Planned efforts: a brief, dates, and objectives you can watch move.', start: 'Plan a campaign', name: 'What is it called?', nameHint: 'For your team; you can change it', make: 'Begin the brief',
    emptyTitle: 'No campaign yet', emptySays: 'A campaign begins with a brief of ten short answers. Those who write them down know what they are after.',
    gaps: '{count, plural, =0 {ready to go live} one {# gap in the brief} other {# gaps in the brief}}',
    objectives: '{count, plural, =0 {no objectives} one {# objective} other {# objectives}}', dates: '{from} to {to}', from: 'from {from}', noDates: 'no dates yet', scorecard: 'Scorecard', scorecardSays: 'How the five pillars stand, over everything you do', list: 'Your campaigns',
  },
  campaign: {
    name: 'Name of the campaign', plan: 'Plan', scorecard: 'Scorecard', posts: 'Posts', live: 'Go live', end: 'End the campaign', endSure: 'End “{name}”? Its posts and figures stay; it takes no new posts.',
    conflict: 'Somebody changed this brief while you were writing', conflictSays: 'Your words are kept here. Theirs are on the server. Which shall stand?', keepMine: 'Keep mine', takeTheirs: 'Take theirs',
    before: 'Before it goes live', ready: 'The brief is whole. It can go live.', isLive: 'Live since {day}.', isEnded: 'Ended on {day}.', dates: 'Dates', startsOn: 'First day', endsOn: 'Last day', reversed: 'The last day comes before the first.',
    opened: '“{name}” is live', readOnly: 'Your role can read this brief. An editor can change it.',
  },
  brief: {
    title: 'The brief', mix: 'The marketing mix', mixLead: 'What you bring, where, at what price, and how word gets out.',
    product: 'What do you offer?', productHint: 'The product or service, in the words of somebody who uses it.',
    audience: 'Whom is it for?', audienceHint: 'The people you want to meet: who they are, what they ask, where they already talk.',
    competition: 'Who else do they turn to?', competitionHint: 'Other brands, and doing nothing at all. What do those do better?',
    environment: 'What happens around you?', environmentHint: 'Season, economy, law, mood: what helps you and what does not.',
    measures: 'How will you know it worked?', measuresHint: 'In words. The figures follow under objectives.',
    mixProduct: 'Product', mixProductHint: 'What exactly will people get?', mixPlace: 'Place', mixPlaceHint: 'Where do they find it, and where do you talk with them?',
    mixPrice: 'Price', mixPriceHint: 'What does it cost, and why so?', mixPromotion: 'Promotion', mixPromotionHint: 'What will you give, show or play?',
    mixPr: 'Public relations', mixPrHint: 'Who else could tell the story, and what do you tell them when something goes wrong?',
  },
  aims: {
    title: 'Objectives', lead: 'A measure with a start, a target and a date, tied to a signal that moves by itself.', add: 'Set an objective', change: 'Change', drop: 'Remove', dropped: 'Objective removed', undo: 'Undo', none: 'Nothing to aim at yet.',
    says: 'What do you want to reach?', saysHint: 'For example: people wait less for an answer', signal: 'Signal', signalHint: 'It is computed from what happens', baseline: 'Today', target: 'Target', dueOn: 'By', save: 'Save', cancel: 'Cancel', same: 'The target must differ from today.',
    now: 'now {value}', notEnough: 'not enough yet to say', noFigure: 'There is not enough yet to say where it stands today.', path: 'from {baseline} to {target} by {day}', reached: '{share, number, percent} of the way',
    today: 'Today it stands at {value}',
  },
  scorecard: {
    title: 'Scorecard', lead: 'Computed from what happened, and from nothing else.', asOf: 'As it stood at {time}', back: 'All campaigns', of100: '{score, number, ::.} of 100', none: 'not enough yet', up: '{by, number, ::.} more than before', down: '{by, number, ::.} less than before', same: 'as before',
    promise: 'The promise', value: 'Figure', trend: '30 days', before: 'Before', definition: 'What is counted', window: 'Over the last {days, plural, one {# day} other {# days}}', scale: '100 at {good}, 0 at {bad}', share: '{share, number, percent} of the pillar’s score',
    few: '{count, plural, =0 {nothing yet} one {# event so far} other {# events so far}}; it takes {enough, number}', behind: '{count, plural, one {# event behind} other {# events behind}}', behindTitle: 'The events behind “{name}”', behindEmpty: 'No event in this window.', countsAs: 'counts as {value}', more: 'Show more', definitionOf: 'What “{name}” counts', wasBefore: 'before: {value}', ofCampaign: 'Only of this campaign', places: { conversation: 'The conversation', post: 'The post', contact: 'The person' },
  },
  units: { ratio: '{value, number, ::.0} to 1', minutes: '{value}' },
  today: {
    title: 'Today', morning: 'Good morning, {name}', afternoon: 'Good afternoon, {name}', evening: 'Good evening, {name}', calm: 'Nobody waits and nothing went wrong.', busy: '{count, plural, one {# person waits for an answer.} other {# people wait for an answer.}}',
    wrong: 'Needs a person', wrongSays: 'These did not go out as planned.', waiting: 'Who waits for an answer', all: 'The whole inbox', goesOut: 'What goes out next', calendar: 'Calendar', nudges: 'What the pillars ask for', since: 'waits since {time}', asked: 'asked us', overheard: 'not put to us', with: 'with {name}', figures: 'All figures', quiet: 'All is quiet', quietSays: 'When somebody writes, when something is planned or goes wrong, you see it here first.', by: 'by {name}', noGoesOut: 'Nothing is planned.', noWaiting: 'Nobody waits. Well done.',
    states: { refused: '{channel} refused it', 'needs-person': 'We cannot tell whether {channel} took it', unknown: 'We are finding out whether {channel} took it', 'auth-needed': '{channel} asks us to sign in again' }, reply: 'An answer', untitled: 'Untitled',
  },
} as const
