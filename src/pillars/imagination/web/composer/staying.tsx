import { IconInfoCircle } from '@tabler/icons-react'
import { useLang } from '#ui/lang.tsx'
import type { Post } from '../calls.ts'
import css from './warnings.module.css'

/** The accounts on which what is out stays as it is, each by name and with its reason. */
export function Staying({ post }: { post: Post }) {
  const { pick } = useLang()
  if (post.staying.length === 0) return null
  return <ul className={css.list} style={{ margin: '0 0 12px' }}>{post.staying.map((one) => <li key={one.accountId}><IconInfoCircle size={16} stroke={1.5} aria-hidden /><span>{pick(one.says)}</span></li>)}</ul>
}
