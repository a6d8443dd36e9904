import { Badge, Button, Checkbox, Select, SegmentedControl, Tabs, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { joined, partsOf, type Face } from '#core/posts/rules.ts'
import type { Finding } from '#kit/pillar.ts'
import { useLang } from '#ui/lang.tsx'
import { useWords } from '#ui/words.ts'
import { Findings } from '#ui/writing/findings.tsx'
import { nameOf } from '#ui/writing/places.ts'
import type { WritingGround } from '#ui/writing/review.ts'
import { useAccountName } from '../account-name.ts'
import { campaignsQuery, type Account, type Post } from '../calls.ts'
import css from './composer.module.css'
import { behind, byStrictness, roomOf } from '../room.ts'
import { Labels } from './labels.tsx'
import { NetworkMark } from './network-mark.tsx'
import { Previews } from './preview/previews.tsx'
import { Team } from './team/team.tsx'
import type { Said } from './use-said.ts'
import type { Saving } from './use-saving.ts'
import { sheetOf, variantOf } from './variants.ts'
import { balance, formats, intents, otherLang, tagsFrom, type Words } from './writing.ts'
import { words } from './words/words.ts'

interface Given {
  readonly page: Words
  readonly face: Face
  readonly at: string | undefined
  readonly write: (change: Partial<Words>) => void
  readonly said: Said
  readonly onUse: (finding: Finding) => void
  readonly onGoTo: (finding: Finding) => void
  readonly accounts: readonly Account[]
  readonly going: readonly Account[]
  readonly post: Post | undefined
  readonly saving: Saving
}
const places = ['desk', 'preview', 'team'] as const
type Place = (typeof places)[number]

/** Beside the page: what the pillars say and what the post is; how it will look; and what the team says. */
export function Side(given: Given) {
  const t = useWords(words)
  const [at, setAt] = useState<Place>('desk')
  const open = given.post?.openThreads ?? 0
  return (
    <Tabs value={at} onChange={(value) => setAt(value as Place)} keepMounted={false}>
      <Tabs.List grow mb={20} aria-label={t('side.label')}>
        <Tabs.Tab value="desk">{t('side.desk')}</Tabs.Tab>
        <Tabs.Tab value="preview">{t('composer.preview')}</Tabs.Tab>
        <Tabs.Tab value="team" rightSection={open > 0 ? <Badge size="sm" circle>{open}</Badge> : null}>{t('side.team')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="desk"><div className={css.stack}><DeskSide {...given} /></div></Tabs.Panel>
      <Tabs.Panel value="preview"><Previews page={given.page} at={given.at} going={given.going} /></Tabs.Panel>
      <Tabs.Panel value="team"><div className={css.stack}><Team post={given.post} saving={given.saving} /></div></Tabs.Panel>
    </Tabs>
  )
}

function DeskSide({ page, face, write, said, onUse, onGoTo, accounts }: Given) {
  const t = useWords(words)
  const { findings } = said
  const isBlank = said.text.trim() === '' && face.title.trim() === ''
  return (
    <>
      <section aria-label={t('composer.pillars')}>
        <h2 className={css.sideTitle}>{t('composer.pillars')}{findings.length > 0 ? <small>{t('composer.pillarsMore', { count: findings.length })}</small> : null}</h2>
        {findings.length === 0 ? <p className={css.quiet} role="status">{isBlank ? t('composer.pillarsWait') : t('composer.pillarsQuiet')}</p> : (
          <Findings findings={findings} text={said.text} lang={page.lang} chosen={said.chosen} onUse={onUse} onGoTo={(finding) => { said.setChosen(nameOf(finding, said.text)); onGoTo(finding) }} reasons={said.reasons} {...(said.isAsked ? { onReason: said.give } : {})} />
        )}
      </section>
      {said.ground ? <Ratio ground={said.ground} page={page} /> : null}
      <Accounts accounts={accounts} page={page} write={write} />
      <Labels page={page} write={write} accounts={accounts} />
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
  const able = byStrictness(accounts.filter((account) => account.kinds.includes('post')))
  return (
    <section aria-label={t('composer.accounts')}>
      <h2 className={css.sideTitle}>{t('composer.accounts')}</h2>
      {able.length === 0 ? <p className={css.quiet}>{t('composer.noAccounts')} <Link to="/settings">{t('publication.connect')}</Link></p> : null}
      {able.map((account) => <AccountLine key={account.id} account={account} page={page} write={write} />)}
    </section>
  )
}

/** The text an account has the least room for: its longest part, or all of it where threads are one text. */
function longestOn(account: Account, page: Words): string {
  const face = sheetOf(page, account.id)
  if (!account.threads) return joined(face).text
  return partsOf(face).map((part) => part.text).toSorted((a, b) => roomOf(account, a).left - roomOf(account, b).left)[0] ?? ''
}

function AccountLine({ account, page, write }: { account: Account } & Pick<Given, 'page' | 'write'>) {
  const t = useWords(words)
  const { lang } = useLang()
  const name = useAccountName()
  const room = roomOf(behind(account, sheetOf(page, account.id).warning), longestOn(account, page))
  const isOn = page.accountIds.includes(account.id)
  const number = (value: number) => value.toLocaleString(lang)
  const set = (on: boolean) => write({ accountIds: on ? [...page.accountIds, account.id] : page.accountIds.filter((one) => one !== account.id) })
  return (
    <div className={css.account}>
      <Checkbox
        size="sm" checked={isOn} disabled={account.state !== 'connected'} onChange={(event) => set(event.currentTarget.checked)}
        label={<span className={css.accountName}><NetworkMark channel={account.channel} /><b>{name.channel(account)}</b> <Text span c="dimmed" size="sm" truncate>{account.handle}</Text></span>}
      />
      {variantOf(page, account.id) ? <span className={css.room}>{t('faces.ownShort')}</span> : null}
      <span className={`${css.room} ${room.over > 0 && isOn ? css.bad : ''}`}>
        {account.state !== 'connected' ? t('composer.accountLost') : room.over > 0 ? t('composer.over', { over: number(room.over) }) : t('composer.roomOf', { used: number(room.used), max: number(room.max) })}
      </span>
    </div>
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
