import type { Lang } from '#kit/lang.ts'
import { fold } from './fold.ts'

const list = (text: string): ReadonlySet<string> => new Set(fold(text).split(/\s+/).filter(Boolean))

/** Words that carry no subject, folded. */
export const stopWords: Readonly<Record<Lang, ReadonlySet<string>>> = {
  en: list(`a an the and or but if then so as of at by for with about into from to in on off up out over is am are was were be been being
    have has had do does did will would can could should may might must not no nor it its it's this that these those there here i you he
    she we they me him her us them my your his our their mine yours ours who whom which what when where why how all any some each every
    both more most other such only own same than too very just also again once now i'm you're we're they're don't doesn't didn't can't
    i've we've you've i'll we'll you'll isn't aren't wasn't`),
  el: list(`ο η το οι τα του της των τον την τους τις τη στο στη στον στην στους στις στα ένας μία μια ένα έναν και κι ή μα αλλά όμως
    ούτε μήτε είτε αν εάν όταν ενώ πως ότι που να θα ας δεν μην μη για από με σε ως προς κατά μετά παρά αντί χωρίς είναι ήταν είμαι είσαι
    είμαστε είστε έχω έχεις έχει έχουμε έχετε έχουν είχε είχαμε είχαν εγώ εσύ εσείς εμείς αυτός αυτή αυτό αυτοί αυτές αυτά αυτόν αυτήν αυτού
    αυτών μου σου του της μας σας τους με σε τι ποιος ποια ποιο όλα όλοι όλες κάθε πολύ πιο πια τώρα εδώ εκεί όπως όσο έτσι επίσης μόνο
    ακόμα ακόμη ήδη τόσο γιατί λοιπόν κάτι κάποιος`),
}
