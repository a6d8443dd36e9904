import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sh } from './machine.ts'

const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

/** An authority of our own and one certificate for all names; `bundle.pem` is what the system trusts, and the authority. */
export function makeCertificates(folder: string, hosts: readonly string[]): void {
  mkdirSync(folder, { recursive: true })
  const at = (name: string) => join(folder, name)
  sh('openssl', ['req', '-x509', ...curve, '-keyout', at('ca.key'), '-out', at('ca.pem'), '-days', '30', '-subj', '/CN=peers',
    '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'])
  sh('openssl', ['req', ...curve, '-keyout', at('tls.key'), '-out', at('tls.csr'), '-subj', '/CN=front'])
  writeFileSync(at('names'), `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}\nextendedKeyUsage=serverAuth\n`)
  sh('openssl', ['x509', '-req', '-in', at('tls.csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '30', '-extfile', at('names'), '-out', at('tls.pem')])
  writeFileSync(at('bundle.pem'), readFileSync('/etc/ssl/certs/ca-certificates.crt', 'utf8') + readFileSync(at('ca.pem'), 'utf8'))
}
