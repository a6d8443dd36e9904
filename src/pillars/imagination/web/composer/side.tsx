import { Button, Checkbox, Select, SegmentedControl, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Finding } from '#kit/pillar.ts'
import { useWords } from '#ui/words.ts'
import { Findings } from '#ui/writing/findings.tsx'
import type { WritingGround } from '#ui/writing/review.ts'
import { useAccountName } from '../account-name.ts'
import { campaignsQuery, type Account } from '../calls.ts'
import css from './composer.module.css'
import { roomOf } from '../room.ts'
import { intents } from '../calendar/place.ts'
import { balance, formats, otherLang, tagsFrom, type Words } from './writing.ts'
import { words } from './words/words.ts'

interface Given {
  readonly page: Words
  readonly write: (change: Partial<Words>) => void
  readonly findings: readonly Finding[]
  readonly chosen: string | undefined
  readonly onUse: (finding: Finding) => void
  readonly onGoTo: (finding: Finding) => void
  readonly ground: WritingGround | undefined
  readonly accounts: readonly Account[]
  readonly reasons: Readonly<Record<string, string>>
  /** Asked for only once somebody wants to publish it as it is. */
  readonly onReason: ((rule: string, reason: string) => void) | undefined
}

/** Beside the page: what the pillars say, where it goes, and what it is. */
export function Side({ page, write, findings, chosen, onUse, onGoTo, ground, accounts, reasons, onReason }: Given) {
  const t = useWords(words)
  const isBlank = page.text.trim() === '' && page.title.trim() === ''
  return (
    <>
      <section aria-label={t('composer.pillars')}>
        <h2 className={css.sideTitle}>{t('composer.pillars')}{findings.length > 0 ? <small>{t('composer.pillarsMore', { count: findings.length })}</small> : null}</h2>
        {findings.length === 0 ? <p className={css.quiet} role="status">{isBlank ? t('composer.pillarsWait') : t('composer.pillarsQuiet')}</p> : (
          <Findings findings={findings} text={page.text} lang={page.lang} chosen={chosen} onUse={onUse} onGoTo={onGoTo} reasons={reasons} {...(onReason ? { onReason } : {})} />
        )}
      </section>
      {ground ? <Ratio ground={ground} page={page} /> : null}
      <Accounts accounts={accounts} page={page} write={write} />
      <Details page={page} write={write} />
    </>
  )
}

interface Counted { readonly give: number; readonly ask: number }

function Ratio({ ground, page }: { ground: WritingGround; page: Words }) {
  const t = useWords(words)
  const { before, after } = balance(ground.recent, page.intent)
  const say = (count: Counted) => t('composer.ratioOf', { give: String(count.give), ask: String(count.ask) })
  const line = (label: string, count: Counted) => (
    <>
      <dt>{label}</dt>
      <div className={css.balance} aria-hidden><i style={{ flexGrow: count.give }} hidden={count.give === 0} /><i style={{ flexGrow: count.ask }} hidden={count.ask === 0} /></div>
      <dd>{say(count)}</dd>
    </>
  )
  return (
    <section aria-label={t('composer.ratioSay', { before: say(before), after: say(after) })}>
      <h2 className={css.sideTitle} title={t('composer.ratioWindow')}>{t('composer.ratio')}<small>{t('composer.ratioWish', { n: String(ground.settings.givePerAsk) })}</small></h2>
      <dl className={css.ratio}>{line(t('composer.ratioNow'), before)}{line(t('composer.ratioAfter'), after)}</dl>
    </section>
  )
}

function Accounts({ accounts, page, write }: Pick<Given, 'accounts' | 'page' | 'write'>) {
  const t = useWords(words)
  const name = useAccountName()
  const able = accounts.filter((account) => account.kinds.includes('post'))
  const set = (id: string, on: boolean) => write({ accountIds: on ? [...page.accountIds, id] : page.accountIds.filter((one) => one !== id) })
  return (
    <section aria-label={t('composer.accounts')}>
      <h2 className={css.sideTitle}>{t('composer.accounts')}</h2>
      {able.length === 0 ? <p className={css.quiet}>{t('composer.noAccounts')} <Link to="/settings">{t('publication.connect')}</Link></p> : null}
      {able.map((account) => {
        const room = roomOf(account, page.text)
        const isOn = page.accountIds.includes(account.id)
        return (
          <div key={account.id} className={css.account}>
            <Checkbox
              size="sm" checked={isOn} disabled={account.state !== 'connected'} onChange={(event) => set(account.id, event.currentTarget.checked)}
              label={<><b style={{ fontWeight: 550 }}>{name.channel(account)}</b> <Text span c="dimmed" size="sm">{account.handle}</Text></>}
            />
            <span className={`${css.room} ${room.over > 0 && isOn ? css.bad : ''}`}>
              {account.state !== 'connected' ? t('composer.accountLost') : room.over > 0 ? t('composer.over', { over: room.over.toLocaleString() }) : t('composer.roomOf', { used: room.used.toLocaleString(), max: room.max.toLocaleString() })}
            </span>
          </div>
        )
      })}
    </section>
  )
}

function Details({ page, write }: Pick<Given, 'page' | 'write'>) {
  const t = useWords(words)
  const [tags, setTags] = useState(page.tags.join(', '))
  const { data } = useQuery(campaignsQuery)
  const guess = otherLang(page)
  return (
    <section aria-label={t('composer.details')}>
      <h2 className={css.sideTitle}>{t('composer.details')}</h2>
      <div className={css.fields}>
        <div>
          <Text size="sm" fw={500} mb={4} id="intent-label">{t('composer.intent')}</Text>
          <SegmentedControl fullWidth size="sm" aria-labelledby="intent-label" value={page.intent} onChange={(value) => write({ intent: value as Words['intent'] })} data={intents.map((intent) => ({ value: intent, label: t(`intents.${intent}`) }))} />
          <Text size="xs" c="dimmed" mt={4}>{t(`intentAbout.${page.intent}`)}</Text>
        </div>
        <div>
          <Text size="sm" fw={500} mb={4} id="lang-label">{t('composer.lang')}</Text>
          <SegmentedControl fullWidth size="sm" aria-labelledby="lang-label" value={page.lang} onChange={(value) => write({ lang: value as Words['lang'] })} data={[{ value: 'en', label: t('langs.en') }, { value: 'el', label: t('langs.el') }]} />
          {guess ? <Text size="xs" mt={4}>{t('composer.langGuess', { lang: t(`langs.${guess}`) })} <Button size="compact-xs" variant="subtle" onClick={() => write({ lang: guess })}>{t('composer.langSwitch', { lang: t(`langs.${guess}`) })}</Button></Text> : null}
        </div>
        <Select size="sm" label={t('composer.format')} allowDeselect={false} value={page.format} data={formats.map((format) => ({ value: format, label: t(`formats.${format}`) }))} onChange={(value) => { if (value) write({ format: value }) }} />
        <Select
          size="sm" label={t('composer.campaign')} placeholder={t('composer.noCampaign')} clearable value={page.campaignId} clearButtonProps={{ 'aria-label': t('composer.noCampaign') }}
          data={(data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))} onChange={(value) => write({ campaignId: value })}
        />
        <TextInput size="sm" label={t('composer.tags')} placeholder={t('composer.tagsPlace')} description={t('composer.tagsHint')} value={tags} onChange={(event) => { setTags(event.currentTarget.value); write({ tags: tagsFrom(event.currentTarget.value) }) }} />
      </div>
    </section>
  )
}
