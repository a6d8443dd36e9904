import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { claimOf } from './signature.ts'

const keyId = 'https://allou.gr/users/anna#main-key'
const draft = `keyId="${keyId}",algorithm="rsa-sha256",headers="(request-target) host date digest",signature="YWJj"`
const input = `sig1=("@method" "@target-uri" "content-digest");alg="rsa-v1_5-sha256";keyid="${keyId}";created=1795437303`
const claim = (signature?: string, signatureInput?: string) => {
  const found = claimOf(new Headers({ ...(signature === undefined ? {} : { signature }), ...(signatureInput === undefined ? {} : { 'signature-input': signatureInput }) }))
  return typeof found === 'string' ? found : found.keyId.href
}

describe('who is said to have signed', () => {
  test('both ways of signing name their key', () => {
    expect(claim(draft)).toBe(keyId)
    expect(claim('sig1=:YWJj:', input)).toBe(keyId)
    expect(claim()).toBe('missing')
  })
  test.each([
    ['nothing but the input', undefined, input], ['both at once', draft, input], ['an empty header', '', undefined],
    ['the key twice', `${draft},keyId="${keyId}"`, undefined], ['a header covered twice', draft.replace('host date', 'host date date'), undefined],
    ['no target', draft.replace('(request-target) ', ''), undefined], ['no host', draft.replace('host ', ''), undefined], ['no date', draft.replace('date ', ''), undefined],
    ['no digest', draft.replace(' digest', ''), undefined], ['no signature', draft.replace(',signature="YWJj"', ''), undefined], ['an empty signature', draft.replace('YWJj', ''), undefined],
    ['a key without quotes', draft.replace(`"${keyId}"`, keyId), undefined], ['a key that is no address', draft.replace(keyId, 'anna'), undefined],
    ['a key in a file', draft.replace(keyId, 'file:///etc/passwd'), undefined], ['a key with a password', draft.replace('https://', 'https://a:b@'), undefined],
    ['two labels', 'sig1=:YWJj:, sig2=:YWJj:', `${input}, ${input.replace('sig1', 'sig2')}`], ['another label', 'sig2=:YWJj:', input],
    ['no method', 'sig1=:YWJj:', input.replace('"@method" ', '')], ['no target address', 'sig1=:YWJj:', input.replace('"@target-uri" ', '')],
    ['no digest of the body', 'sig1=:YWJj:', input.replace(' "content-digest"', '')], ['the digest of the answered request', 'sig1=:YWJj:', input.replace('"content-digest"', '"content-digest";req')],
    ['no time', 'sig1=:YWJj:', input.replace(';created=1795437303', '')], ['two times', 'sig1=:YWJj:', `${input};created=1`], ['no key', 'sig1=:YWJj:', input.replace(`;keyid="${keyId}"`, '')],
    ['two keys', 'sig1=:YWJj:', `${input};keyid="https://evil.net/k"`],
  ] as const)('%s is not read', (_name, signature, signatureInput) => expect(claim(signature, signatureInput)).toBe('invalid'))

  test('no header takes long or breaks it', () => {
    const ascii = fc.string({ unit: 'binary-ascii' }).map((text) => text.replace(/[^\x20-\x7e]/g, ''))
    fc.assert(fc.property(ascii, ascii, (signature, signatureInput) => { expect(typeof claim(signature, signatureInput)).toBe('string') }))
    for (const long of ['a'.repeat(60_000), '="'.repeat(30_000), 'a="b",'.repeat(10_000), `sig1=(${'"a" '.repeat(10_000)})`, `sig1=()${';a=1'.repeat(10_000)}`]) {
      const begun = performance.now()
      claim(long)
      claim('sig1=:YWJj:', long)
      expect(performance.now() - begun).toBeLessThan(200)
    }
  })
})
