export const en = {
  logoAbout: 'Finds where the brand speaks of itself as if it were somebody else.',
  logoSays: '“{words}” is a logo speaking.',
  logoBecause: 'People talk to people. Say “we” or “I”, and “you” to the reader.',
  shoutAbout: 'Finds capitals and exclamation marks that shout.',
  shoutSays: '“{words}” shouts.',
  shoutAllSays: 'Most of this is in capitals: it shouts.',
  shoutBecause: 'Nobody talks like that across a counter; many readers, and every screen reader, stumble over it.',
  signAbout: 'Looks whether a person signs.',
  signNobodySays: 'Nobody signs this.',
  signLogoSays: 'This goes out under the brand’s name, not under a person’s.',
  signTeamSays: '“{words}” is nobody in particular.',
  signBecause: 'An answer from a person is believed more, and can be answered.',
  nameAbout: 'Looks whether an answer shows that somebody read what was asked.',
  nameSays: 'This answer takes up neither {name} nor what {name} wrote.',
  nameBecause: 'An answer that would fit anybody feels like one from a machine. A name or a word of theirs is enough.',
  hello: 'Hello {name}! {sentence}',
}
export type Words = { readonly [K in keyof typeof en]: string }
