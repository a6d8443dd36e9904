import { Loader } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ask } from '#ui/api.ts'
import { pillarColour } from '#ui/columns-mark.tsx'
import { ProblemNote } from '#ui/problem.tsx'
import { sessionQuery } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { words } from '../shell-words.ts'
import { Door } from './door.tsx'
import css from './door.module.css'

const pillars = ['connectivity', 'generosity', 'honesty', 'personality', 'imagination'] as const

/** The same porch twice: lived in, with steps worn by people, or just drawn. */
function Porch({ lived }: { lived: boolean }) {
  const ink = lived ? 'var(--ink)' : 'none'
  const line = lived ? {} : { stroke: 'var(--line-strong)', strokeWidth: 1, strokeDasharray: '3 3' }
  return (
    <svg viewBox="0 0 200 150" width="220" aria-hidden="true" style={{ maxWidth: '100%', height: 'auto' }}>
      <path d="M100 4 188 40H12Z" fill={ink} {...line} />
      {pillars.map((id, place) => <rect key={id} x={28 + place * 33} y={46} width="14" height="84" rx="2" fill={lived ? pillarColour(id) : 'none'} {...line} />)}
      <rect x="14" y="134" width="172" height="6" rx="1" fill={ink} {...line} />
      <rect x="4" y="143" width="192" height="7" rx="1" fill={ink} {...line} />
      {lived ? <People /> : null}
    </svg>
  )
}

// Three people on the steps, and a loaf between two of them.
const People = () => (
  <g fill="var(--raised)" stroke="var(--ink)" strokeWidth="1.6" strokeLinejoin="round">
    <path d="M48 134v-14a7 7 0 0 1 14 0v14z" /><circle cx="55" cy="107" r="5" />
    <path d="M112 134v-16a7 7 0 0 1 14 0v16z" /><circle cx="119" cy="104" r="5" />
    <path d="M80 134v-10a6 6 0 0 1 12 0v10z" /><circle cx="86" cy="112" r="4.4" />
    <ellipse cx="102" cy="122" rx="7" ry="4" fill="#d9a050" />
  </g>
)

export function TwoDoors() {
  const t = useWords(words)
  const queries = useQueryClient()
  const choose = useMutation({
    mutationFn: (door: 'story' | 'own') => ask('POST', '/setup/door', { door }),
    // The welcome page leads on by the door that was chosen.
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  })
  return (
    <Door broad title={t('welcome.doors')} lead={choose.isPending && choose.variables === 'story' ? t('welcome.preparing') : t('welcome.doorsLead')}>
      <div className={css.doors}>
        {(['story', 'own'] as const).map((door) => (
          <button key={door} type="button" className={css.door} disabled={choose.isPending} onClick={() => choose.mutate(door)}>
            <span className={css.picture}><Porch lived={door === 'story'} /></span>
            <span className={css.doorTitle}>{t(`welcome.${door}`)}</span>
            <span className={css.doorSays}>{t(`welcome.${door}Says`)}</span>
            <span className={css.doorAct}>
              {t(`welcome.${door}Act`)}
              {choose.isPending && choose.variables === door ? <Loader size={16} /> : <IconArrowRight size={18} stroke={1.5} aria-hidden />}
            </span>
          </button>
        ))}
      </div>
      <ProblemNote error={choose.error} />
    </Door>
  )
}
