// Tells the page around how high the comments are, and where the one is that was asked for.
const to = document.documentElement.dataset.page
const tell = (more) => parent.postMessage({ stoaHeight: document.body.scrollHeight, ...more }, to)
if (parent !== window && to) {
  new ResizeObserver(() => tell()).observe(document.body)
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1))
  const top = target ?? document.querySelector('[data-top]')
  if (top) tell({ stoaAt: top.getBoundingClientRect().top + scrollY })
}
