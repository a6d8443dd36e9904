import { inBoth } from '#ui/words.ts'

export const dutyWords = inBoth(
  { due: 'Answer due by {when}.', missed: 'The answer was due by {when}.' },
  { due: 'Απάντηση έως {when}.', missed: 'Η απάντηση έπρεπε να έχει δοθεί έως {when}.' },
)
