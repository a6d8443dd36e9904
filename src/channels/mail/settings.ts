import { z } from 'zod'

const security = z.enum(['tls', 'starttls', 'none'])
const port = z.string().trim().regex(/^\d{1,5}$/).refine((text) => Number(text) > 0 && Number(text) < 65_536)
const host = z.string().trim().toLowerCase().max(253).regex(/^[^\s/@]+$/)

/** What is asked of a person, and what was found out with it. */
export const Settings = z.object({
  address: z.string().trim().toLowerCase().max(254).regex(/^[^\s@<>"(),:;]{1,64}@[^\s@<>"(),:;]{1,190}$/),
  name: z.string().trim().max(200).optional(),
  user: z.string().trim().max(254).optional(),
  password: z.string().min(1).max(1000).optional(),
  imapHost: host.optional(), imapPort: port.optional(), imapSecurity: security.optional(),
  smtpHost: host.optional(), smtpPort: port.optional(), smtpSecurity: security.optional(),
  /** The folder of what was sent. */
  sent: z.string().optional(),
})
export type Settings = z.infer<typeof Settings>
export type Security = z.infer<typeof security>

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)
/** One server and how it is spoken to. */
export interface Door { readonly host: string; readonly port: number; readonly security: Security }
export const imapDoor = ({ imapHost, imapPort, imapSecurity }: Settings): Door | undefined =>
  imapHost === undefined ? undefined : { host: imapHost, port: Number(imapPort ?? 993), security: imapSecurity ?? securityAt(Number(imapPort ?? 993)) }
export const smtpDoor = ({ smtpHost, smtpPort, smtpSecurity }: Settings): Door | undefined =>
  smtpHost === undefined ? undefined : { host: smtpHost, port: Number(smtpPort ?? 465), security: smtpSecurity ?? securityAt(Number(smtpPort ?? 465)) }
export const securityAt = (port: number): Security => (port === 993 || port === 465 ? 'tls' : 'starttls')
