import { Button, FileButton, Text } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { sendFile } from '#ui/api.ts'
import { ProblemNote } from '#ui/problem.tsx'
import { Progress } from '#ui/progress.tsx'
import { useWords } from '#ui/words.ts'
import type { Seen } from './calls.ts'
import css from './settings.module.css'
import { words } from './words.ts'

/** A file chosen or dropped goes to the server, which looks at it and takes in nothing yet. */
export function ChooseFile({ took }: { took: (file: Seen) => void }) {
  const t = useWords(words)
  const [share, setShare] = useState(0)
  const [isOver, setOver] = useState(false)
  const send = useMutation({ mutationFn: (file: File) => { setShare(0); return sendFile<Seen>('/imports', file, setShare) }, onSuccess: took })
  return (
    <>
      <div className={`${css.drop} ${isOver ? css.over : ''}`} onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)}
        onDrop={(event) => { event.preventDefault(); setOver(false); const file = event.dataTransfer.files[0]; if (file) send.mutate(file) }}>
        {send.isPending ? <Progress label={t('data.uploading', { name: send.variables.name })} done={share} total={1} counts={false} /> : (
          <>
            <IconFileUpload size={32} stroke={1.25} aria-hidden />
            <div style={{ margin: '8px 0 4px' }}>
              <FileButton accept=".csv,.tsv,.txt,.jsonl,.ndjson,.json,.xml,.zip" inputProps={{ 'aria-label': t('data.choose'), tabIndex: -1 }} onChange={(file) => { if (file) send.mutate(file) }}>{(props) => <Button {...props}>{t('data.choose')}</Button>}</FileButton>
            </div>
            <Text size="sm" c="dimmed">{t('data.drop')}</Text>
          </>
        )}
      </div>
      <ProblemNote error={send.error} />
    </>
  )
}
