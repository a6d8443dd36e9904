import { z } from 'zod'

export const Filed = z.object({ file: z.string() })
export const Made = z.object({ id: z.string(), more: z.array(z.object({ id: z.string() })).optional() }).transform(({ id, more }) => ({ id, ...(more ? { more } : {}) }))
export type Made = z.infer<typeof Made>

export const Things = z.array(z.object({ id: z.string(), by: z.string(), text: z.string(), inReplyTo: z.string().nullable(), at: z.number(), place: z.number() }))
export type Things = z.infer<typeof Things>

export const Fault = z.object({ because: z.string() })
export type Fault = z.infer<typeof Fault>
