import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escapeHtml } from './escape.ts'
import { excerpt, markdownToHtml } from './markdown.ts'
import { htmlCap, plainText, sanitize } from './sanitize.ts'
import { nasty, pieces } from './nasty.ts'

const levels = ['message', 'post'] as const
const names = /<\/?([a-z0-9]+)/gi
const known = new Set('p br a strong b em i u s del code pre blockquote ul ol li span h2 h3 h4 h5 h6 hr img figure figcaption table thead tbody tr th td sup sub'.split(' '))

function expectHarmless(html: string): void {
  for (const [, name] of html.matchAll(names)) expect(known).toContain(name!.toLowerCase())
  for (const [tag] of html.matchAll(/<[^>]*>/g)) {
    const attributes = tag.replaceAll(/"[^"]*"/g, '""')
    expect(attributes).not.toMatch(/\son\w+=|\sstyle=|srcdoc|formaction|xlink|\sid=|\sclass=/i)
    for (const [, address] of tag.matchAll(/(?:href|src)="([^"]*)"/g)) expect(address!).not.toMatch(/^[\s\x00-\x20]*(?:javascript|data|vbscript|file|blob):/i)
  }
}

describe('the sanitizer', () => {
  test.each(nasty.map((payload, at) => [at, payload] as const))('leaves nothing harmful of payload %i', (_, payload) => {
    for (const level of levels) {
      const clean = sanitize(payload, level)
      expectHarmless(clean)
      expect(sanitize(clean, level)).toBe(clean)
    }
  })

  test('done twice, it changes nothing and lets nothing through, whatever is put together', () => {
    const soup = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'grapheme', maxLength: 6 })),
      { maxLength: 25 }).map((parts) => parts.join(''))
    fc.assert(fc.property(fc.oneof(soup, fc.string({ unit: 'binary' }), fc.constantFrom(...nasty)), fc.constantFrom(...levels), (html,
      level) => {
      const clean = sanitize(html, level)
      expectHarmless(clean)
      expect(sanitize(clean, level)).toBe(clean)
    }), { numRuns: 1_000 })
  })

  test('keeps what people write', () => {
    const said = '<p>Καλημέρα <strong>Ελένη</strong>,<br />τι ώρα <em>ανοίγετε</em>;</p><ul><li>1 &lt; 2</li></ul>'
    expect(sanitize(said)).toBe(said)
    expect(sanitize('a < b & c > d')).toBe('a &lt; b &amp; c &gt; d')
  })

  test('lets links only to the web and to mail, and says they are a visitor’s', () => {
    expect(sanitize('<a href="https://a.gr" onclick="x()" target="_top">a</a>')).toBe('<a href="https://a.gr" rel="ugc nofollow noopener">a</a>')
    expect(sanitize('<a href="mailto:eleni@fournos.gr">m</a>')).toContain('mailto:')
    for (const bad of ['javascript:alert(1)', '//a.gr', '/settings', 'java\nscript:alert(1)', ' data:text/html,x', 'jAvAsCrIpT:x',
      'file:///etc/passwd']) {
      expect(sanitize(`<a href="${bad}">a</a>`)).toBe('<a>a</a>')
    }
  })

  test('takes no pictures, headings or classes from others, but from ourselves', () => {
    const html = '<h2 class="x">T</h2><img src="https://a.gr/a.jpg">'
    expect(sanitize(html)).toBe('T')
    expect(sanitize(html, 'post')).toBe('<h2>T</h2><img src="https://a.gr/a.jpg" alt="" loading="lazy" />')
  })

  test('keeps the words of a form and drops those of a script', () => {
    expect(sanitize('<form action="/x"><p>Σας αρέσει;</p><input value=1></form><script>alert(1)</script>')).toBe('<p>Σας αρέσει;</p>')
  })

  test('reads only so much, and its answer can be read again', () => {
    for (const sign of ['&', '<p>a</p>', '<b>', 'ψ']) {
      const clean = sanitize(sign.repeat(htmlCap))
      expect(clean.length).toBeLessThanOrEqual(htmlCap)
      expect(sanitize(clean)).toBe(clean)
    }
  })
})

