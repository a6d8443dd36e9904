// Runs before the first paint, so that a dark room never flashes white.
(() => {
  const chosen = localStorage.getItem('mantine-color-scheme-value')
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
  document.documentElement.style.background = dark ? '#161513' : '#fbf9f5'
  addEventListener('load', () => document.documentElement.style.removeProperty('background'))
})()
