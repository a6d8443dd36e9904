import { useLang } from './lang.tsx'

/** Places whose names are words, and so differ by language; a network keeps its own name in every language. */
export const channelNames = {
  porch: { en: 'Porch', el: 'Στοά' },
  chat: { en: 'Website chat', el: 'Συνομιλία στον ιστότοπο' },
  forum: { en: 'Forum', el: 'Φόρουμ' },
  comments: { en: 'Comments on other sites', el: 'Σχόλια σε άλλους ιστότοπους' },
  feeds: { en: 'Feeds', el: 'Ροές' },
  mail: { en: 'E-mail', el: 'E-mail' },
  email: { en: 'E-mail', el: 'E-mail' },
  import: { en: 'From a file', el: 'Από αρχείο' },
} as const
const networks: Readonly<Record<string, string>> = { wordpress: 'WordPress', mediawiki: 'MediaWiki' }

/** The name of a channel as people know it. */
export function useChannelName(): (channel: string) => string {
  const { pick } = useLang()
  return (channel) => {
    const known = (Object.keys(channelNames) as (keyof typeof channelNames)[]).find((name) => name === channel)
    return known ? pick(channelNames[known]) : networks[channel] ?? channel.charAt(0).toUpperCase() + channel.slice(1)
  }
}
