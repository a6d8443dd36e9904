import '#ui/theme.css'
import { MantineProvider } from '@mantine/core'
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { Problem } from '#ui/api.ts'
import { ReaderProvider } from '#ui/lang.tsx'
import { startLive } from '#ui/live.ts'
import { sessionQuery, type Session } from '#ui/session.ts'
import { cssVariables, theme } from '#ui/theme.ts'
import { makeRouter } from './router.tsx'

const Toasts = lazy(async () => ({ default: (await import('./toasts.tsx')).Toasts }))

// What cannot change by asking again is not asked again.
const mayRetry = (count: number, error: Error) => count < 2 && !(error instanceof Problem && error.status >= 400 && error.status < 500)

const queries: QueryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 30_000, retry: mayRetry, refetchOnWindowFocus: false } },
  queryCache: new QueryCache({
    onError: (error) => {
      if (!(error instanceof Problem && error.status === 401)) return
      void queries.invalidateQueries({ queryKey: sessionQuery.queryKey }).then(() => router.invalidate())
    },
  }),
})
const router = makeRouter(queries)

// Who is here and the screen that was asked for are fetched side by side, not one after the other.
void queries.prefetchQuery(sessionQuery)
const routes = router.routesById as Readonly<Record<string, { readonly options: { readonly component?: unknown } } | undefined>>
for (const { routeId } of router.matchRoutes(router.latestLocation) as readonly { readonly routeId: string }[]) {
  const screen = routes[routeId]?.options.component
  if (typeof screen === 'function' && 'preload' in screen && typeof screen.preload === 'function') void screen.preload()
}

// The stream needs a member; it starts with the first session that has one and ends with it.
let stopLive: (() => void) | undefined
queries.getQueryCache().subscribe(({ query }) => {
  if (query.queryKey[0] !== 'session') return
  const isIn = (query.state.data as Session | undefined)?.state === 'signed-in'
  if (isIn) stopLive ??= startLive(queries)
  else if (stopLive) { stopLive(); stopLive = undefined }
})

// After an update the parts this page knows are gone: it is loaded anew, once.
window.addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem('stoa.reloaded') ?? 0)
  if (Date.now() - last < 60_000) return
  sessionStorage.setItem('stoa.reloaded', String(Date.now()))
  event.preventDefault()
  window.location.reload()
})

const root = document.getElementById('stoa')
if (!root) throw new Error('The page has no place for the workspace.')
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <ReaderProvider>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
          <Suspense><Toasts /></Suspense>
        </QueryClientProvider>
      </ReaderProvider>
    </MantineProvider>
  </StrictMode>,
)
