import { useEffect, useState, type RefObject } from 'react'
import { accountName, elsewhere, nameOf } from './chip.tsx'
import { wallAt } from './clock.ts'
import type { Item } from './item.ts'
import { placeName, useLook, wallWords } from './look.tsx'
import { ChannelMark, Shape, Sign } from './marks.tsx'
import css from './peek.module.css'

interface Seen { readonly item: Item; readonly x: number; readonly y: number; readonly above: boolean }
const restMs = 420
const width = 300

/** What a chip has no room for, beside the one the pointer or the keyboard rests on. Escape sends it away. */
export function Peek({ root, itemOf }: { root: RefObject<HTMLElement | null>; itemOf: (id: string) => Item | undefined }) {
  const [seen, setSeen] = useState<Seen>()
  useEffect(() => {
    const grid = root.current
    if (!grid) return undefined
    const gone = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const leave = () => { clearTimeout(timer); setSeen(undefined) }
    const rest = (event: Event) => {
      const chip = (event.target as HTMLElement).closest<HTMLElement>('[data-item][data-size]')
      leave()
      if (!chip || document.documentElement.hasAttribute('data-holding')) return
      if (event.type === 'focusin' && !chip.matches(':focus-visible')) return
      timer = setTimeout(() => {
        const item = itemOf(chip.dataset['item']!)
        if (!item || !chip.isConnected) return
        const box = chip.getBoundingClientRect()
        const above = box.bottom > innerHeight - 230
        setSeen({ item, above, x: Math.max(8, Math.min(box.left, innerWidth - width - 12)), y: above ? innerHeight - box.top + 6 : box.bottom + 6 })
      }, restMs)
    }
    for (const name of ['pointerover', 'focusin']) grid.addEventListener(name, rest, { signal: gone.signal })
    for (const name of ['pointerdown', 'pointerleave', 'focusout', 'wheel']) grid.addEventListener(name, leave, { signal: gone.signal, passive: true })
    window.addEventListener('keydown', (event) => { if (event.key === 'Escape') leave() }, { signal: gone.signal })
    return () => { clearTimeout(timer); gone.abort() }
  }, [root, itemOf])
  return seen ? <Card {...seen} /> : null
}

function Card({ item, x, y, above }: Seen) {
  const look = useLook()
  const { t, lang, zone } = look
  const far = elsewhere(item, zone)
  return (
    <div className={css.peek} role="tooltip" style={above ? { left: x, bottom: y, width } : { left: x, top: y, width }}>
      <p className={css.when}>
        {item.at ? wallWords(lang, wallAt(zone, Date.parse(item.at))) : t('shelf.title')}{far ? ` · ${t('clock.elsewhere', { time: item.wallTime!.slice(11, 16), place: placeName(far) })}` : ''}
        <span>{t(`states.${item.state}`)}</span>
      </p>
      <p className={css.title} lang={item.lang}>{nameOf(item, t)}</p>
      {item.title && item.excerpt ? <p className={css.text} lang={item.lang}>{item.excerpt}</p> : null}
      <p className={css.under}><Shape intent={item.intent} />{t(`intents.${item.intent}`)} · {item.authorName}{item.campaignId ? ` · ${look.campaigns.get(item.campaignId) ?? ''}` : ''}</p>
      {item.accountIds.length > 0 ? <p className={css.under}>{item.accountIds.map((id) => <span key={id} className={css.place}><ChannelMark channel={look.accounts.get(id)?.channel ?? 'porch'} />{accountName(id, look)}</span>)}</p> : null}
      {item.seriesId ? <p className={css.under}><Sign name="series" />{t(item.kind === 'series' ? 'series.ahead' : item.changed ? 'series.changedByHand' : 'series.inSeries')}</p> : null}
      {item.problem ? <p className={css.why}><Sign name="wrong" size={14} /><span>{item.problem.says[lang]} <b>{item.problem.next[lang]}</b></span></p> : null}
    </div>
  )
}
