import { useLang } from '#ui/lang.tsx'
import { useWords } from '#ui/words.ts'
import { useAccountName } from '../account-name.ts'
import type { Account } from '../calls.ts'
import { roomOf, tightestOf, type Room } from '../room.ts'
import css from './count.module.css'
import { words } from './words/words.ts'

const around = 2 * Math.PI * 7
// With more than this left nobody counts.
const plenty = 5000
// Room is worth showing as a number once it gets short.
const isShort = ({ left, max }: Room): boolean => left <= Math.max(20, max * 0.1)

/** How much room is left, as a ring; the number stands beside it. */
function Ring({ room }: { room: Room }) {
  const share = Math.min(1, room.used / room.max)
  return (
    <svg className={css.ring} width="18" height="18" viewBox="0 0 18 18" aria-hidden data-over={room.over > 0 || undefined} data-short={isShort(room) || undefined}>
      <circle cx="9" cy="9" r="7" />
      <circle cx="9" cy="9" r="7" strokeDasharray={`${share * around} ${around}`} transform="rotate(-90 9 9)" />
    </svg>
  )
}

/** The live count of one text for the accounts it goes to: the tightest of them speaks. */
export function Count({ text, accounts }: { text: string; accounts: readonly Account[] }) {
  const t = useWords(words)
  const { lang } = useLang()
  const name = useAccountName()
  const tight = tightestOf(accounts, text)
  if (!tight || tight.room.left > plenty) return null
  const { room, account } = tight
  const number = (value: number) => value.toLocaleString(lang)
  const where = accounts.length > 1 ? name.channel(account) : undefined
  return (
    <span className={css.count} data-over={room.over > 0 || undefined}>
      <Ring room={room} />
      {room.over > 0 ? t('count.over', { over: number(room.over) }) : t('count.left', { left: number(room.left) })}
      {where ? <span className={css.where}>{t('count.on', { name: where })}</span> : null}
    </span>
  )
}

/** The count of one account in few signs, for its tab. */
export function Mini({ account, text }: { account: Account; text: string }) {
  const { lang } = useLang()
  const room = roomOf(account, text)
  if (room.left > plenty) return null
  return <span className={css.mini} data-over={room.over > 0 || undefined}><Ring room={room} />{isShort(room) || room.over > 0 ? room.left.toLocaleString(lang) : null}</span>
}
