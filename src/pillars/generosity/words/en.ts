export const en = {
  rowAbout: 'Counts how many posts in a row ask for something.',
  rowSays: 'This is the {nth} ask in a row.',
  rowBecause: 'You chose at most {limit} in a row. Whoever only asks is soon not heard; give something first.',
  rowInstead: 'Nothing to buy today: what would you like to learn from us?',
  second: 'second', third: 'third', fourth: 'fourth', fifth: 'fifth', nth: '{n}th',
  ratioAbout: 'Keeps the gives per ask above what the team chose.',
  ratioSays: 'Gives per ask: {before} before this post, {after} after it.',
  ratioBecause: 'The team chose at least {limit} gives for every ask. Post something useful first, and this ask will find more ears.',
  ratioInstead: 'First something from us to you, free, to keep:',
  sellsAbout: 'Finds selling words in a post that is meant to give or to talk.',
  sellsGiveSays: '“{words}” sells, but this post is marked as a gift.',
  sellsTalkSays: '“{words}” sells, but this post is marked as talk.',
  sellsBecause: 'A gift with a price tag is not felt as one. Mark the post as an ask, or leave the selling out.',
  sellsInstead: 'If you would like to know more, just ask us.',
}
export type Words = { readonly [K in keyof typeof en]: string }
