export const en = {
  rail: { today: 'Today', inbox: 'Inbox', calendar: 'Calendar', people: 'People', campaigns: 'Campaigns', settings: 'Settings', label: 'Workspace', compose: 'Write' },
  porch: 'Open the porch',
  skip: 'Skip to the content',
  me: 'Your account and how things look',
  look: { label: 'Look', light: 'Light', dark: 'Dark', auto: 'As the system' },
  language: 'Language',
  signOut: 'Sign out',
  help: 'Keys',
  palette: { ask: 'Go to, or do', nothing: 'Nothing by that name', screens: 'Go to', acts: 'Do' },
  notFound: { title: 'Nothing here', says: 'This address leads nowhere. It may have been moved or removed.', back: 'Go to Today' },
  signIn: {
    title: 'Sign in', lead: 'Welcome back to {site}.', leadPlain: 'Welcome back.', email: 'E-mail', password: 'Password', submit: 'Sign in',
    forgot: 'Forgot your password? Ask an admin of the workspace to make a new one for you.',
  },
  form: {
    name: 'Your name', nameHint: 'As people will see it beside your answers', email: 'E-mail', password: 'Password',
    show: 'Show the password', hide: 'Hide the password', siteName: 'Name of the site', siteHint: 'Your brand, as visitors know it', zone: 'Time zone', language: 'Language',
    code: 'Set-up code', codeHint: 'Stoa printed it, with this address, when it started', zoneNothing: 'No such zone',
  },
  strength: {
    empty: 'At least 10 characters. A sentence is easy to remember.',
    short: '{count, plural, one {# more character} other {# more characters}}',
    weak: 'Easy to guess. Make it longer, or less usual.', fair: 'All right. A few more words would make it strong.', good: 'Strong.',
  },
  welcome: {
    title: 'Your porch opens here', lead: 'A place of your own to meet people: plan, publish, answer. First, who are you?',
    submit: 'Make my account', passwordShort: 'Choose a password of at least 10 characters.',
    doors: 'Two doors', doorsLead: 'Where would you like to begin? Campaigns of your own can be planned behind either.',
    story: 'Look around with a bakery’s story', storySays: 'A month at Eleni’s bakery in Patras: posts, questions, answers, an honest mistake. Every figure is computed from what happened.', storyAct: 'Step inside',
    own: 'Start my own campaign', ownSays: 'An empty porch with your name above it. Begin with a short brief: what you offer, to whom, and how you will know it worked.', ownAct: 'Begin',
    preparing: 'Setting the tables for Eleni. This takes a few seconds.',
  },
  join: {
    title: 'Join {site}', lead: 'You are invited, as {role}. Your own account takes a minute.', submit: 'Join', bad: 'This invitation cannot be used',
  },
  roles: { owner: 'owner', admin: 'admin', editor: 'editor', responder: 'responder', viewer: 'viewer' },
} as const
