import type { Lang } from './lang.ts'
import { problems } from './problems.ts'
import type { Params, Refusal } from './refusal.ts'

const filled = (sentence: string, params: Params): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))

/** The body of an RFC 9457 answer, in the reader's language. */
export function problemBody(refusal: Refusal, lang: Lang, requestId: string) {
  const { status, title, detail } = problems[refusal.code]
  const params = { requestId, ...refusal.params }
  return {
    type: `about:blank#${refusal.code}`, title: filled(title[lang], params), status, code: refusal.code,
    detail: filled(detail[lang], params), ...(refusal.field ? { field: refusal.field } : {}), ...refusal.extra, requestId,
  }
}
