import { Button, Group, Modal, MultiSelect, NativeSelect, Text } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemNote } from '#ui/problem.tsx'
import { told } from '#ui/undo.tsx'
import { useNow } from '#ui/when.tsx'
import { ZoneSelect } from '#ui/zone-select.tsx'
import { importFile, type Import, type Imported } from './calls.ts'
import { accountName } from './chip.tsx'
import css from './dialogs.module.css'
import { useLook, wallWords } from './look.tsx'

interface Picked { readonly name: string; readonly text: string; readonly isCsv: boolean }
const largest = 900_000
const fields = ['date', 'time', 'zone', 'title', 'text', 'lang', 'intent', 'format', 'tags', 'accounts', 'campaign', 'which'] as const
type Field = (typeof fields)[number]
type Mapping = Readonly<Partial<Record<Field, string>>>

/** A file of posts: first a trial that shows what would come in and what cannot be taken, row by row, then the thing itself. */
export function ImportDialog({ zone: workspaceZone, onClose }: { zone: string; onClose: () => void }) {
  const look = useLook()
  const { t } = look
  const queries = useQueryClient()
  const [file, setFile] = useState<Picked>()
  const [zone, setZone] = useState(workspaceZone)
  const [accounts, setAccounts] = useState<string[]>([])
  const [mapping, setMapping] = useState<Mapping>()
  const [order, setOrder] = useState<'dmy' | 'mdy'>('dmy')
  const [isTooLarge, setTooLarge] = useState(false)
  const given = (dryRun: boolean, columns = mapping): Import => {
    const shared = { dryRun, zone, accountIds: accounts, campaignId: null, lang: look.lang }
    return file!.isCsv ? { csv: file!.text, ...shared, dateOrder: order, ...(columns ? { mapping: { ...columns } } : {}) } : { ics: file!.text, ...shared }
  }
  const trial = useMutation({ mutationFn: (columns: Mapping | undefined) => importFile(given(true, columns)), onSuccess: (said) => { if (said.format === 'csv') setMapping(said.mapping) } })
  const real = useMutation({ mutationFn: () => importFile(given(false)), onSuccess: async (said) => { told(t('exchange.done', { count: said.made })); onClose(); await queries.invalidateQueries({ queryKey: ['posts'] }) } })
  const pick = async (picked: File | undefined) => {
    if (!picked) return
    setTooLarge(picked.size > largest)
    trial.reset()
    setMapping(undefined)
    const text = picked.size > largest ? '' : await picked.text()
    setFile(picked.size > largest ? undefined : { name: picked.name, text, isCsv: !/^\s*BEGIN:VCALENDAR/i.test(text) })
  }
  return (
    <Modal opened onClose={onClose} size="xl" title={t('exchange.title')} closeButtonProps={{ 'aria-label': t('exchange.close') }}>
      <Text size="sm" c="dimmed" mb={12}>{t('exchange.about')}</Text>
      <label className={css.drop} onDragOver={(event) => event.preventDefault()} onDrop={(event) => { event.preventDefault(); void pick(event.dataTransfer.files[0]) }}>
        <IconFileImport size={24} stroke={1.5} aria-hidden />{file ? file.name : t('exchange.drop')}
        <input type="file" accept=".csv,.ics,.txt,text/csv,text/calendar" aria-label={t('exchange.file')} onChange={(event) => void pick(event.currentTarget.files?.[0])} />
      </label>
      {isTooLarge ? <Text role="alert" size="sm" c="terracotta" mt={8}>{t('exchange.tooLarge')}</Text> : null}
      <Group gap={12} mt={12} align="flex-start" grow>
        <MultiSelect label={t('exchange.accounts')} data={[...look.accounts.keys()].map((id) => ({ value: id, label: accountName(id, look) }))} value={accounts} onChange={setAccounts} />
        <ZoneSelect label={t('exchange.zone')} nothing={t('move.noZone')} value={zone} onChange={setZone} />
        {file?.isCsv ? <NativeSelect label={t('exchange.order')} value={order} onChange={(event) => setOrder(event.currentTarget.value as 'dmy' | 'mdy')} data={(['dmy', 'mdy'] as const).map((value) => ({ value, label: t(`exchange.${value}`) }))} /> : null}
      </Group>
      <ProblemNote error={trial.error ?? real.error} />
      {trial.data ? <Found said={trial.data} mapping={mapping} onMapping={(next) => { setMapping(next); trial.mutate(next) }} /> : null}
      <Group justify="flex-end" gap={8} mt={20}>
        <Button variant="default" onClick={onClose}>{t('move.cancel')}</Button>
        <Button variant={trial.data ? 'default' : 'filled'} disabled={!file} loading={trial.isPending} onClick={() => trial.mutate(mapping)}>{t('exchange.check')}</Button>
        {trial.data ? <Button disabled={trial.data.made === 0} loading={real.isPending} onClick={() => real.mutate()}>{t('exchange.go', { count: trial.data.made })}</Button> : null}
      </Group>
    </Modal>
  )
}

