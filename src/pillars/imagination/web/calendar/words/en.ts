export const en = {
  calendar: {
    title: 'Calendar', write: 'Write', writeFor: 'Write for {day}',
    today: 'Today', tomorrow: 'Tomorrow', yesterday: 'Yesterday', now: 'now',
    untitled: 'Without a title', nothingThatDay: 'Nothing planned', nothingMatches: 'Nothing matches these filters.', showAll: 'Show everything',
    before: { month: 'The month before', week: 'The week before', day: 'The day before', agenda: 'The four weeks before' },
    after: { month: 'The month after', week: 'The week after', day: 'The day after', agenda: 'The four weeks after' },
    more: '{count} more', moreOf: '{count} more on {day}', count: '{count, plural, =0 {nothing} one {one post} other {# posts}}',
    grid: 'What goes out, by day', tooMany: 'Not everything is shown: there is too much in this stretch. Narrow it with a filter.',
    view: 'View', views: { month: 'Month', week: 'Week', day: 'Day', agenda: 'Agenda' },
    lanes: 'Lanes', lane: { none: 'No lanes', account: 'By account', campaign: 'By campaign', intent: 'By intent' }, laneOf: { account: 'Account', campaign: 'Campaign', intent: 'Intent' },
    noLane: { account: 'No account yet', campaign: 'No campaign', intent: 'No intent' },
    hours: 'Hours', tools: 'More', wants: 'Needs you', andMore: '{count, plural, one {and one more} other {and # more}}',
    key: 'What the signs mean, and how many there are',
  },
  clock: { here: 'Times in {place}', mine: 'Show my time ({place})', theirs: 'Show the time of the workspace ({place})', elsewhere: '{time} in {place}' },
  filters: {
    title: 'Filter', count: '{count, plural, =0 {Filter} one {Filter: one} other {Filter: #}}', clear: 'Clear the filters', remove: 'Without “{name}”',
    campaign: 'Campaign', account: 'Account', intent: 'Intent', state: 'State', author: 'Written by', any: 'Any',
    states: { draft: 'Draft', scheduled: 'Goes out', paused: 'Paused', published: 'Went out', withdrawn: 'Taken down', problem: 'Needs you' },
  },
  states: { draft: 'draft', scheduled: 'goes out', sending: 'on its way', paused: 'paused', published: 'went out', withdrawn: 'taken down', ahead: 'comes by its rule' },
  shelf: {
    title: 'Shelf', about: 'Without a time yet. Drag one on to a day, or choose it and press M.', empty: 'Nothing waits here. What you write without a time is kept on the shelf.',
    show: 'Show the shelf', hide: 'Hide the shelf', here: 'Back on to the shelf', count: '{count, plural, =0 {Shelf} other {Shelf (#)}}',
  },
  slots: {
    free: 'Free', freeAt: 'A free place: {time}, {account}', title: 'Places in the week', about: 'The times at which an account likes to speak. Free ones are drawn in the calendar; “next free place” fills them.',
    none: 'No places yet. Give an account a time or two in the week.', add: 'Add', account: 'Account', days: 'Days', time: 'Hour', remove: 'Take away: {day} {time}, {account}', zone: 'on the clock of {place}', next: 'Next free place', open: 'Places in the week …',
    known: 'That place is there already.',
  },
  acts: {
    chosen: '{count, plural, one {One chosen} other {# chosen}}', bar: 'What to do with the chosen ones', clear: 'Let go', open: 'Open', move: 'Move to …', copy: 'Copy to …', repeat: 'Repeat …', series: 'Series …', pause: 'Pause', resume: 'Go on', delete: 'Delete', shelve: 'To the shelf', slot: 'Next free place', more: 'More',
    moved: '{count, plural, one {Moved: {title}} other {# posts moved}}', copied: '{count, plural, one {Copied: {title}} other {# posts copied}}', paused: '{count, plural, one {Paused: {title}} other {# posts paused}}', resumed: '{count, plural, one {Goes out again: {title}} other {# posts go out again}}',
    deleted: '{count, plural, one {Deleted: {title}} other {# posts deleted}}', shelved: '{count, plural, one {Back on the shelf: {title}} other {# posts back on the shelf}}', slotted: '{count, plural, one {In its next free place: {title}} other {# posts in their next free places}}',
    undo: 'Undo', undone: 'Taken back', failed: 'That did not work', outStays: '{count, plural, one {One is out already; it stays where it is.} other {# are out already; they stay where they are.}}', noneMoves: 'What is out is not moved together with others. Move it by itself.',
  },
  move: {
    title: '{count, plural, one {Move to …} other {Move # posts to …}}', copyTitle: '{count, plural, one {Copy to …} other {Copy # posts to …}}', first: 'The first one; the others keep their distance.',
    day: 'Day', time: 'Hour', zone: 'Time zone', noZone: 'No such zone', go: 'Move', goCopy: 'Copy', cancel: 'Not now', next: 'Next free place', nextIs: 'Next free place of {account}: {time}',
    gapTitle: 'That hour does not exist', gapSays: 'The clocks in {zone} jump over it that night. Which one did you mean?', twiceTitle: 'That hour comes twice', twiceSays: 'The clocks in {zone} go back that night. Which one did you mean?',
    choose: 'Choose {time}', firstHour: 'The first: {time}', secondHour: 'The second: {time}', differ: '{title}: {says}',
  },
  out: {
    title: 'It is out already', says: '“{title}” went out on {time}. What should happen?', record: 'Correct the record', recordSays: 'Only the date in Stoa changes. Nothing is sent.', again: 'Publish it again', againSays: 'A copy is planned for {time}. The first one stays where it is.', recordAhead: 'A record says what was; it cannot lie ahead.', againPast: 'A time that is over cannot be planned.', plannedAgain: 'A copy waits on {time} as a draft', recorded: 'The record says {time} now',
  },
  repeat: {
    title: 'Repeat', about: 'The same words, again and again. Each one can be changed by itself.', every: 'Every', unit: 'Unit', units: { DAILY: '{count, plural, one {day} other {days}}', WEEKLY: '{count, plural, one {week} other {weeks}}', MONTHLY: '{count, plural, one {month} other {months}}', YEARLY: '{count, plural, one {year} other {years}}' },
    on: 'On', monthly: 'Which day', onDate: 'on the {day}.', onWeekday: 'on the {nth} {weekday}', nth: { first: 'first', second: 'second', third: 'third', fourth: 'fourth', last: 'last' },
    ends: 'Ends', never: 'never', until: 'on a day', times: 'after so many', untilDay: 'Last day', count: 'How often', start: 'First day', time: 'Hour', go: 'Repeat it', made: 'It repeats now: {rule}', next: 'Next', clockChange: 'the clocks change that night', stays: 'This post is the first one; the series begins with the next.',
  },
  series: {
    title: 'Series', scope: 'What do you mean?', one: 'Only this one', following: 'This one and those after it', all: 'All of them', onlyOne: 'This rule can only be moved one at a time.', moveTitle: 'Move a post of a series', go: 'Move', says: 'By its rule: {rule}', change: 'Change the rule', changed: 'The series follows its new rule', skip: 'Leave this one out', skipped: 'Left out', pause: 'Pause the series', resume: 'Let it go on', end: 'End the series here', ended: 'The series ends here', paused: 'The series is paused', resumed: 'The series goes on', make: 'Write this one by itself', ahead: 'Not written yet: it comes by its rule.', inSeries: 'One of a series', changedByHand: 'One of a series, changed by itself', where: 'From',
  },
  feed: { open: 'Calendar in another program …', title: 'Your calendar in another program', about: 'Google Calendar, Apple Calendar, Thunderbird and others read this address by themselves. Whoever has it sees what is planned: keep it to yourself.', none: 'There is no address yet.', make: 'Make an address', renew: 'Make a new one', renewSays: 'The old address stops working at once.', revoke: 'Stop sharing', copy: 'Copy', copied: 'Copied', address: 'Address', stopped: 'The address works no more' },
  exchange: {
    importOpen: 'Bring in a file …', exportCsv: 'Save as CSV', title: 'Bring in a file', about: 'A CSV table or an iCalendar file. Every row becomes a draft with a time; nothing goes out by itself.', file: 'File', drop: 'Drop a .csv or .ics file here, or choose one', accounts: 'Where they should go, unless the file says', zone: 'Times are meant in', check: 'Try it', checking: 'Reading …', go: '{count, plural, one {Bring in one post} other {Bring in # posts}}', again: 'Another file', close: 'Close',
    found: '{rows, plural, one {One row} other {# rows}}', made: '{count, plural, one {one new post} other {# new posts}}', known: '{count, plural, one {one known already} other {# known already}}', wrong: '{count, plural, one {one that cannot be taken} other {# that cannot be taken}}', nothingYet: 'This was a trial: nothing has been brought in yet.',
    rows: 'What would come in', errors: 'What cannot be taken', line: 'Line', what: 'What is wrong', value: 'It says', when: 'When', post: 'Post', knownMark: 'known already', done: '{count, plural, one {One post brought in} other {# posts brought in}}', tooLarge: 'The file is larger than 900 kB. Split it.', order: 'Days and months', dmy: 'day first (24/11)', mdy: 'month first (11/24)', columns: 'Which column is what', ignore: 'not used',
    fields: { date: 'Day', time: 'Hour', zone: 'Zone', title: 'Title', text: 'Text', lang: 'Language', intent: 'Intent', format: 'Format', tags: 'Tags', accounts: 'Accounts', campaign: 'Campaign', which: 'Which hour' },
  },
  empty: { title: 'Nothing here yet', upcoming: 'Nothing is planned. A conversation stays alive when somebody has something new to say.', act: 'Write the first post' },
  keys: { next: 'Next post', previous: 'Previous post', open: 'Open', compose: 'Write', month: 'Month', week: 'Week', day: 'Day', agenda: 'Agenda', today: 'Today', after: 'Onwards', before: 'Back', choose: 'Choose', move: 'Move to …', shelf: 'Shelf', undo: 'Take the last act back', dayLater: 'One day later', dayEarlier: 'One day earlier', arrows: 'Between days and posts' },
} as const
