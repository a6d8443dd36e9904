export const en = {
  title: 'Voices', lead: 'People talk to people. A voice is how a member of the team is seen: a face, a name, a way to sign.',
  none: 'has no voice yet and cannot answer in public', make: 'Give a voice', change: 'Change', hidden: 'not shown among the people of the porch', speaks: 'speaks', knows: 'knows about',
  of: 'The voice of {name}', name: 'Name people see', about: 'About', aboutHint: 'Who you are, in two sentences. Shown on the porch.', signOff: 'Sign-off', signOffHint: 'As you would end a letter: “Eleni, from the oven”', langs: 'Languages', topics: 'Topics', topicsHint: 'What you like to be asked about; Enter after each',
  public: 'Show among the people of the porch', face: 'Face', choose: 'Choose a picture', remove: 'Without a picture', uploading: 'Sending the picture…', save: 'Save', cancel: 'Cancel', close: 'Close', saved: 'Saved', preview: 'So it will look',
  drop: 'Remove {topic}',
} as const
