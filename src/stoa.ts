import type { Channel } from '#kit/channel.ts'
import type { Pillar } from '#kit/pillar.ts'
import type { House } from '#core/house.ts'
import type { Tx } from '#db/database.ts'
import { bluesky } from '#channels/bluesky/index.ts'
import { chat } from '#channels/chat/index.ts'
import { comments } from '#channels/comments/index.ts'
import { feeds } from '#channels/feeds/index.ts'
import { fediverse } from '#channels/fediverse/index.ts'
import { mastodon } from '#channels/mastodon/index.ts'
import { mediawiki } from '#channels/mediawiki/index.ts'
import { porch } from '#channels/porch/index.ts'
import { webmention } from '#channels/webmention/index.ts'
import { wordpress } from '#channels/wordpress/index.ts'
import { connectivity } from '#pillars/connectivity/index.ts'
import { generosity } from '#pillars/generosity/index.ts'
import { honesty } from '#pillars/honesty/index.ts'
import { imagination } from '#pillars/imagination/index.ts'
import { personality } from '#pillars/personality/index.ts'

export const pillars: readonly Pillar<House, Tx>[] = [connectivity, generosity, honesty, personality, imagination]
// Each channel knows its own settings and wires; to the house they are opaque.
export const channels = [porch, fediverse, mastodon, bluesky, feeds, webmention, wordpress, mediawiki, comments, chat] as unknown as readonly Channel[]
