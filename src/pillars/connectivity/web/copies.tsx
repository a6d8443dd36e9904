import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useWords } from '#ui/words.ts'
import { attachWords } from './attach-words.ts'
import type { Thread } from './calls.ts'
import css from './attach.module.css'

type Boxes = Thread['canAnswer']['copies']
const shown = ({ name, address }: Boxes[number]): string => name || address

interface Given { readonly all: Boxes; readonly without: ReadonlySet<string>; readonly name: string; readonly onWithout: (without: ReadonlySet<string>) => void }
/** Who gets the answer too; each can be left out. */
export function Copies({ all, without, name, onWithout }: Given) {
  const t = useWords(attachWords)
  const left = all.filter(({ address }) => !without.has(address))
  if (all.length === 0) return null
  return (
    <div className={css.copies}>
      {left.length > 0 ? <span id="copies-of">{t('goesTo')}</span> : <span>{t('onlyTo', { name })}</span>}
      {left.length > 0 ? (
        <ul aria-labelledby="copies-of">
          {left.map((one) => (
            <li key={one.address} title={one.address}>
              <span>{shown(one)}</span>
              <ActionIcon size={26} radius="xl" aria-label={t('leaveOut', { name: shown(one) })} onClick={() => onWithout(new Set([...without, one.address]))}><IconX size={13} stroke={1.5} aria-hidden /></ActionIcon>
            </li>
          ))}
        </ul>
      ) : null}
      {without.size > 0 ? <Button size="compact-xs" variant="subtle" onClick={() => onWithout(new Set())}>{t('toAll')}</Button> : null}
    </div>
  )
}

/** Who else a message was sent to. */
export function WentTo({ copies }: { copies: Boxes | null }) {
  const t = useWords(attachWords)
  return copies && copies.length > 0 ? <p className={css.limits} title={copies.map(({ address }) => address).join(', ')}>{t('wentTo', { names: copies.map(shown).join(', ') })}</p> : null
}
