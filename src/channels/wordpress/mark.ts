/** Our key as part of an address of the site, or of a field nobody reads: by it we know again what we readied. */
export const stageMark = (key: string): string => `stoa-${key.toLowerCase().replace(/[^a-z0-9-]/g, '')}`.slice(0, 190)
