import { IconAt, IconBrandMastodon, IconBrandX, IconBuildingArch, IconMessageCircle, IconUpload, type Icon } from '@tabler/icons-react'

const icons: Readonly<Record<string, Icon>> = {
  porch: IconBuildingArch, fediverse: IconBrandMastodon, email: IconAt, import: IconUpload, twitter: IconBrandX, x: IconBrandX,
}
const names: Readonly<Record<string, string>> = { porch: 'Porch', fediverse: 'Fediverse', import: 'Import', email: 'E-mail' }

/** The name of a channel as people know it; a network keeps its own. */
export const channelName = (channel: string): string => names[channel] ?? channel.charAt(0).toUpperCase() + channel.slice(1)

/** The icon of a channel; its name is told to those who cannot see it. */
export function ChannelMark({ channel, size = 15 }: { channel: string; size?: number }) {
  const Drawn = icons[channel] ?? IconMessageCircle
  const name = channelName(channel)
  return <Drawn size={size} stroke={1.5} role="img" aria-label={name} title={name} style={{ flex: 'none', color: 'var(--soft)' }} />
}
