import { IconFile } from '@tabler/icons-react'
import { useLang } from '#ui/lang.tsx'
import { useWords } from '#ui/words.ts'
import type { Message } from './calls.ts'
import css from './thread.module.css'
import { words } from './words/words.ts'

type Files = NonNullable<Message['attachments']>
export const isPicture = (type: string): boolean => /^image\/(webp|png|jpe?g|gif|avif)$/.test(type)
/** "1.4 MB": the size of a file in the unit that keeps it short. */
export function sizeText(bytes: number, lang: string): string {
  const [size, unit] = bytes >= 1_000_000 ? [bytes / 1_000_000, 'megabyte'] : bytes >= 1000 ? [bytes / 1000, 'kilobyte'] : [bytes, 'byte']
  return new Intl.NumberFormat(lang, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: size < 10 ? 1 : 0 }).format(size)
}

/** What came with a message: pictures to look at, files by name and size. */
export function Attachments({ files }: { files: Files }) {
  const t = useWords(words)
  const { lang } = useLang()
  return (
    <ul className={css.files}>
      {files.map((file) => (
        <li key={file.id}>
          {isPicture(file.type) ? (
            <a href={file.url} target="_blank" rel="noreferrer" aria-label={t('files.open', { name: file.name })}>
              <img src={file.url} alt={file.alt || file.name} loading="lazy" className={css.thumb} {...(file.width && file.height ? { width: file.width, height: file.height } : {})} />
            </a>
          ) : <a href={file.url} download={file.name} className={css.file}><IconFile size={18} stroke={1.5} aria-hidden /><span>{file.name}</span><small>{sizeText(file.bytes, lang)}</small></a>}
        </li>
      ))}
    </ul>
  )
}
