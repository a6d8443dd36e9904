import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Lang } from '#kit/lang.ts'
import { ask } from '#ui/api.ts'
import { useLang } from '#ui/lang.tsx'

/** Switches the language of the screen at once and remembers it for the member. */
export function useSpeak() {
  const { speak } = useLang()
  const keep = useMutation({ mutationFn: (lang: Lang) => ask('PATCH', '/me', { lang }) })
  return (lang: Lang) => { speak(lang); keep.mutate(lang) }
}

export function useSignOut() {
  const queries = useQueryClient()
  const router = useRouter()
  return async () => {
    await ask('DELETE', '/session')
    queries.clear()
    await router.invalidate()
  }
}
