import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { markdownToHtml } from './markdown.ts'
import { plainText } from './sanitize.ts'
import { htmlToMarkdown } from './to-markdown.ts'

describe('somebody else’s HTML as Markdown', () => {
  test.each([
    ['<p>Ψωμί <strong>ζέας</strong>, <em>ζεστό</em> και <del>χθεσινό</del>.</p><p>Και κάτι <code>x * y</code>.</p>', 'Ψωμί **ζέας**, *ζεστό* και ~~χθεσινό~~.\n\nΚαι κάτι `x * y`.'],
    ['<ul><li>αλεύρι</li><li>νερό<ul><li>χλιαρό</li></ul></li></ul>', '- αλεύρι\n- νερό\n  - χλιαρό'],
    ['<ol start="3"><li><p>ζύμωμα</p></li><li>φούρνος</li></ol>', '3. ζύμωμα\n4. φούρνος'],
    ['<pre><code class="lang-cpp">int a = 1;\n  b();\n</code></pre>', '```cpp\nint a = 1;\n  b();\n```'],
    ['<p>Δες <a href="https://fournos.gr/a?b=(c)">εδώ</a> και <a class="mention" href="/u/anna">@anna</a>.</p>', 'Δες [εδώ](https://fournos.gr/a?b=%28c%29) και @anna.'],
    ['<p>1 * 2 * 3, snake_case, [όχι](σύνδεσμος), 5 < 6</p>', '1 \\* 2 \\* 3, snake_case, [όχι\\](σύνδεσμος), 5 < 6'],
    ['<aside class="quote" data-username="giorgos"><div class="title">x</div><blockquote><p>Πόσο;</p></blockquote></aside><p>Λίγο.</p>', '> **giorgos:**\n>\n> Πόσο;\n\nΛίγο.'],
    ['<p>Ναι <img class="emoji" alt=":+1:" src="https://x.example/e.png"><img src="/uploads/a.png" alt="μια φέτα"> <img src="https://x.example/a.png" alt="φωτιά"></p>', 'Ναι 👍μια φέτα ![φωτιά](https://x.example/a.png)'],
    ['<table><thead><tr><th>Ώρα</th><th>Τι</th></tr></thead><tbody><tr><td>3</td><td>φούρνος | ζέστη</td></tr></tbody></table>', '| Ώρα | Τι |\n| --- | --- |\n| 3 | φούρνος \\| ζέστη |'],
    ['<h1>Τίτλος</h1><p>α<br>β</p><hr><script>alert(1)</script><style>p{}</style>', '# Τίτλος\n\nα\nβ\n\n---'],
    ['<a href="javascript:alert(1)">κλικ</a>', 'κλικ'],
  ])('%s', (html, markdown) => { expect(htmlToMarkdown(html)).toBe(markdown) })
  test('whatever is written, what is shown of it has no live part', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('<p>', '</p>', '<a href="javascript:x()">', '</a>', '<img src=x onerror=y>', '<b>', '</b>', '<li>', '</ul>', '<ul>', '<pre>', '</pre>', '<code>', '</code>', '<script>', '</script>', '&lt;script&gt;', '[x](javascript:y)', '`', '\n', '|', '<td>', 'ψωμί ', '<blockquote>', '</blockquote>')), (parts) => {
      const html = markdownToHtml(htmlToMarkdown(parts.join('')), { lang: 'el' })
      expect(html).not.toMatch(/<script|onerror=|href="javascript/i)
    }), { numRuns: 200 })
  })
  test('plain words come through as they were', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('ψωμί', 'νερό_χλιαρό', '*', '#1', 'a<b', '5.', '`x', '&amp;', '[α](β)', '~', '_ε_'), { minLength: 1 }), (parts) => {
      const text = parts.join(' ')
      const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
      expect(plainText(markdownToHtml(htmlToMarkdown(`<p>${escaped}</p>`), { lang: 'el' })).trim()).toBe(text)
    }), { numRuns: 200 })
  })
  test('deep nesting and long input end soon', () => {
    expect(htmlToMarkdown('<blockquote>'.repeat(50_000) + 'x').length).toBeLessThan(10_000)
    expect(htmlToMarkdown(`<p>${'a '.repeat(300_000)}`).length).toBeLessThan(210_000)
  })
})