function Found({ said, mapping, onMapping }: { said: Imported; mapping: Mapping | undefined; onMapping: (mapping: Mapping) => void }) {
  const { t } = useLook()
  return (
    <section role="status">
      <div className={css.figures}>
        <span><b>{said.rows}</b>{t('exchange.found', { rows: said.rows })}</span><span><b>{said.made}</b>{t('exchange.made', { count: said.made })}</span>
        {said.known > 0 ? <span><b>{said.known}</b>{t('exchange.known', { count: said.known })}</span> : null}
        {said.wrong > 0 ? <span data-wrong><b>{said.wrong}</b>{t('exchange.wrong', { count: said.wrong })}</span> : null}
      </div>
      <Text size="sm" c="dimmed">{t('exchange.nothingYet')}</Text>
      {said.format === 'csv' ? <Columns columns={said.columns} mapping={mapping ?? {}} onMapping={onMapping} /> : null}
      {said.errors.length > 0 ? <Errors errors={said.errors} /> : null}
      {said.items.length > 0 ? <Rows items={said.items} /> : null}
    </section>
  )
}

function Columns({ columns, mapping, onMapping }: { columns: readonly string[]; mapping: Mapping; onMapping: (mapping: Mapping) => void }) {
  const { t } = useLook()
  const choose = (field: Field, column: string) => onMapping(Object.fromEntries([...Object.entries(mapping).filter(([name]) => name !== field), ...(column ? [[field, column]] : [])]) as Mapping)
  return (
    <details>
      <summary style={{ fontSize: 13, cursor: 'pointer' }}>{t('exchange.columns')}</summary>
      <div className={css.columns}>{fields.map((field) => <NativeSelect key={field} size="xs" label={t(`exchange.fields.${field}`)} value={mapping[field] ?? ''} onChange={(event) => choose(field, event.currentTarget.value)} data={[{ value: '', label: t('exchange.ignore') }, ...columns]} />)}</div>
    </details>
  )
}

function Errors({ errors }: { errors: Imported['errors'] }) {
  const { t, lang } = useLook()
  return (
    <>
      <Text fw={580} size="sm" mt={12}>{t('exchange.errors')}</Text>
      <div className={css.scroll} tabIndex={0} role="region" aria-label={t('exchange.errors')}>
        <table className={css.table}>
          <thead><tr><th scope="col">{t('exchange.line')}</th><th scope="col">{t('exchange.what')}</th><th scope="col">{t('exchange.value')}</th></tr></thead>
          <tbody>{errors.map((one, place) => <tr key={place}><td>{one.line}</td><td>{one.says[lang]}</td><td>{one.value ?? ''}</td></tr>)}</tbody>
        </table>
      </div>
    </>
  )
}

function Rows({ items }: { items: Imported['items'] }) {
  const { t, lang } = useLook()
  const thisYear = String(useNow().getFullYear())
  return (
    <>
      <Text fw={580} size="sm" mt={12}>{t('exchange.rows')}</Text>
      <div className={css.scroll} tabIndex={0} role="region" aria-label={t('exchange.rows')}>
        <table className={css.table}>
          <thead><tr><th scope="col">{t('exchange.line')}</th><th scope="col">{t('exchange.when')}</th><th scope="col">{t('exchange.post')}</th></tr></thead>
          <tbody>{items.map((one) => <tr key={one.line}><td>{one.line}</td><td>{one.wallTime ? `${wallWords(lang, one.wallTime)}${one.wallTime.startsWith(thisYear) ? '' : ` ${one.wallTime.slice(0, 4)}`}` : t('shelf.title')}</td><td>{one.title}{one.known ? ` (${t('exchange.knownMark')})` : ''}</td></tr>)}</tbody>
        </table>
      </div>
    </>
  )
}
