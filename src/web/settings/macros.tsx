import { ActionIcon, Badge, Button, Checkbox, Group, Text, TextInput, Textarea } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useActSays } from '#pillars/connectivity/web/act-says.ts'
import { macrosQuery, type Macro } from '#pillars/connectivity/web/rules-calls.ts'
import { Card, Section } from '#ui/page.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { useSession } from '#ui/session.ts'
import { undoable, wrong } from '#ui/undo.tsx'
import { useWords } from '#ui/words.ts'
import { ActsEditor, macroActs } from './acts-editor.tsx'
import { dropMacro, saveMacro, useRuleAct, type MacroBody } from './rules-calls.ts'
import { rulesWords } from './rules-words.ts'
import css from './settings.module.css'

/** The macros of the team and one's own. */
export function Macros() {
  const t = useWords(rulesWords)
  const { may } = useSession()
  const { data } = useSuspenseQuery(macrosQuery)
  const [isNew, setNew] = useState(false)
  return (
    <Section title={t('macros.title')} lead={t('macros.lead')} acts={may('answer') && !isNew ? <Button size="xs" variant="default" onClick={() => setNew(true)}>{t('macros.add')}</Button> : null}>
      {isNew ? <div className={css.ruleNew}><MacroEditor onClose={() => setNew(false)} /></div> : null}
      <Card padded={false}>
        {data.items.length === 0 ? <div className={css.line}><Text size="sm" c="dimmed">{t('macros.none')}</Text></div> : null}
        {data.items.map((macro) => <MacroLine key={macro.id} macro={macro} />)}
      </Card>
    </Section>
  )
}

function MacroLine({ macro }: { macro: Macro }) {
  const t = useWords(rulesWords)
  const { may } = useSession()
  const says = useActSays()
  const { id, name, ...rest } = macro
  const failed = { onError: (error: unknown) => wrong(error, t('failed')) }
  const drop = useRuleAct(dropMacro)
  const back = useRuleAct(saveMacro)
  const remove = () => drop.mutate(id, { ...failed, onSuccess: () => undoable({ says: t('macros.dropped', { name }), undoLabel: t('undo'), undo: () => back.mutate({ name, ...rest, acts: [...rest.acts] }, failed) }) })
  return (
    <div className={css.line}>
      <div className={css.ruleSays}>
        <Text fw={550}>{name} <Badge variant="outline" color="stone">{macro.shared ? t('macros.team') : t('macros.own')}</Badge></Text>
        {macro.acts.length > 0 ? <Text size="sm">{macro.acts.map(says).join(', ')}</Text> : null}
        {macro.text ? <Text size="sm" c="dimmed">{macro.text}</Text> : null}
      </div>
      {!macro.shared || may('moderate') ? <ActionIcon aria-label={t('macros.drop', { name })} onClick={remove}><IconX size={16} stroke={1.5} aria-hidden /></ActionIcon> : null}
    </div>
  )
}

function MacroEditor({ onClose }: { onClose: () => void }) {
  const t = useWords(rulesWords)
  const { may } = useSession()
  const [typed, setTyped] = useState<MacroBody>({ name: '', shared: false, acts: [], text: '' })
  const save = useRuleAct(saveMacro)
  const ready = typed.name.trim() !== '' && (typed.acts.length > 0 || typed.text.trim() !== '')
  const keep = (event: FormEvent) => { event.preventDefault(); if (ready) save.mutate(typed, { onSuccess: onClose }) }
  const set = (more: Partial<MacroBody>) => setTyped({ ...typed, ...more })
  return (
    <Card>
      <form onSubmit={keep} className={css.ruleForm} aria-label={t('macros.add')}>
        <TextInput size="sm" label={t('form.name')} value={typed.name} maxLength={80} data-autofocus onChange={(event) => set({ name: event.currentTarget.value })} />
        <ActsEditor acts={typed.acts} kinds={macroActs} onActs={(acts) => set({ acts: [...acts] })} />
        <Textarea size="sm" autosize minRows={2} maxRows={10} label={t('macros.text')} description={t('macros.textHint')} value={typed.text} maxLength={4000} onChange={(event) => set({ text: event.currentTarget.value })} />
        {may('moderate') ? <Checkbox size="sm" label={t('macros.shared')} checked={typed.shared} onChange={(event) => set({ shared: event.currentTarget.checked })} /> : null}
        <ProblemNote error={save.error} />
        <Group gap={8}>
          <Button type="submit" size="sm" disabled={!ready} loading={save.isPending}>{t('form.save')}</Button>
          <Button size="sm" variant="subtle" onClick={onClose}>{t('form.cancel')}</Button>
        </Group>
      </form>
    </Card>
  )
}
