// Search as you type, answers while asking, and drafts that are not lost. Every page works without it.
const wait = (work, ms) => { let timer; return (...given) => { clearTimeout(timer); timer = setTimeout(() => work(...given), ms) } }

function suggest(field, list, any) {
  let asked = 0
  const look = wait(async () => {
    const q = field.value.trim()
    const mine = ++asked
    if (q.length < 3) return list.replaceChildren()
    const answer = await window.fetch(`/forum/suggest?q=${encodeURIComponent(q.slice(0, 200))}${any ? '&any=1' : ''}`).catch(() => undefined)
    if (!answer?.ok || mine !== asked) return
    const { items } = await answer.json()
    list.replaceChildren(...items.map(({ title, url, note }) => {
      const [item, link, small] = [document.createElement('li'), document.createElement('a'), document.createElement('small')]
      link.href = url
      link.textContent = title
      small.textContent = ` ${note}`
      link.append(small)
      item.append(link)
      return item
    }))
    list.closest('[hidden]')?.removeAttribute('hidden')
  }, 180)
  field.addEventListener('input', look)
  field.addEventListener('keydown', (event) => { if (event.key === 'Escape') list.replaceChildren() })
}

for (const field of document.querySelectorAll('[data-suggest]')) {
  const list = document.getElementById(field.dataset.suggest)
  if (list) suggest(field, list, field.dataset.any === 'yes')
}

// With an account a draft is kept by the server, and before that in this browser; what was sent is forgotten.
const form = document.querySelector('form[data-draft]')
if (form) {
  const place = `forum draft ${form.dataset.draft}`
  const status = form.querySelector('[data-kept]')
  const fields = [...form.querySelectorAll('input[name=title],input[name=tags],textarea[name=text]')]
  const typed = () => Object.fromEntries(fields.map((one) => [one.name, one.value]))
  const read = () => { try { return JSON.parse(localStorage.getItem(place) ?? 'null') } catch { return null } }
  const kept = read()
  if (kept && fields.every((one) => one.value === '')) for (const one of fields) one.value = kept[one.name] ?? ''
  const keep = wait(async () => {
    localStorage.setItem(place, JSON.stringify(typed()))
    if (form.dataset.account !== 'yes') { if (status) status.textContent = status.dataset.here; return }
    const sent = await window.fetch('/forum/draft', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ place: form.dataset.draft, ...typed() }) }).catch(() => undefined)
    if (status) status.textContent = sent?.ok ? status.dataset.there : status.dataset.here
  }, 900)
  for (const one of fields) one.addEventListener('input', keep)
  form.addEventListener('submit', (event) => { if (event.submitter?.value !== 'preview') localStorage.removeItem(place) })
}

// An address is copied by one press, where the browser lets us.
for (const button of document.querySelectorAll('[data-copy]')) {
  const from = document.getElementById(button.dataset.copy)
  if (!from || !window.navigator.clipboard) continue
  button.hidden = false
  button.addEventListener('click', async () => {
    await window.navigator.clipboard.writeText(from.textContent)
    button.textContent = button.dataset.done
  })
}
