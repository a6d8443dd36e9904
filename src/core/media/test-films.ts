const utf8 = new TextEncoder()
export const joined = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.concat(parts))
const u32 = (...values: readonly number[]): Uint8Array => { const bytes = new Uint8Array(values.length * 4); values.forEach((value, place) => new DataView(bytes.buffer).setUint32(place * 4, value)); return bytes }
export const box = (type: string, ...inside: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const content = joined(...inside)
  return joined(u32(content.length + 8), Uint8Array.from(type, (sign) => sign.charCodeAt(0)), content)
}
export const place = '+38.2466+021.7346/'

function track(handler: string, given: { readonly codec: string; readonly chunks: readonly number[]; readonly sizes: readonly number[]; readonly turned?: boolean; readonly width?: number; readonly height?: number }): Uint8Array {
  const matrix = given.turned ? u32(0, 0x10000, 0, 0xffff0000, 0, 0, 0, 0, 0x40000000) : u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
  const header = box('tkhd', u32(0, 0, 0, 1, 0, 3000), u32(0, 0, 0, 0), matrix, u32((given.width ?? 0) * 65536, (given.height ?? 0) * 65536))
  const table = box('stbl', box('stsd', u32(0, 1), box(given.codec, u32(0, 0))), box('stco', u32(0, given.chunks.length, ...given.chunks)),
    box('stsc', u32(0, 1, 1, 1, 1)), box('stsz', u32(0, 0, given.sizes.length, ...given.sizes)))
  return box('trak', header, box('mdia', box('mdhd', u32(0, 0, 0, 1000, 3000, 0)), box('hdlr', u32(0, 0), Uint8Array.from(handler, (sign) => sign.charCodeAt(0)), u32(0, 0, 0)), box('minf', table)),
    box('udta', box('name', utf8.encode('Η κάμερα της Ελένης'))))
}

/** A film of three seconds with its place written where phones and action cameras write it. */
export function film(given: { readonly brand?: string; readonly turned?: boolean; readonly width?: number; readonly height?: number; readonly live?: boolean } = {}): Uint8Array<ArrayBuffer> {
  const ftyp = box('ftyp', Uint8Array.from(`${given.brand ?? 'isom'}\0\0\0\0${given.brand ?? 'mp42'}`, (sign) => sign.charCodeAt(0)))
  const [picture, spoken] = [utf8.encode('PICTURE-PICTURE-'), utf8.encode(`GPS5 ${place}`)]
  const mdat = box('mdat', picture, spoken)
  const at = ftyp.length + 8
  const moov = box('moov', box('mvhd', u32(0, 0, 0, 1000, given.live ? 0 : 3000), new Uint8Array(80)),
    track('vide', { codec: 'avc1', chunks: [at], sizes: [picture.length], width: given.width ?? 1920, height: given.height ?? 1080, ...(given.turned ? { turned: true } : {}) }),
    track('meta', { codec: 'gpmd', chunks: [at + picture.length], sizes: [spoken.length] }),
    box('udta', box('\u00a9xyz', utf8.encode(place))), box('meta', utf8.encode(`com.apple.quicktime.location.ISO6709${place}`)))
  // Two fragments, the second of which begins after 4.2 seconds.
  const moofs = given.live ? [0, 4200].map((at) => box('moof', box('traf', box('tfhd', u32(0, 1)), box('tfdt', u32(0, at))))) : []
  return joined(ftyp, mdat, moov, ...moofs, box('uuid', utf8.encode(`xmp ${place}`)))
}

const element = (id: readonly number[], content: Uint8Array): Uint8Array => {
  const size = new Uint8Array(8)
  new DataView(size.buffer).setBigUint64(0, BigInt(content.length))
  size[0] = 0x01
  return joined(new Uint8Array(id), size, content)
}
const f64 = (value: number): Uint8Array => { const bytes = new Uint8Array(8); new DataView(bytes.buffer).setFloat64(0, value); return bytes }
/** A WebM film of two and a half seconds; `live`: as a browser records it, of unknown length. */
export function webm({ live = false } = {}): Uint8Array<ArrayBuffer> {
  const head = element([0x1a, 0x45, 0xdf, 0xa3], joined(new Uint8Array([0x42, 0x82, 0x84]), utf8.encode('webm')))
  const info = element([0x15, 0x49, 0xa9, 0x66], joined(element([0x2a, 0xd7, 0xb1], new Uint8Array([0x0f, 0x42, 0x40])), ...(live ? [] : [element([0x44, 0x89], f64(2500))]), element([0x7b, 0xa9], utf8.encode(`Στην Πάτρα ${place}`))))
  const video = element([0xe0], joined(element([0xb0], new Uint8Array([0x05, 0x00])), element([0xba], new Uint8Array([0x02, 0xd0]))))
  const tracks = element([0x16, 0x54, 0xae, 0x6b], element([0xae], joined(element([0x83], new Uint8Array([1])), element([0x86], utf8.encode('V_VP9')), video)))
  const blocks = joined(element([0xe7], new Uint8Array([0x03, 0xe8])), element([0xa3], joined(new Uint8Array([0x81, 0x01, 0xf4, 0x80]), utf8.encode('PICTURE'))))
  const unknown = new Uint8Array([0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])
  const cluster = live ? joined(new Uint8Array([0x1f, 0x43, 0xb6, 0x75]), unknown, blocks, blocks) : element([0x1f, 0x43, 0xb6, 0x75], joined(blocks, blocks))
  const tags = element([0x12, 0x54, 0xc3, 0x67], utf8.encode(`LOCATION ${place}`))
  const inside = joined(info, tracks, cluster, ...(live ? [cluster] : []), tags)
  return joined(head, live ? joined(new Uint8Array([0x18, 0x53, 0x80, 0x67]), unknown, inside) : element([0x18, 0x53, 0x80, 0x67], inside))
}
