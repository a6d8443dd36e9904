/** The first account whose sites the page is on. */
export const accountFor = <A extends { readonly sites: readonly string[] }>(accounts: readonly A[], page: URL): A | undefined =>
  accounts.find(({ sites }) => sites.includes(page.origin))
