import css from './calendar.module.css'
import type { Placed } from './item.ts'
import { useLook } from './look.tsx'
import { Shape } from './marks.tsx'
import { intents, type Intent, type Place } from './place.ts'

interface Given { readonly items: readonly Placed[]; readonly intent: Intent | undefined; readonly go: (change: Partial<Place>, replace?: boolean) => void }

/** The signs of the intents with how many there are of each: what is given stands beside what is asked. */
export function Key({ items, intent, go }: Given) {
  const { t } = useLook()
  const count = new Map<Intent, number>()
  for (const { item } of items) count.set(item.intent, (count.get(item.intent) ?? 0) + 1)
  return (
    <div className={css.signs} role="group" aria-label={t('calendar.key')}>
      {intents.map((name) => (
        <button key={name} type="button" aria-pressed={intent === name} onClick={() => go({ intent: intent === name ? undefined : name }, true)}><Shape intent={name} />{t(`intents.${name}`)} <b>{count.get(name) ?? 0}</b></button>
      ))}
    </div>
  )
}
