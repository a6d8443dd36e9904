import { IconCalendarEvent, IconColumns3, IconHome2, IconInbox, IconSettings, IconUsers, type Icon } from '@tabler/icons-react'

/** One place of the left rail: where it leads, its word, its icon and the letter after `g`. */
interface Place { readonly to: '/' | '/inbox' | '/calendar' | '/people' | '/campaigns' | '/settings'; readonly word: 'today' | 'inbox' | 'calendar' | 'people' | 'campaigns' | 'settings'; readonly icon: Icon; readonly key: string }

export const places: readonly Place[] = [
  { to: '/', word: 'today', icon: IconHome2, key: 't' },
  { to: '/inbox', word: 'inbox', icon: IconInbox, key: 'i' },
  { to: '/calendar', word: 'calendar', icon: IconCalendarEvent, key: 'c' },
  { to: '/people', word: 'people', icon: IconUsers, key: 'p' },
  { to: '/campaigns', word: 'campaigns', icon: IconColumns3, key: 'm' },
  { to: '/settings', word: 'settings', icon: IconSettings, key: 's' },
]
