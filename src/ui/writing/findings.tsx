import { Button, TextInput } from '@mantine/core'
import { IconBulb, IconEye, IconGift, IconMessages, IconPoint, IconUser, type Icon } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { Lang } from '#kit/lang.ts'
import type { Finding } from '#kit/pillar.ts'
import { pillarColour } from '../columns-mark.tsx'
import { useLang } from '../lang.tsx'
import { day } from '../when.tsx'
import { useWords } from '../words.ts'
import css from './findings.module.css'
import { nameOf } from './places.ts'
import { words } from './words.ts'

const icons: Readonly<Record<string, Icon>> = { connectivity: IconMessages, generosity: IconGift, honesty: IconEye, personality: IconUser, imagination: IconBulb }
const known = ['connectivity', 'generosity', 'honesty', 'personality', 'imagination'] as const

interface Given {
  readonly findings: readonly Finding[]
  readonly text: string
  /** The language of the text, in which better sentences are offered. */
  readonly lang: Lang
  readonly chosen?: string | undefined
  readonly onUse: (finding: Finding) => void
  readonly onGoTo: (finding: Finding) => void
  /** Given where a held text may go out with a reason: the reasons typed so far, by rule. */
  readonly reasons?: Readonly<Record<string, string>>
  readonly onReason?: (rule: string, reason: string) => void
}

/** What the pillars say of a text: each in its colour, with its reason and a better sentence. */
export function Findings({ findings, ...rest }: Given) {
  const t = useWords(words)
  const asked = new Set<string>()
  return (
    <ul className={css.list} aria-label={t('list')}>
      {findings.map((finding, place) => {
        const asks = finding.weight === 'stop' && !asked.has(finding.rule)
        if (asks) asked.add(finding.rule)
        return <One key={`${nameOf(finding, rest.text)}/${place}`} finding={finding} asks={asks} isFirst={asks && asked.size === 1} {...rest} />
      })}
    </ul>
  )
}

function One({ finding, text, lang, chosen, onUse, onGoTo, reasons, onReason, asks, isFirst }: Omit<Given, 'findings'> & { finding: Finding; asks: boolean; isFirst: boolean }) {
  const t = useWords(words)
  const { pick } = useLang()
  const here = useRef<HTMLLIElement>(null)
  const isChosen = chosen === nameOf(finding, text)
  useEffect(() => { if (isChosen) here.current?.scrollIntoView({ block: 'nearest' }) }, [isChosen])
  const isPlaced = finding.at[1] > finding.at[0]
  return (
    <li ref={here} className={css.finding} data-rule={finding.rule} data-chosen={isChosen || undefined} style={{ ['--finding' as string]: pillarColour(finding.pillar) }}>
      <Head finding={finding} />
      <p className={css.says}>{pick(finding.says)}</p>
      <p className={css.because}>{pick(finding.because)}</p>
      {finding.instead ? <p className={css.instead} lang={lang}>{finding.instead}</p> : null}
      {finding.see ? <Earlier see={finding.see} /> : null}
      {asks && onReason ? (
        <TextInput
          // The reason is what was just asked for.
          autoFocus={isFirst} size="xs" mt={8} label={t('reason')} placeholder={t('reasonPlace')} maxLength={500} value={reasons?.[finding.rule] ?? ''}
          onChange={(event) => onReason(finding.rule, event.currentTarget.value)}
        />
      ) : null}
      {finding.instead || isPlaced ? (
        <div className={css.acts}>
          {finding.instead ? <Button size="compact-xs" variant="light" onClick={() => onUse(finding)}>{t('use')}</Button> : null}
          {isPlaced ? <Button size="compact-xs" variant="subtle" color="stone" onClick={() => onGoTo(finding)}>{t('goTo')}</Button> : null}
        </div>
      ) : null}
    </li>
  )
}

function Head({ finding }: { finding: Finding }) {
  const t = useWords(words)
  const Mark = icons[finding.pillar] ?? IconPoint
  const named = known.find((id) => id === finding.pillar)
  return (
    <div className={css.head}>
      <Mark size={16} stroke={1.5} aria-hidden />
      <span>{named ? t(`pillars.${named}`) : finding.pillar}</span>
      <span className={css.weight} data-weight={finding.weight}>{t(`weight.${finding.weight}`)}</span>
    </div>
  )
}

function Earlier({ see }: { see: NonNullable<Finding['see']> }) {
  const t = useWords(words)
  const { lang, zone } = useLang()
  return (
    <div className={css.see}>
      <b>{see.title || t('before', { day: day(new Date(see.at), lang, zone) })}</b>
      {see.title ? t('before', { day: day(new Date(see.at), lang, zone) }) : null}
      <p>{see.text}</p>
    </div>
  )
}
