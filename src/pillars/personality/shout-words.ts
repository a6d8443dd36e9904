import { fold } from '#text/fold.ts'

const list = (text: string): readonly string[] => text.trim().split(/\s+/)

export const acronyms: ReadonlySet<string> = new Set(list(`
  unesco unicef haccp nato covid gdpr iso gmp usa uk eu who html css http https pdf bbc cnn dna vat fao efsa φπα εφετ ελγο οπεκεπε
  εσπα κτελ οαεδ ελτα ικα εεττ ερτ δεη οτε ηπα αφμ αμκα ευδαπ οασθ εοδυ εοφ ελοτ`))

/** Short words that are not acronyms: in capitals they are raised voices. */
export const spoken: ReadonlySet<string> = new Set(list(`
  buy now free sale new today only off wow hot the and for you all get win stop hey yes not our this here come last call day best
  big us it is to in at by we no go up τωρα νεο νεα μονο ολα ολοι εδω και μην ελα ελατε σασ μασ δωρο μη ναι οχι το τα την τη στο
  στη στα σε για με απο ειναι δεν θα να που πολυ εσυ εμεισ ωρα`))

const accents = list(`
  τώρα μόνο σήμερα αύριο δωρεάν νέο νέα νέος όλα όλοι εδώ έλα ελάτε αγοράστε παραγγείλτε προλάβετε προσφορά προσφορές έκπτωση
  εκπτώσεις μεγάλη μεγάλες μεγάλο πολύ όχι προσοχή ψωμί ψωμιά κουλούρι κουλούρια σίκαλη σίκαλης φούρνος φούρνο μπουγάτσα τσουρέκι
  τσουρέκια καλημέρα καλησπέρα ευχαριστούμε χρόνια πολλά Πάσχα έρχεται ήρθε ανοίγουμε ανοιχτά κλειστά κλείνουμε φρέσκο φρέσκα
  ζεστό ζεστά δώρο δώρα ώρα είναι εσύ εσείς εμείς τυχερός κερδίστε διαγωνισμός μέρα μέρες τελευταία ευκαιρία τιμή τιμές γεια σας
  μας το τα την τη της του τους στο στη στην στα στις σε για με από και ως θα να μη μην δεν που πως`)
/** Greek capitals are written without accents; these words get theirs back. */
export const accented: ReadonlyMap<string, string> = new Map(accents.map((word) => [fold(word), word]))
