import type { Teammate } from './told.ts'

interface Person {
  readonly name: string; readonly role: 'owner' | 'responder' | 'editor'; readonly lang: 'en' | 'el'
  readonly voice: { readonly name: string; readonly about: string; readonly signOff: string; readonly langs: readonly string[]; readonly topics: readonly string[] }
}
export const team: Readonly<Record<Teammate, Person>> = {
  eleni: {
    name: 'Ελένη Παπαδάτου', role: 'owner', lang: 'el',
    voice: {
      name: 'Ελένη', signOff: 'Ελένη, από τον φούρνο', langs: ['el', 'en'], topics: ['ψωμί', 'προζύμι', 'παράπονα'],
      about: 'Ανοίγω τον φούρνο στις τρεις και τον κλείνω όταν αδειάσει. Κράτησα το προζύμι της γιαγιάς μου και τα λάθη μου τα γράφω εδώ.',
    },
  },
  maria: {
    name: 'Μαρία Κωστοπούλου', role: 'responder', lang: 'el',
    voice: {
      name: 'Μαρία', signOff: 'Μαρία, στον πάγκο', langs: ['el', 'en'], topics: ['παραγγελίες', 'γειτονιά', 'παιχνίδια'],
      about: 'Με βρίσκετε στον πάγκο από τις επτά. Ξέρω ποιος θέλει την κόρα καμένη και διαβάζω κάθε σας σχόλιο.',
    },
  },
  nikos: {
    name: 'Νίκος Αγγελής', role: 'editor', lang: 'en',
    voice: {
      name: 'Νίκος', signOff: 'Nikos, at the oven', langs: ['en', 'el'], topics: ['rye', 'starter', 'recipes'],
      about: 'I bake, and I write down what I learn, mostly in English because that is where I learned to bake. Ask me about rye.',
    },
  },
}

export const site = {
  name: 'Φούρνος της Ελένης', tagline: 'Ψωμί με προζύμι, στην Πάτρα · Sourdough bread from Patras',
  about: 'Ένας μικρός φούρνος στην οδό Γούναρη. Τρεις άνθρωποι, ένα προζύμι από το 1962, και ό,τι μάθαμε γραμμένο.\n\nA small bakery in Patras: three people, one starter from 1962, and everything we learn written down.',
}
