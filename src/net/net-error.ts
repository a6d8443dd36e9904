import { ChannelError } from '#kit/channel.ts'

/** blocked: we may not go there · unreached: no connection · timeout, broken: it may have arrived · too-large, wrong-type, too-many-redirects: it answered, and we stopped. */
export type NetFailure = 'blocked' | 'unreached' | 'timeout' | 'broken' | 'too-large' | 'wrong-type' | 'too-many-redirects'

export class NetError extends Error {
  override readonly name = 'NetError'
  readonly failure: NetFailure
  /** Whether the request may have left this machine: what did not leave may be repeated. */
  readonly left: boolean
  constructor(failure: NetFailure, message: string, given: { left: boolean; cause?: unknown }) {
    super(message, { cause: given.cause })
    this.failure = failure
    this.left = given.left
  }
}

const beforeTheFirstByte = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'ERR_TLS_CERT_ALTNAME_INVALID', 'EPROTO'])

function* causes(error: unknown): Generator<Error> {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth++) {
    yield cause
    if (cause instanceof AggregateError && cause.errors[0] instanceof Error) yield cause.errors[0]
  }
}

/** What a failed exchange tells: only a failure before the connection stood proves that nothing left. */
export function netErrorOf(error: unknown, url: URL, hops: number): NetError {
  const chain = [...causes(error)]
  const own = chain.find((cause) => cause instanceof NetError)
  if (own) return own.left || hops === 0 ? own : new NetError(own.failure, own.message, { left: true, cause: error })
  const code = chain.map((cause) => ('code' in cause ? String(cause.code) : '')).find((each) => beforeTheFirstByte.has(each))
  if (code) return new NetError('unreached', `${url.host} cannot be reached (${code})`, { left: hops > 0, cause: error })
  if (chain.some((cause) => cause.name === 'TimeoutError')) return new NetError('timeout', `${url.host} did not answer in time`, { left: true, cause: error })
  return new NetError('broken', `the exchange with ${url.host} broke off`, { left: true, cause: error })
}

/** The same, in the words the worker knows. */
export function channelErrorOf(error: unknown): ChannelError {
  if (error instanceof ChannelError) return error
  if (error instanceof NetError && !error.left) {
    return new ChannelError(error.failure === 'blocked' ? { kind: 'refused', because: error.message } : { kind: 'unreached' }, error)
  }
  return new ChannelError({ kind: 'unknown' }, error)
}
