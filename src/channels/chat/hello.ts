import type { Duty } from '#kit/host.ts'
import type { Lang } from '#kit/lang.ts'
import type { Door } from './door.ts'
import { greetingFor } from './greeting.ts'
import { chatLimits, spokenIn, takenTypes } from './wire.ts'
import { usual, whenIn } from './words.ts'

interface Asked { readonly lang: string | undefined; readonly page: string | undefined; readonly now: Date }

function away({ account: { settings }, site }: Door, duty: Duty, { lang, now }: { readonly lang: Lang; readonly now: Date }): string {
  const own = lang === 'el' ? settings.awayEl : settings.awayEn
  const closed = duty.opensAt === null ? usual.closed[lang] : usual.closedUntil[lang].replace('{when}', whenIn(lang, { at: new Date(duty.opensAt), now, zone: site.zone }))
  return `${closed} ${own || usual.leave[lang]}`
}

/** Who is there now, how long it takes, and what is said to whoever looks. */
export function dutyOf(door: Door, duty: Duty, asked: Omit<Asked, 'page'>) {
  const { account: { settings }, site } = door
  const lang = spokenIn(settings, { asked: asked.lang, site: site.lang })
  return {
    open: duty.open, opensAt: duty.opensAt, waitMinutes: duty.open ? duty.waitMinutes : null,
    faces: duty.open ? duty.faces.map(({ name, picture, langs }) => ({ name, picture: picture?.startsWith('/') ? `${site.origin}${picture}` : picture, langs })) : [],
    texts: { welcome: (lang === 'el' ? settings.welcomeEl : settings.welcomeEn) || usual.welcome[lang], away: duty.open ? '' : away(door, duty, { lang, now: asked.now }) },
  }
}

/** The same to whoever opens the window, with what may be done in it. */
export function helloOf(door: Door, { duty, email }: { readonly duty: Duty; readonly email: boolean }, asked: Asked) {
  const { account: { settings, id }, site } = door
  const lang = spokenIn(settings, { asked: asked.lang, site: site.lang })
  return {
    key: id, name: settings.name, lang, languages: settings.lang === 'el' || settings.lang === 'en' ? [settings.lang] : ['el', 'en'], ...dutyOf(door, duty, asked),
    greeting: greetingFor(settings, { lang, page: asked.page }), email, files: { maxBytes: chatLimits.fileBytes, maxPerMessage: chatLimits.files, accept: takenTypes }, textMax: chatLimits.text, identity: settings.identitySecret !== undefined,
  }
}
