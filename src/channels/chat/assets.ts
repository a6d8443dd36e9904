import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

type Encoding = 'br' | 'gzip' | 'identity'
interface Packed { readonly changed: number; readonly bodies: Readonly<Record<Encoding, Uint8Array<ArrayBuffer>>> }
export interface Asset { readonly body: Uint8Array<ArrayBuffer>; readonly encoding: Encoding; readonly type: string; /** Its own name was gone: this is what stands now. */ readonly other: boolean }

const folder = join(import.meta.dirname, '../../../dist/widget')
const types: Readonly<Record<string, string>> = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' }
const endingOf = (name: string): string => /\.([a-z]+)$/.exec(name)?.[1] ?? ''
const squeeze = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }

/** The widget's files as the build left them, each packed once as small as can be and kept in memory. */
export function widgetFiles(dir: string = folder): (name: string, accepts: string) => Promise<Asset | undefined> {
  const kept = new Map<string, Promise<Packed>>()
  const pack = async (path: string, changed: number): Promise<Packed> => {
    const plain = new Uint8Array(await readFile(path))
    const [br, gz] = await Promise.all([promisify(brotliCompress)(plain, squeeze), promisify(gzip)(plain, { level: 9 })])
    return { changed, bodies: { br: new Uint8Array(br), gzip: new Uint8Array(gz), identity: plain } }
  }
  const packed = async (path: string, changed: number): Promise<Packed> => {
    const known = await kept.get(path)
    if (known?.changed === changed) return known
    const fresh = pack(path, changed)
    kept.set(path, fresh)
    return await fresh
  }
  // A loader that a browser kept over an update asks for the part of then: the present one speaks the same.
  const present = async (name: string): Promise<string | undefined> => {
    if (await stat(join(dir, name)).catch(() => undefined)) return name
    const kind = /^([a-z]+)\..*\.js$/.exec(name)?.[1]
    return kind && (await readdir(dir).catch(() => [])).find((one) => one.startsWith(`${kind}.`) && one.endsWith('.js') && one !== 'widget.js')
  }
  return async (name, accepts) => {
    const type = types[endingOf(name)]
    const found = type && /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(name) ? await present(name) : undefined
    if (!type || !found) return undefined
    const path = join(dir, found)
    const { bodies } = await packed(path, (await stat(path)).mtimeMs)
    const encoding = /\bbr\b/.test(accepts) ? 'br' : /\bgzip\b/.test(accepts) ? 'gzip' : 'identity'
    return { body: bodies[encoding], encoding, type, other: found !== name }
  }
}
