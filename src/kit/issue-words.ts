import type { Both } from './lang.ts'

/** What a schema found wrong, as Zod tells it. */
export interface Issue {
  readonly message: string; readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined; readonly code?: string; readonly keys?: readonly string[]
  readonly origin?: string; readonly minimum?: string | number | bigint; readonly maximum?: string | number | bigint; readonly format?: string; readonly expected?: unknown; readonly values?: readonly unknown[]
  /** Of a union: what is wrong by each of its shapes, or which words it knows. */
  readonly errors?: readonly (readonly Issue[])[]; readonly options?: readonly unknown[]
  /** Of a key or an element: what is wrong within it. */
  readonly issues?: readonly Issue[]
  /** A check of our own may bring its sentence in both languages. */
  readonly params?: { readonly says?: Both }
}

const both = (en: string, el: string): Both => ({ en, el })

const counted: Readonly<Record<string, Both>> = { string: both('characters', 'χαρακτήρες'), array: both('items', 'στοιχεία'), set: both('items', 'στοιχεία'), file: both('bytes', 'byte') }
const formats: Readonly<Record<string, Both>> = {
  email: both('an e-mail address', 'διεύθυνση e-mail'), url: both('a web address', 'διεύθυνση ιστού'), uuid: both('an identifier', 'αναγνωριστικό'),
  date: both('a date', 'ημερομηνία'), datetime: both('a moment with its zone', 'ημερομηνία και ώρα με ζώνη'), time: both('a time', 'ώρα'), json_string: both('JSON', 'JSON'),
}
const types: Readonly<Record<string, Both>> = {
  string: both('text', 'κείμενο'), number: both('a number', 'αριθμός'), int: both('a whole number', 'ακέραιος αριθμός'), boolean: both('yes or no', 'ναι ή όχι'),
  array: both('a list', 'λίστα'), object: both('an object', 'αντικείμενο'), record: both('an object', 'αντικείμενο'), date: both('a date', 'ημερομηνία'),
}

function tooSmall({ origin = '', minimum = '' }: Issue): Both {
  const unit = counted[origin]
  if (unit && Number(minimum) === 1) return both('must not be empty', 'δεν μπορεί να μείνει κενό')
  return unit ? both(`needs at least ${minimum} ${unit.en}`, `θέλει τουλάχιστον ${minimum} ${unit.el}`) : both(`must be at least ${minimum}`, `πρέπει να είναι τουλάχιστον ${minimum}`)
}
function tooBig({ origin = '', maximum = '' }: Issue): Both {
  const unit = counted[origin]
  return unit ? both(`takes at most ${maximum} ${unit.en}`, `δέχεται το πολύ ${maximum} ${unit.el}`) : both(`must be at most ${maximum}`, `πρέπει να είναι το πολύ ${maximum}`)
}
const isMissing = (message: string): boolean => message.includes('received undefined')
function wrongType({ expected, message }: Issue): Both {
  if (isMissing(message)) return both('is missing', 'λείπει')
  const type = types[String(expected)]
  return type ? both(`must be ${type.en}`, `πρέπει να είναι ${type.el}`) : both('is not valid', 'δεν είναι έγκυρο')
}
function wrongValue({ values = [] }: Issue): Both {
  const list = values.map(String).join(', ')
  return both(`must be one of: ${list}`, `πρέπει να είναι ένα από: ${list}`)
}

/** One thing wrong with an input, in words that follow the field's name. */
export function issueWords(issue: Issue): Both {
  switch (issue.code) {
    case 'too_small': return tooSmall(issue)
    case 'too_big': return tooBig(issue)
    case 'invalid_type': return wrongType(issue)
    case 'invalid_value': return wrongValue(issue)
    case 'invalid_format': {
      const format = formats[issue.format ?? '']
      return format ? both(`must be ${format.en}`, `πρέπει να είναι ${format.el}`) : both('is not in the form expected here', 'δεν έχει τη μορφή που περιμένουμε εδώ')
    }
    case 'invalid_union': return issue.options ? wrongValue({ ...issue, values: issue.options }) : both('is not valid', 'δεν είναι έγκυρο')
    case 'custom': return issue.params?.says ?? both(issue.message, 'δεν είναι έγκυρο')
    default: return both('is not valid', 'δεν είναι έγκυρο')
  }
}

/** How far an input is from a shape: what it lacks or has too much of weighs more than what is written wrongly. */
function distance(issues: readonly Issue[]): number {
  const far = 100
  return issues.reduce((sum, { code, keys, path = [], message }) => {
    if (code === 'unrecognized_keys') return sum + far * (keys?.length ?? 1)
    return sum + ((code === 'invalid_type' && isMissing(message)) || (path.length === 0 && (code === 'invalid_type' || code === 'invalid_value')) ? far : 1)
  }, 0)
}

/** Where several shapes would do, what is wrong by the one that was meant most likely; of a key or an element, what is wrong within it. */
export function innermost(issue: Issue): Issue {
  const [nearest] = (issue.errors ?? []).filter((one) => one.length > 0).toSorted((a, b) => distance(a) - distance(b))
  const within = (nearest ?? issue.issues)?.[0]
  return within ? innermost({ ...within, path: [...issue.path ?? [], ...within.path ?? []] }) : issue
}
