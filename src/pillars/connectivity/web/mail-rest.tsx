import { useWords } from '#ui/words.ts'
import type { Message } from './calls.ts'
import { mailWords } from './mail-words.ts'
import css from './thread.module.css'

/** What a mail program put under the words, and whether a machine wrote them. */
export function MailRest({ message }: { message: Pick<Message, 'folded' | 'automatic' | 'lang'> }) {
  const t = useWords(mailWords)
  return (
    <>
      {message.automatic ? <p className={css.why}>{t('automatic')}</p> : null}
      {message.folded ? <details><summary className={css.why}>{t('folded')}</summary><div className={css.text} lang={message.lang ?? undefined}>{message.folded}</div></details> : null}
    </>
  )
}
