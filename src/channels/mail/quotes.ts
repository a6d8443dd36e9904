/** What somebody wrote now, and what their program put under it: the mail they answer and their signature. */
export interface Folded { readonly said: string; readonly folded: string }

// One line of "on that day so and so wrote", as programs put it in front of what they quote.
const wrote = [
  /^(?:On|Le|Am|Il|El|Op)\s.{4,300}(?:wrote|a écrit|schrieb.{0,200}|ha scritto|escribió|schreef.{0,200})\s?:$/iu,
  /^(?:Στις|Στίς|Την|Τη|Τις|Στη|Στην)\s.{4,300}έγραψ(?:ε|αν|ες)\s?:$/iu,
  /^.{4,200}(?:έγραψε|wrote)\s?(?:στις .{4,60})?:$/iu,
]
const blocks = /^\s*(?:-{2,}\s*(?:Original Message|Original message|Αρχικό μήνυμα|Αρχικό Μήνυμα|Forwarded message|Προωθημένο μήνυμα)\s*-{2,}|_{20,})\s*$/iu
const from = /^\s*\*?(?:From|Από|Von|De)\*?\s?:\*?\s.+/iu
const others = /^\s*\*?(?:Sent|Date|To|Subject|Cc|Στάλθηκε|Ημερομηνία|Προς|Θέμα|Κοιν|Κοινοποίηση)\*?\s?:/iu
const phones = /^\s*(?:Sent from (?:my|Outlook|Mail|Yahoo)|Get Outlook for|Στάλθηκε από (?:το|τη|την) |Εστάλη από |Λήψη του Outlook|Αποστολή από )[^\n]{0,120}$/iu

const quoted = (line: string): boolean => /^\s*>/.test(line)
const blank = (line: string): boolean => line.trim() === ''

/** Whether a block of From, Sent, To, Subject begins here, as Outlook writes it. */
function isBlock(lines: readonly string[], at: number): boolean {
  if (!from.test(lines[at]!)) return false
  return lines.slice(at + 1, at + 7).filter((line) => others.test(line)).length >= 2
}
/** How many lines "so and so wrote:" takes from here; 0: it does not stand here. */
function wroteAt(lines: readonly string[], at: number): number {
  let joined = ''
  for (let n = 0; n < 3 && at + n < lines.length && !blank(lines[at + n]!); n++) {
    joined = `${joined} ${lines[at + n]!.trim()}`.trim()
    if (joined.length > 400) return 0
    if (wrote.some((shape) => shape.test(joined))) return n + 1
  }
  return 0
}

/** Where what was said ends. Words between quoted lines are an answer too: then nothing is folded but the signature. */
function endOf(lines: readonly string[]): number {
  for (let at = 0; at < lines.length; at++) {
    if (blocks.test(lines[at]!) && (isBlock(lines, nextText(lines, at + 1)) || !/^_/.test(lines[at]!.trim()))) return at
    if (isBlock(lines, at)) return at
    const head = wroteAt(lines, at)
    if (head === 0) continue
    const rest = lines.slice(at + head)
    const anyQuoted = rest.some(quoted)
    const between = anyQuoted && rest.slice(rest.findIndex(quoted)).some((line) => !quoted(line) && !blank(line) && !phones.test(line) && line.trim() !== '--')
    if (!between) return at
    return lines.length
  }
  let end = lines.length
  while (end > 0 && (quoted(lines[end - 1]!) || blank(lines[end - 1]!))) end--
  return lines.slice(end).some(quoted) ? end : lines.length
}
function nextText(lines: readonly string[], at: number): number {
  let next = at
  while (next < lines.length - 1 && blank(lines[next]!)) next++
  return Math.min(next, lines.length - 1)
}

// The rule of newsgroups, and what phones put last.
function signatureAt(lines: readonly string[]): number {
  const dashes = lines.findIndex((line, at) => /^--\s?$/.test(line) && lines.length - at <= 16)
  if (dashes >= 0) return dashes
  let last = lines.length - 1
  while (last >= 0 && blank(lines[last]!)) last--
  return last >= 0 && phones.test(lines[last]!) ? last : lines.length
}

const mostLines = 20_000
/** Folds what a program added. What would leave nothing is no addition: then all of it was said. */
export function fold(text: string): Folded {
  const lines = text.replace(/\r\n?/g, '\n').split('\n', mostLines)
  const said = lines.slice(0, endOf(lines))
  const own = said.slice(0, signatureAt(said))
  const kept = own.join('\n').trim()
  if (kept === '') {
    const whole = said.join('\n').trim()
    return whole === '' ? { said: lines.join('\n').trim(), folded: '' } : { said: whole, folded: lines.slice(said.length).join('\n').trim() }
  }
  return { said: kept, folded: lines.slice(own.length).join('\n').trim() }
}

// How mail programs mark in HTML what they quote.
const marks = /<div[^>]{0,300}\bclass="?[^">]{0,100}(?:gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra)|<div[^>]{0,300}\bid="?(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|reply-intro)|<blockquote[^>]{0,300}\btype="?cite|<div[^>]{0,100}style="[^"]{0,200}border-top:\s?solid #(?:E1E1E1|B5C4DF)/i
/** The part of an HTML mail that was written now; undefined when its program does not show where that ends. */
export function unquoted(html: string): string | undefined {
  const at = html.search(marks)
  return at < 0 ? undefined : html.slice(0, at)
}
