import { IconBook2, IconBrandMastodon, IconBrandWordpress, IconBuildingArch, IconBuildingMonument, IconBrandBluesky, IconTopologyStar3, IconWorld, type Icon } from '@tabler/icons-react'

const marks: Readonly<Record<string, Icon>> = {
  porch: IconBuildingMonument, fediverse: IconTopologyStar3, mastodon: IconBrandMastodon, bluesky: IconBrandBluesky, wordpress: IconBrandWordpress, mediawiki: IconBook2, memory: IconBuildingArch,
}

/** The sign of a network. */
export function NetworkMark({ channel, size = 16 }: { channel: string; size?: number }) {
  const Mark = marks[channel] ?? IconWorld
  return <Mark size={size} stroke={1.5} aria-hidden style={{ flex: 'none' }} />
}
