import { ActionIcon, TextInput } from '@mantine/core'
import { IconAlertCircle, IconFile, IconPaperclip, IconX } from '@tabler/icons-react'
import { useRef, useState, type DragEvent, type ReactNode } from 'react'
import { useLang } from '#ui/lang.tsx'
import { useWords } from '#ui/words.ts'
import { isPicture, sizeText } from './attachments.tsx'
import { attachWords } from './attach-words.ts'
import type { Along, Takes } from './calls.ts'
import css from './attach.module.css'
import type { Coming, useAttach } from './use-attach.ts'

type Attach = ReturnType<typeof useAttach>

/** Opens the file chooser. */
export function AttachButton({ takes, attach }: { takes: Takes; attach: Attach }) {
  const t = useWords(attachWords)
  const box = useRef<HTMLInputElement>(null)
  const limits = useLimits(takes)
  return (
    <>
      <input ref={box} type="file" hidden multiple accept={takes.accept} onChange={({ currentTarget: input }) => { attach.add([...input.files ?? []]); input.value = '' }} />
      <ActionIcon size={30} aria-label={t('attach')} title={`${t('attach')}. ${limits}`} onClick={() => box.current?.click()}><IconPaperclip size={17} stroke={1.5} aria-hidden /></ActionIcon>
    </>
  )
}

function useLimits(takes: Takes): string {
  const t = useWords(attachWords)
  const { lang } = useLang()
  const [max, size] = [String(takes.max), sizeText(takes.maxBytes, lang)]
  return takes.maxTotal === null || takes.maxTotal >= takes.max * takes.maxBytes ? t('limits', { max, size }) : t('limitsTotal', { max, size, total: sizeText(takes.maxTotal, lang) })
}

/** Around the answer: what is dropped or pasted here is attached. */
export function DropPlace({ attach, off, children }: { attach: Attach; off: boolean; children: ReactNode }) {
  const t = useWords(attachWords)
  const [over, setOver] = useState(false)
  if (off) return <>{children}</>
  const withFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  return (
    <div
      className={css.place} data-over={over || undefined}
      onDragOver={(event) => { if (withFiles(event)) { event.preventDefault(); setOver(true) } }} onDragLeave={(event) => { if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false) }}
      onDrop={(event) => { setOver(false); if (withFiles(event)) { event.preventDefault(); attach.add(event.dataTransfer.files) } }}
      onPaste={(event) => { if (event.clipboardData.files.length > 0) { event.preventDefault(); attach.add(event.clipboardData.files) } }}
    >
      {children}
      {over ? <p className={css.over} aria-hidden>{t('drop')}</p> : null}
    </div>
  )
}

interface Given { readonly takes: Takes; readonly files: readonly Along[]; readonly attach: Attach; readonly onFiles: (change: (now: readonly Along[]) => readonly Along[]) => void }
/** What goes along: each with its size, and a way to take it out. */
export function AlongList({ takes, files, attach, onFiles }: Given) {
  const t = useWords(attachWords)
  const limits = useLimits(takes)
  if (files.length === 0 && attach.coming.length === 0) return null
  return (
    <div className={css.along}>
      <ul aria-label={t('along')}>
        {files.map((file) => (
          <One
            key={file.id} file={file} takes={takes} onDrop={() => onFiles((now) => now.filter((one) => one.id !== file.id))}
            onAlt={(alt) => onFiles((now) => now.map((one) => (one.id === file.id ? { ...one, alt } : one)))}
          />
        ))}
        {attach.coming.map((one) => <OnItsWay key={one.key} one={one} onDrop={() => attach.drop(one.key)} />)}
      </ul>
      <p className={css.limits}>{limits}</p>
    </div>
  )
}

function One({ file, takes, onDrop, onAlt }: { file: Along; takes: Takes; onDrop: () => void; onAlt: (alt: string) => void }) {
  const t = useWords(attachWords)
  const { lang } = useLang()
  return (
    <li className={css.one}>
      {isPicture(file.type) ? <img src={file.url} alt="" className={css.small} /> : <IconFile size={20} stroke={1.5} aria-hidden />}
      <span className={css.name}>{file.name}{file.bytes > 0 ? <small>{sizeText(file.bytes, lang)}</small> : null}</span>
      {takes.as === 'pictures' ? <TextInput className={css.alt} size="xs" aria-label={t('alt', { name: file.name })} placeholder={t('altPlace')} maxLength={takes.altMax ?? 1_500} value={file.alt ?? ''} onChange={(event) => onAlt(event.currentTarget.value)} /> : null}
      <ActionIcon size={28} aria-label={t('remove', { name: file.name })} onClick={onDrop}><IconX size={15} stroke={1.5} aria-hidden /></ActionIcon>
    </li>
  )
}

function OnItsWay({ one, onDrop }: { one: Coming; onDrop: () => void }) {
  const t = useWords(attachWords)
  const { wrong } = one
  return (
    <li className={css.one}>
      {wrong ? <IconAlertCircle size={20} stroke={1.5} aria-hidden className={css.bad} /> : <progress value={one.share} max={1} aria-label={t('coming', { name: one.name })} />}
      <span className={css.name}>{one.name}{wrong ? <small role="alert" className={css.bad}>{wrong.is === 'refused' ? wrong.error.detail || wrong.error.title || t('unreached') : t(wrong.is)}</small> : null}</span>
      {wrong ? <ActionIcon size={28} aria-label={t('remove', { name: one.name })} onClick={onDrop}><IconX size={15} stroke={1.5} aria-hidden /></ActionIcon> : null}
    </li>
  )
}
