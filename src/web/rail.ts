import { IconColumns3, IconHome2, IconSettings, type Icon } from '@tabler/icons-react'

/** One place of the left rail: where it leads, its word, its icon and the letter after `g`. */
interface Place { readonly to: '/' | '/campaigns' | '/settings'; readonly word: 'today' | 'inbox' | 'calendar' | 'people' | 'campaigns' | 'settings'; readonly icon: Icon; readonly key: string }

export const places: readonly Place[] = [
  { to: '/', word: 'today', icon: IconHome2, key: 't' },
  { to: '/campaigns', word: 'campaigns', icon: IconColumns3, key: 'm' },
  { to: '/settings', word: 'settings', icon: IconSettings, key: 's' },
]
