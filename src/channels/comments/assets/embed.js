// Puts the comments of this page where the script stands. Nothing is stored and nothing is read but the page's address and title.
(() => {
  const script = document.currentScript ?? document.querySelector('script[src*="/comments/embed.js"]')
  if (!script) return
  const origin = new URL(script.src).origin
  const own = document.querySelector('link[rel=canonical]')?.href
  const page = script.dataset.page || (own && new URL(own).origin === location.origin ? own : location.href)
  const query = new URLSearchParams({ page: new URL(page, location.href).href, title: script.dataset.title || document.title })
  if (script.dataset.lang) query.set('lang', script.dataset.lang)
  const wanted = /^#stoa-([\w-]+)$/.exec(location.hash)
  const frame = document.createElement('iframe')
  frame.src = `${origin}/comments/frame?${query}${wanted ? `#c-${wanted[1]}` : ''}`
  frame.title = script.dataset.label || ((document.documentElement.lang || '').startsWith('el') ? 'Σχόλια' : 'Comments')
  frame.loading = wanted ? 'eager' : 'lazy'
  frame.referrerPolicy = 'origin'
  frame.style.cssText = 'width:100%;height:420px;border:0;display:block;color-scheme:normal'
  addEventListener('message', ({ origin: from, source, data }) => {
    if (from !== origin || source !== frame.contentWindow || !data || typeof data.stoaHeight !== 'number') return
    frame.style.height = `${Math.min(Math.max(Math.ceil(data.stoaHeight), 80), 100000)}px`
    if (typeof data.stoaAt === 'number') scrollTo({ top: frame.getBoundingClientRect().top + scrollY + data.stoaAt - 24 })
  })
  script.after(frame)
})()
