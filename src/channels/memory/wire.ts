import { z } from 'zod'

export const Made = z.object({ id: z.string() })
export type Made = z.infer<typeof Made>

export const Things = z.array(z.object({ id: z.string(), by: z.string(), text: z.string(), inReplyTo: z.string().nullable(), at: z.number(), place: z.number() }))
export type Things = z.infer<typeof Things>

export const Fault = z.object({ because: z.string() })
export type Fault = z.infer<typeof Fault>
