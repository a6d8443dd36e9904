import ipaddr from 'ipaddr.js'

// Reserved ranges the library counts as plain unicast, and what must not be reached through a translator or a tunnel.
const special = {
  ipv4: ['192.0.0.0/24', '192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.175.48.0/24',
    '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ipv6: ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'],
} as const

const inside = (address: ipaddr.IPv4 | ipaddr.IPv6, ranges: readonly string[]): boolean =>
  ranges.some((range) => address.match(ipaddr.parseCIDR(range)))
const globalUnicast = ipaddr.parseCIDR('2000::/3')

/** True only for an address of the open internet: no loopback, private, link-local, shared, tunnelled, mapped or reserved one. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.parse(text)
  if (address.range() !== 'unicast' || inside(address, special[address.kind()])) return false
  return address.kind() === 'ipv4' || address.match(globalUnicast)
}

const localNames = /(^|\.)(localhost|localdomain|local|internal|intranet|lan|home\.arpa|onion|invalid|test|example)$/

export interface Reach {
  /** Only for tests and instances on one machine: private addresses and every port pass. */
  readonly allowPrivate: boolean
}

/** Why an address on the web may not be fetched, or nothing when it may be tried. Names are checked again when they resolve. */
export function objectionTo(url: URL, { allowPrivate }: Reach): string | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return `scheme ${url.protocol} is not fetched`
  if (url.username !== '' || url.password !== '') return 'an address with a user name is not fetched'
  if (allowPrivate) return undefined
  if (url.port !== '' && url.port !== '80' && url.port !== '443') return `port ${url.port} is not fetched`
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '').toLowerCase()
  if (ipaddr.isValid(host)) return isPublicAddress(host) ? undefined : `${host} is not a public address`
  if (host === '' || !host.includes('.') || localNames.test(host)) return `${host} is a local name`
  return undefined
}

/** Who is counted together: one IPv4 address, or the /64 an IPv6 reader was given; an address already cut to its network stays as it is. */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip.slice(0, 64)
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  return `${address.toByteArray().slice(0, 8).map((byte) => byte.toString(16).padStart(2, '0')).join('')}/64`
}
