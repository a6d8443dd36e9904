import { createMiddleware } from 'hono/factory'
import { describeRoute, resolver, validator } from 'hono-openapi'
import type { ValidationTargets } from 'hono'
import type { z } from 'zod'
import type { Lang } from './lang.ts'
import { innermost, issueWords, type Issue } from './issue-words.ts'
import { problems, type ProblemCode } from './problems.ts'
import { Refusal } from './refusal.ts'
import { mayDo, type Right, type Role } from './rights.ts'

/** The signed-in member of this request. `userId` is null for people of a story who cannot sign in. */
export interface Member { readonly id: string; readonly workspaceId: string; readonly userId: string | null; readonly name: string; readonly role: Role }
/** Set for every request by the server before any route runs; `member` only when somebody is signed in. */
export interface HouseEnv { Variables: { member: Member | undefined; lang: Lang; requestId: string; ip: string } }

export const RULE = Symbol('the right a route asks for')

/** The rule of a route, first in its list of handlers; a route without one stops the server from starting. */
export function allow(right: Right) {
  const guard = createMiddleware<HouseEnv>(async (c, next) => {
    const member = c.get('member')
    if (!mayDo(member?.role, right)) throw new Refusal(member ? 'not_allowed' : 'sign_in_needed')
    await next()
  })
  return Object.assign(guard, { [RULE]: right })
}

/** The signed-in member; for routes whose rule needs one. */
export function memberOf(c: { get(key: 'member'): Member | undefined }): Member {
  const member = c.get('member')
  if (!member) throw new Refusal('sign_in_needed')
  return member
}

const isProblem = (message: string): message is ProblemCode => Object.hasOwn(problems, message)

/** The first thing wrong with an input, as a refusal that names the field. */
export function refusalOf(issues: readonly Issue[]): Refusal {
  const issue = issues[0] && innermost(issues[0])
  const field = (issue?.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
  if (issue?.code === 'unrecognized_keys') return new Refusal('unknown_field', { params: { name: issue.keys?.[0] ?? '' }, field })
  // A schema may name the problem itself, where its own words would not do.
  if (issue && isProblem(issue.message)) return new Refusal(issue.message, { field })
  const says = issue ? issueWords(issue) : { en: '', el: '' }
  const named = (words: string) => (field ? `${field}: ${words}` : words)
  return new Refusal('invalid_input', { params: { reason: { en: named(says.en), el: named(says.el) } }, field })
}

const checked = <T extends keyof ValidationTargets, S extends z.ZodType>(target: T, schema: S) =>
  validator(target, schema, (result) => { if (!result.success) throw refusalOf(result.error as readonly Issue[]) })

/** A JSON body. Give a `z.strictObject`: unknown fields are refused. */
export const body = <S extends z.ZodType>(schema: S) => checked('json', schema)
export const query = <S extends z.ZodType>(schema: S) => checked('query', schema)
export const params = <S extends z.ZodType>(schema: S) => checked('param', schema)

/** The line of a route in the OpenAPI document, with the shape it answers in. */
export function tells(summary: string, output?: z.ZodType) {
  return describeRoute({
    summary,
    responses: {
      200: output ? { description: summary, content: { 'application/json': { schema: resolver(output) } } } : { description: summary },
      default: { description: 'A refusal', content: { 'application/problem+json': { schema: { type: 'object', properties: { code: { type: 'string' }, title: { type: 'string' }, detail: { type: 'string' }, status: { type: 'number' } } } } } },
    },
  })
}
