import { inBoth } from '#ui/words.ts'

export const mailWords = inBoth(
  { folded: 'What stands under it', automatic: 'Sent by a machine: nobody waits for an answer.' },
  { folded: 'Όσα ακολουθούν από κάτω', automatic: 'Στάλθηκε αυτόματα: κανείς δεν περιμένει απάντηση.' },
)
