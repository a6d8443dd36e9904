import {
  IconAt, IconBook2, IconBrandBluesky, IconBrandMastodon, IconBrandWordpress, IconBrandX, IconBuildingArch, IconMessage2, IconMessageCircle, IconMessages, IconRss, IconUpload, type Icon,
} from '@tabler/icons-react'
import { useChannelName } from '#ui/channel-name.ts'

const icons: Readonly<Record<string, Icon>> = {
  porch: IconBuildingArch, fediverse: IconBrandMastodon, mastodon: IconBrandMastodon, bluesky: IconBrandBluesky, email: IconAt, mail: IconAt,
  chat: IconMessageCircle, forum: IconMessages, comments: IconMessage2, feeds: IconRss, wordpress: IconBrandWordpress, mediawiki: IconBook2, import: IconUpload, twitter: IconBrandX, x: IconBrandX,
}

/** The icon of a channel; its name is told to those who cannot see it. */
export function ChannelMark({ channel, size = 15 }: { channel: string; size?: number }) {
  const Drawn = icons[channel] ?? IconMessageCircle
  const name = useChannelName()(channel)
  return <Drawn size={size} stroke={1.5} role="img" aria-label={name} title={name} style={{ flex: 'none', color: 'var(--soft)' }} />
}
