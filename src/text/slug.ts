const letters: Readonly<Record<string, string>> = {
  α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n', ξ: 'x', ο: 'o', π: 'p',
  ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o',
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i',
}
// Two letters that make one sound, after ELOT 743; a dialytika, or a tonos on the first, keeps them apart.
const voiced = 'αεηιουωβγδζλμνρ'
const accent = /[\u0300\u0301\u0342\u0313\u0314\u0345]/g

/** Greek in Latin letters after ELOT 743, lower case; other letters lose their marks. */
export function transliterate(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/([αεηο]\u0301)υ/g, '$1υ\u0308').replace(accent, '')
    .replace(/([αεη])υ(?!\u0308)(?=(.?))/gu, (_, first: string, next: string) => `${letters[first]}${next !== '' && voiced.includes(next) ? 'v' : 'f'}`)
    .replace(/ου(?!\u0308)/g, 'ou').replace(/γγ/g, 'ng').replace(/γξ/g, 'nx').replace(/γχ/g, 'nch')
    .replace(/(?<!\p{L})μπ|μπ(?!\p{L})/gu, 'b')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^\x00-\x7f]/gu, (sign) => letters[sign] ?? sign)
}

/** The part of an address made from a title: «Ψωμί σίκαλης» → psomi-sikalis. At most 80 characters, never empty. */
export function slug(title: string): string {
  const whole = transliterate(title.slice(0, 1_000)).replace(/['’ʼ]/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
  if (whole === '') return 'post'
  if (whole.length <= 80) return whole
  const cut = whole.slice(0, 80)
  return (whole[80] === '-' || !cut.includes('-', 40) ? cut : cut.slice(0, cut.lastIndexOf('-'))).replace(/-+$/, '')
}
