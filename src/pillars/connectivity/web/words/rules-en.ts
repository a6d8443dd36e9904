export const en = {
  acts: {
    assign: 'assigned to {name}', 'assign-me': 'assigned to whoever uses it', route: 'finds its person by the ways of routing', tag: 'tag “{tag}”', untag: 'without the tag “{tag}”', priority: 'priority: {level}',
    done: 'done', snooze: 'put off for {hours, plural, one {# hour} other {# hours}}', note: 'note “{text}”', notify: '{name} is told: “{text}”', suggest: 'suggests the opener “{name}”', gone: '(no longer here)',
  },
  levels: { low: 'may wait', normal: 'normal', high: 'high', urgent: 'urgent' },
  ruled: { label: 'What rules did here', did: 'Rule “{name}”: {acts}', more: '{count, plural, one {# more} other {# more}}', suggests: 'The rule “{by}” suggests beginning with “{name}”.', take: 'Begin with it' },
  macros: {
    label: 'Macros', about: 'Done with one press, and taken back with one.', none: 'No macro yet.', manage: 'Make and change macros', text: 'writes the beginning of an answer', team: 'team',
    done: '“{name}”: {count, plural, =0 {nothing to change} one {# conversation} other {# conversations}}', stayed: 'Notes stay.', key: 'Macros',
  },
} as const
