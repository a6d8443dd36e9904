import type { Both } from './lang.ts'
import type { ProblemCode } from './problems.ts'

/** Values for a sentence's gaps; one that differs by language comes as both. */
export type Params = Readonly<Record<string, string | number | Both>>

/** An expected "no": its code has a sentence safe to show in every language (problems.ts). The cause is for the log. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: ProblemCode
  readonly params: Params
  readonly field: string | undefined
  readonly extra: Readonly<Record<string, unknown>> | undefined
  constructor(code: ProblemCode, given: { params?: Params; field?: string; extra?: Readonly<Record<string, unknown>>; cause?: unknown } = {}) {
    super(code, { cause: given.cause })
    this.code = code
    this.params = given.params ?? {}
    this.field = given.field
    this.extra = given.extra
  }
}
