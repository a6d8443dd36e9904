const named = (label: string | undefined): TextDecoder | undefined => {
  try { return label === undefined ? undefined : new TextDecoder(label.trim(), { fatal: true }) } catch { return undefined }
}
const readBy = (decoder: TextDecoder | undefined, bytes: Uint8Array): string | undefined => {
  try { return decoder?.decode(bytes) } catch { return undefined }
}

// Letters of one byte each: in Greek they stand side by side, in Western languages mostly alone. UTF-8 with a few broken letters stays UTF-8.
function guessed(bytes: Uint8Array): string {
  const broken = new TextDecoder('utf-8').decode(bytes).split('\ufffd').length - 1
  let [high, pairs] = [0, 0]
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at]! < 0x80) continue
    high++
    if ((bytes[at + 1] ?? 0) >= 0x80) pairs++
  }
  if (broken < high / 2) return 'utf-8'
  return pairs > high / 2 ? 'windows-1253' : 'windows-1252'
}

/** The text of a document: by its byte order mark, then as it calls itself, then as the server calls it, and at last as its bytes suggest. */
export function decode(bytes: Uint8Array, contentType: string | null): string {
  const marked = bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : undefined
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 400))
  const own = /^[^<]{0,8}<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(head)?.[1]
  const told = /charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(contentType ?? '')?.[1]
  // Greek servers often say UTF-8 and send windows-1253: what is not valid in one is tried in the next.
  const ways = [marked, 'utf-8', own, told].filter((label) => label !== undefined)
  // A single-byte name is never wrong by itself, so valid UTF-8 goes before it; UTF-16 is named or marked.
  if (/^utf-?16/i.test(own ?? told ?? '')) ways.unshift((own ?? told)!)
  for (const label of ways) {
    const text = readBy(named(label), bytes)
    if (text !== undefined) return text
  }
  return new TextDecoder(guessed(bytes)).decode(bytes)
}
