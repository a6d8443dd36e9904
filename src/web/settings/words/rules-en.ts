export const en = {
  title: 'Automatic rules', lead: 'When something happens in the inbox and a conversation is as the line says, then this is done. Rules never say a word to anybody outside.', failed: 'Not saved',
  add: 'New rule', none: 'No rule yet. Begin with one that tags what the team always looks for.', full: '{limit} rules are kept; delete one to make another.',
  sentence: { when: 'When', if: 'if', does: 'then', every: 'every conversation' },
  on: { received: 'a message arrives', opened: 'a conversation begins', assigned: 'it is given to a member', missed: 'an answer was due and nobody gave one', done: 'it is done', unanswered: '{minutes} pass without an answer', 'due-soon': 'an answer is due in {minutes}' },
  choose: { unanswered: 'so long passes without an answer', 'due-soon': 'an answer is due soon' },
  span: { m: '{count, plural, one {# minute} other {# minutes}}', h: '{count, plural, one {# hour} other {# hours}}', d: '{count, plural, one {# day} other {# days}}' },
  times: '{count, plural, =0 {Has not acted in 30 days} one {Acted # time in 30 days} other {Acted # times in 30 days}}', last: 'last',
  runaway: 'It acted more than 120 times within a minute and was stopped. Look at what it asks for, then let it go on.', broken: { member: 'It names a member who has left: that part is left out.', opener: 'It names an opener that is no longer here: that part is left out.' },
  active: 'Active: {name}', up: 'Earlier: {name}', edit: 'Change: {name}', drop: 'Delete: {name}', dropped: 'Deleted: {name}', undo: 'Undo',
  form: {
    title: 'Rule', name: 'Name', when: 'When', minutes: 'Minutes', line: 'If it is so', lineHint: 'A line of search, as in the inbox: lang:el tag:bread due:<30m words. Empty: every conversation.',
    does: 'Then', what: 'What is done', add: 'Add', drop: 'Take out: {act}', save: 'Save', cancel: 'Cancel', try: 'Try on the last 30 days', kept: 'Saved. It acts on what comes from now on.',
  },
  acts: { assign: 'assign to a member', 'assign-me': 'assign to whoever uses it', route: 'find its person', tag: 'put a tag', untag: 'take off a tag', priority: 'set the priority', done: 'mark as done', snooze: 'put off', note: 'write a note', notify: 'tell a member', suggest: 'suggest an opener' },
  fields: { member: 'Member', tag: 'Tag', level: 'Priority', hours: 'Hours', text: 'Text', opener: 'Opener', noOpener: 'The team has no openers yet; they are kept in the answer box of the inbox.' },
  dry: {
    title: 'What it would have done', says: '{touched, plural, =0 {In the last {days} days it would have changed nothing.} one {In the last {days} days it would have changed # conversation.} other {In the last {days} days it would have changed # conversations.}}',
    left: '{count, plural, one {# more fits, and already stands that way.} other {# more fit, and already stand that way.}}', part: 'There was too much to read it all: only back to {when}.', now: 'Tags, states and waits of then are not known; it was compared with how things stand now.',
    soon: 'Answers that came just in time left no trace; only those missed, and those due soon now, are counted.', untouched: 'Nothing was changed.', examples: 'The newest of them', open: 'Open the conversation with {name}',
  },
  macros: {
    title: 'Macros', lead: 'Acts under a name, with a beginning of an answer. They are used in the inbox with M, in one conversation or in many, and taken back with one press.', none: 'No macro yet.', add: 'New macro', text: 'Beginning of the answer', textHint: '\'{\'name\'}\' becomes the person’s first name. Nobody sends it as it stands: it has to become one’s own words.',
    shared: 'For the whole team', own: 'Only mine', team: 'Team', drop: 'Delete: {name}', dropped: 'Deleted: {name}',
  },
} as const
