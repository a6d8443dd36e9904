import { z } from 'zod'

/** What the porch may be told: its own address, and when posts stop taking comments. */
export const PorchSettings = z.strictObject({
  origin: z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin).optional(),
  closeCommentsAfterDays: z.int().min(1).max(3650).optional(),
})
export type PorchSettings = z.infer<typeof PorchSettings>

const WirePerson = z.object({ id: z.string(), name: z.string(), picture: z.string().optional(), signOff: z.string().optional() })
const WirePicture = z.object({
  id: z.string(), url: z.string(), type: z.string(), alt: z.string(),
  width: z.number().optional(), height: z.number().optional(),
})

/** A post or an answer as it stands on the porch: frozen before it is first shown. */
export const PorchWire = z.object({
  key: z.string(), kind: z.enum(['post', 'reply']), slug: z.string(),
  title: z.string(), headline: z.string(), lang: z.enum(['en', 'el']),
  html: z.string(), excerpt: z.string(), markdown: z.string(), tags: z.array(z.string()), warning: z.string().optional(),
  media: z.array(WirePicture), author: WirePerson, writtenAt: z.string(),
  inReplyTo: z.object({ channel: z.string(), id: z.string(), url: z.string().optional() }).optional(),
})
export type PorchWire = z.infer<typeof PorchWire>
