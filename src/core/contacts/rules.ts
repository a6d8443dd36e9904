/** What a text from outside may hold so that it can be stored and shown on one line. */
export const oneLine = (text: string, max: number): string =>
  text.replaceAll('\0', '').toWellFormed().replace(/[\p{Cc}\s]+/gu, ' ').trim().slice(0, max).toWellFormed()

const email = /^[^\s@<>"(),:;]{1,64}@[^\s@<>"(),:;]{1,190}\.[^\s@<>"(),:;.]{2,60}$/
/** An e-mail address in the form in which it is kept and compared; undefined when it is none. */
export function readEmail(text: string | null | undefined): string | undefined {
  const address = (text ?? '').trim()
  return address.length <= 254 && email.test(address) ? address.toLowerCase() : undefined
}

interface Speaker { readonly id: string; readonly email?: string | undefined; readonly said: string }
/**
 * By what a person is known on a channel: the network's own id, else the address they gave, else nothing beyond what they said.
 * Two strangers called Maria are two contacts.
 */
export function identityOf({ id, email: given, said }: Speaker): string {
  const address = readEmail(given)
  return id.trim() || (address ? `mailto:${address}` : `once:${said}`)
}
