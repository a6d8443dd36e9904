export const en = {
  likeAbout: 'Compares a post with what we said lately.',
  likeSays: 'This is {percent} % like what we said on {date}.',
  likeBecause: 'A conversation lives as long as somebody has something new to say. Tell what changed since, or another side of it.',
  likeInstead: 'We wrote about this on {date}; here is what is new since then:',
  openingAbout: 'Notices the same first words again.',
  openingSays: '“{words}”: one of the last five posts begins just so.',
  openingBecause: 'In a feed the first words are all that is seen; the same ones look like the same post.',
  openingInstead: 'Something we have not told you yet: {sentence}',
  formatAbout: 'Notices the same format again and again.',
  formatSays: 'This is the fifth post in a row of the same format.',
  formatBecause: 'A change of form (a question, a picture, a recipe, a game) wakes an audience that has stopped looking.',
  formatInstead: 'Today something different: ask us anything you like, and we will answer here.',
}
export type Words = { readonly [K in keyof typeof en]: string }
