import type { Lang } from '#kit/lang.ts'
import { blankMarkup } from './markup.ts'
import { fold } from './fold.ts'

const set = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean))

const english = set(`the and is are was were of to in for with you your we our it this that have has had do does did can could will would not
  what when where who why how they there from about please thanks thank hello good great love nice best bread open order any some but my me
  i'm don't it's an a be been just very all new today tomorrow on at or if so`)
// Greek in Latin letters, as people type it; no word here is also an English one.
const greeklish = set(`kai ke einai ine den dn tha gia ya mou moy sou soy sas mas toy tou tous tis stin sto stis stous apo oti pou poy pos pws
  pote poso posa poia poio pia poios poies ti giati yiati edo edw ekei echi exei exete echete exo exw exoume exoun eimai eimaste eiste esy esi esis
  eseis emeis ego egw mia enas ena mexri mehri meta prin ora wra oraio oraia kalimera kalhmera kalispera kalinixta kalinuxta kala kalo kali kalos
  euxaristo eyxaristo efxaristo efharisto euxaristw eyxaristw parakalo parakalw thelo thelw thelete theloume thelei mporo mporw boro mporeite
  mporei boreite ksero xero xerete kserete kserei xerei psomi pswmi psomia tora twra simera shmera avrio aurio xthes poli poly polu megalo mikro
  anoixta anoikta anoigete anoigei kleista geia yeia xronia polla re vre malaka oxi ohi nai opos opws alla alli allo omos omws katastima
  paraggelia paraggelies parangelia timi krima kanete kanei kanoume paidia mipos mhpws gamoto teleio telio fovero tipota kati kapoios kanenas kaneis`)
const strong = set(`kalimera kalhmera kalispera kalinixta euxaristo eyxaristo efxaristo efharisto euxaristw eyxaristw parakalo parakalw geia
  simera shmera einai eimai eimaste exete giati psomi pswmi mporo mporw thelo thelw poso mexri`)

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

/** The language a text is most likely in; undefined when nothing in it tells. Greek in Latin letters is Greek. */
export function guessLang(text: string): Lang | undefined {
  const bare = blankMarkup(text.slice(0, 4_000))
  const greek = count(bare, /\p{Script=Greek}/gu)
  const latin = count(bare, /\p{Script=Latin}/gu)
  if (greek + latin === 0) return undefined
  if (greek / (greek + latin) >= 0.3) return 'el'
  const said = fold(bare).match(/[a-z]+(?:['’][a-z]+)?/g)?.map((word) => word.replace('’', "'")) ?? []
  const asGreek = said.filter((word) => greeklish.has(word)).length
  const asEnglish = said.filter((word) => english.has(word)).length
  if (asGreek > asEnglish && (asGreek >= 2 || said.some((word) => strong.has(word)))) return 'el'
  return asEnglish > 0 ? 'en' : undefined
}
