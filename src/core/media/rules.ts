/** Where a picture is fetched from, below the site's root. */
export const mediaPath = (row: { readonly id: string; readonly ending: string }): string => `/media/${row.id}.${row.ending}`
export const maxPictureBytes = 20 * 1024 * 1024
export const maxPicturePixels = 60_000_000
/** Pictures are kept no larger than this on their longer side: enough for a sharp page, small enough to send. */
export const longestSide = 2048
