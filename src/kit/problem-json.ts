import type { Lang } from './lang.ts'
import { problems } from './problems.ts'
import type { Params, Refusal } from './refusal.ts'
import { stateWords } from './state-words.ts'

const filled = (sentence: string, params: Params, lang: Lang): string => sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
  const given = params[name] ?? whole
  const value = name === 'state' && typeof given === 'string' && Object.hasOwn(stateWords, given) ? stateWords[given]! : given
  return typeof value === 'object' ? value[lang] : String(value)
})

/** The body of an RFC 9457 answer, in the reader's language. */
export function problemBody(refusal: Refusal, lang: Lang, requestId: string) {
  const { status, title, detail } = problems[refusal.code]
  const params = { requestId, ...refusal.params }
  return {
    type: `about:blank#${refusal.code}`, title: filled(title[lang], params, lang), status, code: refusal.code,
    detail: filled(detail[lang], params, lang), ...(refusal.field ? { field: refusal.field } : {}), ...refusal.extra, requestId,
  }
}
