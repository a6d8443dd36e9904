import { inBoth } from '../words.ts'

export const words = inBoth({
  pillars: { connectivity: 'Connectivity', generosity: 'Generosity', honesty: 'Honesty', personality: 'Personality', imagination: 'Imagination' },
  weight: { note: 'advice', warn: 'worth a look', stop: 'holds it' },
  use: 'Use this', goTo: 'Show the place', before: 'Said on {day}', reason: 'Why this is right as it is', reasonPlace: 'One sentence, for the team',
  list: 'What the pillars say', quiet: 'The pillars have nothing to add.',
} as const, {
  pillars: { connectivity: 'Σύνδεση', generosity: 'Γενναιοδωρία', honesty: 'Ειλικρίνεια', personality: 'Προσωπικότητα', imagination: 'Φαντασία' },
  weight: { note: 'συμβουλή', warn: 'αξίζει μια ματιά', stop: 'το κρατά' },
  use: 'Βάλε αυτό', goTo: 'Δείξε το σημείο', before: 'Ειπώθηκε στις {day}', reason: 'Γιατί είναι σωστό έτσι', reasonPlace: 'Μία πρόταση, για την ομάδα',
  list: 'Τι λένε οι πυλώνες', quiet: 'Οι πυλώνες δεν έχουν κάτι να πουν.',
})
