import { expect, test } from 'vitest'
import { strengthOf } from './strength.ts'

test.each([
  ['', 'empty'],
  ['psomi', 'short'],
  ['aaaaaaaaaaaa', 'weak'],
  ['1234567890', 'weak'],
  ['password123', 'weak'],
  ['Ελένη-ελενη-1', 'weak'],
  ['eleni@fournos.example', 'weak'],
  ['ψωμί στις έξι', 'fair'],
  ['ζεστό ψωμί στις έξι το πρωί', 'good'],
  ['warm bread at six in Patras', 'good'],
] as const)('“%s” is called %s', (password, called) => {
  expect(strengthOf(password, ['Ελένη', 'eleni@fournos.example'])).toBe(called)
})
