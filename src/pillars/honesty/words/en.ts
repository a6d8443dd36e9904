export const en = {
  evasionAbout: 'Finds sentences that avoid the question, such as “no comment”.',
  evasionSays: '“{words}” sounds like hiding.',
  evasionBecause: 'People fill a silence with the worst guess. If it cannot be told, say so, and say why.',
  evasionInstead: 'Sorry, this is something we don’t discuss outside the company, for competitive reasons.',
  seriousAbout: 'Finds “we take this seriously” with nothing concrete after it.',
  seriousSays: '“{words}” promises a feeling, not a deed.',
  seriousBecause: 'Without what, when or who, it reads as a set phrase. Say what you have done or will do next.',
  seriousInstead: 'We are looking into it now, and we will write here by tomorrow evening what we found.',
  apologyAbout: 'Finds apologies that apologise for nothing.',
  apologySays: '“{words}” is not quite an apology.',
  apologyBecause: 'It puts the fault on the reader, or on nobody. An apology names what we did.',
  apologyInstead: 'We made a mistake. We are very sorry.',
  claimAbout: 'Finds claims nobody can check, such as “the best in town”.',
  claimSays: '“{words}” is hard to prove.',
  claimBecause: 'A claim that cannot be checked costs trust. Say what is true of it, or let the reader judge.',
  claimInstead: 'Try it, and tell us what you think.',
}
export type Words = { readonly [K in keyof typeof en]: string }
