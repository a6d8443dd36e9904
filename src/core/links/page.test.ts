import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodePage, readPage } from './page.ts'

const page = (head: string, body = ''): string => `<!doctype html><html lang="el"><head>${head}</head><body>${body}</body></html>`
/** Text in the Greek code page of old sites, which no encoder here writes. */
const greek = (text: string, table = 'windows-1253'): Uint8Array => {
  const letters = new Map(Array.from({ length: 256 }, (_, byte) => [new TextDecoder(table).decode(new Uint8Array([byte])), byte]))
  return Uint8Array.from(text, (sign) => letters.get(sign) ?? 63)
}

describe('a page', () => {
  test('tells its title, words and picture by Open Graph first', () => {
    expect(readPage(page(`<title>Φούρνος</title><meta name="description" content="λόγια"><meta property="og:title" content="Ψωμί &amp; ελιές"><meta content='Με προζύμι: «αργό» &quot;ψωμί&quot;' property='og:description'>
      <meta property=og:image content=/psomi.jpg><meta property="og:image:alt" content="Ένα καρβέλι"><meta property="og:site_name" content="Ο φούρνος της Ελένης">`))).toEqual({
      title: 'Ψωμί & ελιές', description: 'Με προζύμι: «αργό» "ψωμί"', site: 'Ο φούρνος της Ελένης', picture: '/psomi.jpg', pictureAlt: 'Ένα καρβέλι',
    })
  })
  test.each([
    ['the card of X', '<meta name="twitter:title" content="Α"><meta name="twitter:image" content="x.png">', { title: 'Α', picture: 'x.png' }],
    ['its title alone', '<title>\n  Ψωμί\n  σίκαλης &#8211; &Eta;  </title>', { title: 'Ψωμί σίκαλης – Η', picture: undefined, description: '' }],
    ['what stands outside of comments and scripts', '<!-- <meta property="og:title" content="παλιό"> --><script>"<title>κώδικας</title>"</script><title>Νέο</title>', { title: 'Νέο' }],
    ['nothing', '', { title: '', description: '' }],
    ['a sign of less than', '<meta property="og:title" content="1 < 2 > 0">', { title: '1 < 2 > 0' }],
    ['markup as words', '<meta property="og:title" content="&lt;b&gt;Ψωμί&lt;/b&gt;">', { title: '<b>Ψωμί</b>' }],
  ])('else by %s', (_, head, expected) => expect(readPage(page(head))).toMatchObject(expected))
  test('that goes on for ever in its title is cut after a word', () => {
    const { title } = readPage(page(`<title>${'Ψωμί σίκαλης '.repeat(100)}</title>`))
    expect(title.length).toBeLessThanOrEqual(300)
    expect(title).toMatch(/(Ψωμί|σίκαλης)…$/)
  })
  test('is read in time whatever it holds', () => {
    for (const piece of ['<meta ', '<!--', '<title>', '<script>', '<meta a="', "<x '", '<', '<meta property="og:title" content="x', 'a=', '<svg']) {
      const began = performance.now()
      readPage(piece.repeat(Math.ceil(524_288 / piece.length)))
      readPage(`<meta ${piece.repeat(60_000)}>`)
      expect(performance.now() - began, piece).toBeLessThan(1_500)
    }
    fc.assert(fc.property(fc.array(fc.constantFrom('<meta ', '<title>', '</title>', 'property="og:title"', "content='", '"', "'", '>', '<', '<!--', '-->', '&', '&#x110000;', '<script', '</script>', 'ψωμί', '\0', '\ud800', '=')).map((all) => all.join(' ')), (html) => {
      expect(readPage(html).title.isWellFormed()).toBe(true)
    }))
  })
})

describe('the letters of a page', () => {
  const said = page('<title>Φούρνος: ψωμί, ελιές, «γλυκά»</title>', 'Ανοίγουμε στις επτά')
  test.each([
    ['UTF-8', Buffer.from(said), 'text/html'], ['windows-1253, as its sender says', greek(said), 'text/html; charset=windows-1253'],
    ['iso-8859-7, as it says itself', greek(said.replace('<title>', '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-7"><title>'), 'iso-8859-7'), 'text/html'],
    ['the Greek code page, as nobody says', greek(said), 'text/html'], ['UTF-8, whatever else is said', Buffer.from(said), 'text/html; charset=nonsense'],
    ['a Greek page that says it is UTF-8', greek(said), 'text/html; charset=utf-8'], ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(said, 'utf16le')]), 'text/html'],
  ])('%s', (_, bytes, type) => expect(readPage(decodePage(bytes, type)).title).toBe('Φούρνος: ψωμί, ελιές, «γλυκά»'))
  test('of a page that is cut within a sign', () => expect(decodePage(Buffer.from('ψωμί').subarray(0, 7), 'text/html')).toBe('ψωμ'))
  test('of a French one', () => expect(decodePage(Buffer.from('Pâtisserie du café', 'latin1'), 'text/html')).toBe('Pâtisserie du café'))
})
