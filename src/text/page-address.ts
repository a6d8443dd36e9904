/** Marks that tell where a visitor came from, not which page it is. */
const tracking = /^(utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|_ga|_gl|_hsenc|_hsmi|mkt_tok|vero_id|oly_\w+_id|ref_src|ref_url|si|s_cid|wickedid|replytocom)$/i
const longest = 2_000

/** A page by the one address under which its talk is kept; undefined when it is no page of the web. */
export function canonical(address: string): URL | undefined {
  if (address.length > longest || address.includes('\0') || !address.isWellFormed() || !/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined
  const url = new URL(address)
  if (url.username !== '' || url.password !== '') return undefined
  url.hash = ''
  for (const name of Array.from(url.searchParams.keys()).filter((one) => tracking.test(one))) url.searchParams.delete(name)
  if (url.searchParams.size === 0) url.search = ''
  return url
}
