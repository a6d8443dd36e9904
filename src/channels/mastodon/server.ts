import type { Ctx, Limits } from '#kit/channel.ts'
import { mastodon as usual } from '#text/networks/open.ts'
import type { Instance } from './wire.ts'
import type { ServerLimits, Settings } from './settings.ts'
import { NodeInfo, NodeInfoIndex } from './wire.ts'

/** The origin of a server, from an address, a bare host, a profile or a handle; nothing when it cannot be one. */
export function originOf(given: string): string | undefined {
  const text = given.trim()
  const host = /^@?[^\s@/]+@([^\s@/]+)$/u.exec(text)?.[1]
  const address = host ? `https://${host}` : /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`
  if (!URL.canParse(address)) return undefined
  const { protocol, origin, hostname, username } = new URL(address)
  return (protocol === 'https:' || protocol === 'http:') && username === '' && /[\w\]]$/.test(hostname) ? origin : undefined
}

const positive = (value: number | undefined, otherwise: number): number => (value !== undefined && Number.isFinite(value) && value > 0 ? Math.floor(value) : otherwise)
const [text, media] = [usual.text, usual.media!]
const defaults: ServerLimits = {
  characters: text.max, perLink: text.linkCost ?? 23, media: media.max, alt: media.altMax ?? 1_500,
  pictureTypes: [...media.types], pictureBytes: media.maxBytes, longestSide: media.longestSide ?? 4_096,
  videoTypes: [...media.video?.types ?? []], videoBytes: media.video?.maxBytes ?? 103_809_024,
}

/** The limits a server tells of, old and new forms of its answer alike. */
export function limitsOf({ configuration, max_toot_chars, description_limit }: Instance): ServerLimits {
  const { statuses, media_attachments: files } = configuration ?? {}
  const taken = (types: readonly string[]) => (files?.supported_mime_types?.length ? types.filter((type) => files.supported_mime_types!.includes(type)) : [...types])
  return {
    characters: positive(statuses?.max_characters ?? max_toot_chars, defaults.characters),
    perLink: positive(statuses?.characters_reserved_per_url, defaults.perLink),
    media: positive(statuses?.max_media_attachments, defaults.media),
    alt: positive(files?.description_limit ?? description_limit, defaults.alt),
    pictureTypes: taken(defaults.pictureTypes), pictureBytes: positive(files?.image_size_limit, defaults.pictureBytes),
    longestSide: Math.min(defaults.longestSide, Math.floor(Math.sqrt(positive(files?.image_matrix_limit, defaults.longestSide ** 2)))),
    videoTypes: taken(defaults.videoTypes), videoBytes: positive(files?.video_size_limit, defaults.videoBytes),
  }
}

/** The same, as the composer reads it. */
export function limitsFor({ limits = defaults }: Settings): Limits {
  return {
    text: { max: limits.characters, unit: 'grapheme', linkCost: limits.perLink, shortHandles: true }, warning: { counted: true },
    ...(limits.media > 0 && limits.pictureTypes.length > 0 ? {
      answers: { pictures: true },
      media: {
        max: limits.media, types: limits.pictureTypes, maxBytes: limits.pictureBytes, longestSide: limits.longestSide, altMax: limits.alt,
        ...(limits.videoTypes.length > 0 ? { video: { types: limits.videoTypes, maxBytes: limits.videoBytes } } : {}),
      },
    } : {}),
    // 300 requests in five minutes are for everything; a post takes up to three.
    pace: { sends: 60, perMinutes: 5 },
  }
}

/** What software answers there, by its NodeInfo; nothing when it does not say. */
export async function softwareAt(origin: string, ctx: Ctx): Promise<{ name: string; version: string } | undefined> {
  const read = async (url: URL): Promise<unknown> => {
    const response = await ctx.fetch(url, { headers: { accept: 'application/json' }, signal: ctx.signal })
    if (response.ok) return await response.json()
    await response.body?.cancel()
    return undefined
  }
  try {
    const { links } = NodeInfoIndex.parse(await read(new URL('/.well-known/nodeinfo', origin)))
    const newest = links.filter(({ rel, href }) => /nodeinfo.diaspora.software\/ns\/schema\/2\./.test(rel) && URL.canParse(href, origin)).toSorted((a, b) => b.rel.localeCompare(a.rel))[0]
    if (!newest || new URL(newest.href, origin).origin !== origin) return undefined
    const { software } = NodeInfo.parse(await read(new URL(newest.href, origin)))
    return { name: software.name.toLowerCase(), version: software.version }
  } catch { return undefined }
}
