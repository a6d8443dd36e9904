import { useEffect, type ReactNode } from 'react'
import css from './page.module.css'

interface Screen { title: string; lead?: ReactNode; acts?: ReactNode; width?: 'narrow' | 'middle' | 'wide'; children: ReactNode; /** The title as it is drawn, when it is more than text. */ head?: ReactNode }

/** One screen: its title (the document's too), what can be done, and the rest. */
export function Page({ title, lead, acts, width = 'middle', head, children }: Screen) {
  useEffect(() => { document.title = `${title} · Stoa` }, [title])
  return (
    <div className={`${css.page} ${width === 'wide' ? css.wide : width === 'narrow' ? css.narrow : ''}`}>
      <header className={css.head}>
        <div>
          {head ?? <h1 className={css.title}>{title}</h1>}
          {lead ? <p className={css.lead}>{lead}</p> : null}
        </div>
        {acts ? <div className={css.acts}>{acts}</div> : null}
      </header>
      {children}
    </div>
  )
}

export function Section({ title, lead, acts, children }: { title?: string; lead?: ReactNode; acts?: ReactNode; children: ReactNode }) {
  return (
    <section className={css.section} {...(title ? { 'aria-label': title } : {})}>
      {title ? <div className={css.sectionHead}><h2 className={css.sectionTitle}>{title}</h2>{acts}</div> : null}
      {lead ? <p className={css.sectionLead}>{lead}</p> : null}
      {children}
    </section>
  )
}

export function Card({ children, padded = true }: { children: ReactNode; padded?: boolean }) {
  return <div className={`${css.card} ${padded ? css.padded : ''}`}>{children}</div>
}