describe('the words of HTML', () => {
  test.each([
    ['<p>Ένα</p><p>δύο<br>τρία</p>', 'Ένα\n\nδύο\nτρία'], ['<ul><li>a</li><li>b</li></ul>', 'a\nb'], ['1 &lt; 2 &amp;amp; 3&nbsp;€',
    '1 < 2 &amp; 3 €'],
    ['<script>x</script>y', 'y'], ['', ''],
    ['<p><span class="h-card"><a href="https://m.gr/@eleni">@<span>eleni</span></a></span> γεια</p>', '@eleni γεια'],
  ])('%s', (html, text) => expect(plainText(html)).toBe(text))
  test('text that is escaped comes back as it was', () => {
    expect(escapeHtml(`<a href="x" id='y'>&`)).toBe('&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;')
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const said = text.replaceAll('\0', '').replace(/\s+/g, ' ').trim()
      expect(plainText(escapeHtml(said)).replace(/\s+/g, ' ').trim()).toBe(said)
    }))
  })
})

describe('Markdown', () => {
  const html = (markdown: string) => markdownToHtml(markdown, { lang: 'el' })
  test('begins its headings at the second level', () => {
    expect(html('# Ψωμί\n\n## Σίκαλης\n\n###### Έξι').replace(/\n/g, '')).toBe('<h2>Ψωμί</h2><h3>Σίκαλης</h3><h6>Έξι</h6>')
  })
  test('gives pictures their words and lets them come late', () => {
    expect(html('![Ζεστό ψωμί](/media/1.webp)')).toContain('<img src="/media/1.webp" alt="Ζεστό ψωμί" loading="lazy" />')
  })
  test('links what is an address and nothing else', () => {
    expect(html('https://fournos.gr και εδώ. It is')).toContain('<a href="https://fournos.gr" rel="noopener">')
    expect(html('[δες](/blog/psomi)')).toContain('<a href="/blog/psomi">')
    expect(html('[x](javascript:alert(1))')).not.toContain('href')
  })
  test('shows HTML as it was typed', () => {
    expect(html('<script>alert(1)</script>')).toBe('<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n')
  })
  test('says when a paragraph is in the other language', () => {
    expect(html('Καλημέρα σας.\n\nThe bread is out and you are welcome.')).toBe('<p>Καλημέρα σας.</p>\n<p lang="en">The bread is out and you are welcome.</p>\n')
  })
  test('makes harmless HTML of any text', () => {
    const soup = fc.array(fc.oneof(fc.constantFrom(...pieces, '# ', '> ', '![', '](', '|', '`', '* ', '\n\n', '[a]: javascript:1\n'),
      fc.string({ unit: 'grapheme', maxLength: 5 })), { maxLength: 20 }).map((parts) => parts.join(''))
    fc.assert(fc.property(fc.oneof(soup, fc.constantFrom(...nasty)), (markdown) => {
      const made = html(markdown)
      expectHarmless(made)
      expect(sanitize(made, 'post')).toBe(made)
    }))
  })
  test.each([
    ['Ένα **δύο** τρία', 100, 'Ένα δύο τρία'], ['Ένα δύο τρία τέσσερα', 13, 'Ένα δύο τρία…'], ['Ένα, δύο τρία', 6, 'Ένα…'],
    ['# Τίτλος\n\nΚείμενο', 100, 'Τίτλος Κείμενο'],
    ['![εικόνα](a.jpg) [λέξη](https://a.gr)', 100, 'λέξη'], ['αααααααααααααααα', 6, 'ααααα…'], ['', 10, ''], ['abc', 0, ''],
  ] as const)('the beginning of %s in %i', (markdown, max, short) => expect(excerpt(markdown, max)).toBe(short))
  test('the beginning of any text is never longer than asked', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 40 }), (text, max) => {
      expect(excerpt(text, max).length).toBeLessThanOrEqual(max)
      expect(excerpt(text, max).isWellFormed()).toBe(true)
    }))
  })
})
