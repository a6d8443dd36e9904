import { IconAt, IconBrandMastodon, IconBrandX, IconBuildingArch, IconMessageCircle, IconUpload, type Icon } from '@tabler/icons-react'
import { useWords } from '#ui/words.ts'
import { words } from './words/words.ts'

const icons: Readonly<Record<string, Icon>> = {
  porch: IconBuildingArch, fediverse: IconBrandMastodon, email: IconAt, import: IconUpload, twitter: IconBrandX, x: IconBrandX,
}
const named = ['porch', 'fediverse', 'import', 'email'] as const

/** The name of a channel as people know it; a network keeps its own. */
export function useChannelName(): (channel: string) => string {
  const t = useWords(words)
  return (channel) => {
    const known = named.find((name) => name === channel)
    return known ? t(`channels.${known}`) : channel.charAt(0).toUpperCase() + channel.slice(1)
  }
}

/** The icon of a channel; its name is told to those who cannot see it. */
export function ChannelMark({ channel, size = 15 }: { channel: string; size?: number }) {
  const Drawn = icons[channel] ?? IconMessageCircle
  const name = useChannelName()(channel)
  return <Drawn size={size} stroke={1.5} role="img" aria-label={name} title={name} style={{ flex: 'none', color: 'var(--soft)' }} />
}
