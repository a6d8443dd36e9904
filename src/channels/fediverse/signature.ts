/** Who is said to have signed, read by one strict parser: what could be read in two ways is not read at all. */
export type Claim = { readonly keyId: URL } | 'missing' | 'invalid'

const quoted = /^([A-Za-z]+)=(?:"([^"]*)"|(\d+))$/

export function claimOf(headers: Headers): Claim {
  const signature = headers.get('signature')
  const input = headers.get('signature-input')
  if (signature === null) return input === null ? 'missing' : 'invalid'
  return input === null ? draftClaim(signature) : standardClaim(signature, input)
}

/** draft-cavage-12: must cover the target, the host, the date and the body. */
function draftClaim(signature: string): Claim {
  const values = new Map<string, string>()
  for (const part of signature.split(',')) {
    const [, name, text, number] = quoted.exec(part.trim()) ?? []
    if (name === undefined || values.has(name)) return 'invalid'
    values.set(name, text ?? number ?? '')
  }
  const covered = values.get('headers')?.split(' ') ?? []
  const enough = ['(request-target)', 'host', 'date', 'digest'].every((name) => covered.includes(name))
  if (!enough || new Set(covered).size !== covered.length || !values.get('signature')) return 'invalid'
  return keyIdOf(values.get('keyId'))
}

/** RFC 9421: one signature, over method, target and body, with the time it was made. */
function standardClaim(signature: string, input: string): Claim {
  const [, label, components, parameters] = /^([a-z*][a-z0-9_.*-]*)=\(([^()]*)\)((?:;[a-z*][a-z0-9_.*-]*=(?:"[^"]*"|\d+))*)$/.exec(input.trim()) ?? []
  if (label === undefined || components === undefined || parameters === undefined) return 'invalid'
  const start = `${label}=:`
  if (!signature.trim().startsWith(start) || !/^[A-Za-z0-9+/=]+:$/.test(signature.trim().slice(start.length))) return 'invalid'
  const covered = components.split(' ').filter((part) => part !== '')
  if (!['"@method"', '"@target-uri"', '"content-digest"'].every((name) => covered.includes(name)) || new Set(covered).size !== covered.length) return 'invalid'
  const given = [...parameters.matchAll(/;([a-z*][a-z0-9_.*-]*)=(?:"([^"]*)"|(\d+))/g)]
  if (new Set(given.map(([, name]) => name)).size !== given.length || !given.some(([, name]) => name === 'created')) return 'invalid'
  return keyIdOf(given.find(([, name]) => name === 'keyid')?.[2])
}

function keyIdOf(text: string | undefined): Claim {
  if (text === undefined || text.length > 2_000 || !URL.canParse(text)) return 'invalid'
  const keyId = new URL(text)
  return (keyId.protocol === 'https:' || keyId.protocol === 'http:') && keyId.username === '' && keyId.password === '' ? { keyId } : 'invalid'
}
