import type { ToldPost } from './told.ts'

// The summer before the campaign: less was said, and more of it asked.
const summer: readonly ToldPost[] = [
  {
    key: 'summer-hours', day: 57, at: '10:00', by: 'maria', lang: 'el', intent: 'talk', format: 'news', tags: ['ωράριο'], likes: 1,
    title: 'Θερινό ωράριο',
    text: 'Ως το τέλος του μήνα ανοίγουμε στις επτά και κλείνουμε στις δύο. Το απόγευμα ο φούρνος ξεκουράζεται κι εμείς μαζί του.',
  },
  {
    key: 'cards', day: 52, at: '12:00', by: 'eleni', lang: 'el', intent: 'ask', format: 'offer', tags: ['παραγγελίες'], likes: 1,
    title: 'Κάρτα για το χωριάτικο',
    text: 'Βγάλαμε κάρτα: οκτώ χωριάτικα, το ένατο δικό μας. Ζητήστε την στον πάγκο και φέρνετέ την κάθε φορά.',
  },
  {
    key: 'tsoureki', day: 47, at: '11:30', by: 'eleni', lang: 'el', intent: 'ask', format: 'offer', tags: ['παραγγελίες'], likes: 2,
    title: 'Τσουρέκι με παραγγελία',
    text: 'Αύγουστος και ζυμώνουμε τσουρέκι, επειδή το ζητήσατε. Παραγγείλετε ως την Πέμπτη, βγαίνει Σάββατο πρωί, 7 € το ένα. Πόσα να πλάσουμε;',
  },
  {
    key: 'heat', day: 42, at: '18:00', by: 'nikos', lang: 'en', intent: 'talk', format: 'story', tags: ['summer'], likes: 2, shares: 1,
    title: 'Baking at 38 degrees',
    text: `The thermometer by the oven said 51 this morning. The dough rises in half the time and waits for nobody, so I come at one instead of three, and weigh ice instead of water.

I like it, in a way. Everything happens quickly and there is no time to have doubts.`,
  },
  {
    key: 'order-pies', day: 37, at: '12:15', by: 'maria', lang: 'el', intent: 'ask', format: 'offer', tags: ['παραγγελίες'], likes: 1,
    title: 'Πίτες για τις διακοπές',
    text: 'Φεύγετε για χωριό; Παραγγείλετε χορτόπιτα ή τυρόπιτα σε ταψί μιας χρήσης, μία μέρα πριν. Ταξιδεύουν καλά και τρώγονται κρύες.',
  },
  {
    key: 'back', day: 33, at: '08:00', by: 'eleni', lang: 'el', intent: 'give', format: 'guide', tags: ['συνταγή'], likes: 3, shares: 1,
    title: 'Λαγάνα για όσους γύρισαν και έχουν άδειο ψυγείο',
    text: `Μισό κιλό αλεύρι, 320 γρ. νερό, λίγη μαγιά, αλάτι, λάδι στα δάχτυλα. Το ζυμώνετε πέντε λεπτά, το ξεχνάτε μία ώρα, το ανοίγετε στο ταψί με τα χέρια και το τρυπάτε. Στους 230, δεκαοκτώ λεπτά.

Με ντομάτα και ρίγανη είναι βραδινό. Καλώς ήρθατε πίσω. Τι βρήκατε στο ντουλάπι;`,
  },
]

const autumn: readonly ToldPost[] = [
  {
    key: 'three-o-clock', day: 29, at: '07:10', by: 'eleni', lang: 'el', intent: 'talk', format: 'story', tags: ['φούρνος'], likes: 2, shares: 1,
    picture: { drawing: 'night', alt: 'Η Πάτρα νύχτα: ένα μόνο παράθυρο φωτισμένο, και ατμός από την καμινάδα.' },
    title: 'Τι κάνει ένας φούρνος στις τρεις τη νύχτα',
    text: `Στις τρεις παρά τέταρτο η Γούναρη είναι άδεια. Ακούγεται μόνο το ψυγείο του απέναντι και τα κλειδιά μου.

Πρώτα ανάβω τον φούρνο. Θέλει μία ώρα και κάτι για να φτάσει εκεί που πρέπει, και τον ξέρω πια από τον ήχο. Μετά ξεσκεπάζω τη ζύμη που πλάσαμε χθες το απόγευμα. Αν έχει ζέστη, έχει φουσκώσει παραπάνω και βιάζομαι. Αν έχει υγρασία, περιμένω.

Στις πέντε έρχεται ο Νίκος. Λέμε καλημέρα χωρίς να το πούμε. Στις έξι και μισή μυρίζει ο δρόμος, και λίγο αργότερα μπαίνει ο πρώτος πελάτης: ο κύριος Αντώνης, δεκαεπτά χρόνια τώρα, με τα ακριβή λεφτά στο χέρι.

Με ρωτούν αν βαριέμαι. Κάθε ζύμη είναι αλλιώτικη. Εσείς, ποια ώρα της ημέρας σας έχετε όλη δική σας;`,
  },
  {
    key: 'starter', day: 28, at: '10:00', by: 'nikos', lang: 'en', intent: 'give', format: 'guide', tags: ['sourdough', 'recipe'], likes: 5, shares: 2,
    picture: { drawing: 'jar', alt: 'A glass jar of bubbling sourdough with a red band marking how high it stood in the morning.' },
    title: 'A starter of your own in seven days',
    text: `You need flour, water, a jar and a week. Nothing to buy from us.

**Day 1.** Stir 50 g of wholemeal flour into 50 g of water. Cover loosely.

**Days 2 and 3.** Leave it alone. It may smell odd. That is normal.

**Days 4 to 6.** Each morning keep one spoonful, throw the rest in the compost, and feed it 50 g of flour and 50 g of water. Put a rubber band at the level where it starts.

**Day 7.** If it doubles within six hours, it can raise a loaf. If not, feed it for two more days. Cold kitchens take longer, and nobody ever believes me about this.

Impatient? Come by with a clean jar any morning and I will give you a spoonful of ours. It is older than I am.

What does yours smell like on day three? Tell me below, I collect the answers.`,
  },
  {
    key: 'rye-begins', day: 27, at: '08:30', by: 'eleni', lang: 'el', intent: 'talk', format: 'news', campaign: true, tags: ['σίκαλη'], likes: 4, shares: 1,
    picture: { drawing: 'rye', alt: 'Χωράφι με ώριμη σίκαλη και χαμηλός ήλιος πίσω από τους λόφους.' },
    title: 'Φέτος το φθινόπωρο ψήνουμε σίκαλη',
    text: `Για έξι εβδομάδες θα ψήνουμε κάθε μέρα ψωμί από σίκαλη. Την καλλιεργεί η οικογένεια Ζαφειρόπουλου, έξω από τα Καλάβρυτα, στα οκτακόσια πενήντα μέτρα. Την αλέθει ο μύλος του χωριού, αργά, σε πέτρα.

Γιατί σίκαλη; Επειδή κάποτε ήταν το ψωμί αυτού του τόπου και σχεδόν χάθηκε. Επειδή κρατάει μέρες. Κι επειδή, να το πω όπως είναι, βαρέθηκα να λέω ότι κάποια μέρα θα τη δοκιμάσω.

Δεν ξέρουμε αν θα σας αρέσει. Είναι βαρύ ψωμί, λίγο ξινό, σκούρο. Θα γράφουμε εδώ τι μάθαμε, τι πετύχαμε και τι όχι. Από αύριο υπάρχει στον πάγκο μια ψωμιέρα για να δοκιμάσετε.

Έχετε φάει ποτέ ψωμί από σίκαλη; Πείτε μας πού, και πώς ήταν.`,
  },
  {
    key: 'bread-of-home', day: 25, at: '18:00', by: 'maria', lang: 'el', intent: 'talk', format: 'question', tags: ['γειτονιά'], likes: 5, shares: 1,
    title: 'Ποιο ψωμί θυμάστε από το σπίτι σας;',
    text: `Σήμερα μια κυρία μύρισε το μπαγιάτικο καρβέλι που είχαμε για φρυγανιές, έκλεισε τα μάτια και είπε: «το ντουλάπι της μάνας μου». Στάθηκε λίγο, πήρε μισό κιλό χωριάτικο και έφυγε. Το σκέφτομαι από το πρωί.

Εγώ θυμάμαι τα παξιμάδια της θείας Βάσως στο Ρίο. Τα έκρυβε σε μια μαξιλαροθήκη πάνω από την ντουλάπα και όλοι ξέραμε πού είναι.

Εσείς; Ποιο ψωμί υπήρχε στο σπίτι που μεγαλώσατε, και ποιος το έκοβε; Θα τις διαβάσω όλες τις απαντήσεις. Κι αν κάποιο μπορούμε να το ξαναφτιάξουμε, θα το φτιάξουμε.`,
  },
  {
    key: 'why-rye-costs', day: 24, at: '11:15', by: 'nikos', lang: 'en', intent: 'talk', format: 'story', campaign: true, tags: ['rye', 'prices'], likes: 7, shares: 2,
    picture: { drawing: 'scale', alt: 'An old balance: a loaf of rye on the lower pan, a heap of flour on the higher one.' },
    title: 'Why our rye costs €4.80',
    text: `The country loaf is €2.60. The rye is €4.80 for the same weight. People ask, and they are right to ask. Here is the sum for one kilo:

- Flour: €1.55. Ordinary wheat flour would be €0.52. The farm near Kalavryta grows little, and the mill grinds slowly.
- Work: €1.60. Rye dough is sticky and does not like machines, so we shape it by hand and wash up twice.
- Oven: €0.45. It bakes for 70 minutes instead of 40.
- Rent, insurance, paper bag: €0.70.
- What is left for the shop: €0.50. On the country loaf it is €0.55.

Could it be cheaper? Yes: with imported flour and a bit of malt for colour, about €3.40. We tried that and it was a decent loaf. We did not want to call it rye from Achaia.

If €4.80 is too much, ask for half or a quarter. Same price per gram. What would you have left out of the sum?`,
  },
  {
    key: 'koulouria', day: 23, at: '09:00', by: 'eleni', lang: 'el', intent: 'give', format: 'guide', tags: ['συνταγή'], likes: 8, shares: 3,
    picture: { drawing: 'koulouri', alt: 'Τρία σουσαμένια κουλούρια σε λευκό πιάτο, ακόμη ζεστά.' },
    title: 'Κουλούρια με σουσάμι για Κυριακή πρωί',
    text: `Για δέκα κουλούρια:

- 500 γρ. αλεύρι για ψωμί
- 300 γρ. χλιαρό νερό
- 7 γρ. ξηρή μαγιά
- 1 κουταλιά ζάχαρη, 1 κουταλάκι αλάτι, 2 κουταλιές λάδι
- 200 γρ. σουσάμι και ένα μπολ νερό με μια κουταλιά πετιμέζι

Ζυμώνετε δέκα λεπτά. Αφήνετε τη ζύμη μία ώρα σκεπασμένη. Την κόβετε στα δέκα, κάνετε κορδόνια τριάντα πόντους και τα κλείνετε σε κρίκο.

Το μυστικό είναι το πετιμέζι: βουτάτε πρώτα εκεί και ύστερα στο σουσάμι. Έτσι κολλάει και παίρνει χρώμα. Ξεκούραση είκοσι λεπτά, φούρνος στους 220 για δεκαπέντε με δεκαοκτώ λεπτά.

Αν σας βγουν σκληρά, ψήθηκαν πολύ ή ζυμώθηκαν λίγο. Γράψτε μου τι έγινε και θα βρούμε ποιο από τα δύο.`,
  },
  {
    key: 'order-rye', day: 21, at: '12:30', by: 'eleni', lang: 'el', intent: 'ask', format: 'offer', campaign: true, tags: ['σίκαλη', 'παραγγελίες'], likes: 1,
    title: 'Σίκαλη με παραγγελία, κάθε Τετάρτη',
    text: `Τη σίκαλη την ψήνουμε κάθε μέρα, αλλά το μεγάλο καρβέλι των δύο κιλών μόνο τις Τετάρτες, γιατί πιάνει μόνο του μισό φούρνο.

Αν θέλετε ένα, παραγγείλετε ως την Τρίτη στις δύο το μεσημέρι: στον πάγκο, ή με ένα σχόλιο εδώ που να λέει πόσα. Δεν χρειάζεται προπληρωμή. Αν δεν περάσετε, θα το κόψουμε για δοκιμή, μη στενοχωρηθείτε.

Κοστίζει 9,20 €. Τυλιγμένο σε πετσέτα κρατάει οκτώ ημέρες. Τι ώρα σας βολεύει να το παραλαμβάνετε;`,
  },
  {
    key: 'keep-bread', day: 20, at: '09:40', by: 'maria', lang: 'el', intent: 'give', format: 'guide', campaign: true, tags: ['συμβουλές'], likes: 6, shares: 3,
    picture: { drawing: 'basket', alt: 'Καλάθι με τρία καρβέλια, μισοσκεπασμένα με λευκή πετσέτα.' },
    title: 'Πώς κρατάει το ψωμί πέντε ημέρες',
    text: `Με ρωτάτε κάθε μέρα στον πάγκο, οπότε τα γράφω μαζεμένα.

1. **Όχι στο ψυγείο.** Εκεί μπαγιατεύει πιο γρήγορα απ’ ό,τι έξω. Το κρύο σκληραίνει το άμυλο.
2. **Πετσέτα βαμβακερή, όχι νάιλον.** Η κόρα θέλει να ανασαίνει, η ψίχα όχι. Ακουμπήστε το με την κομμένη πλευρά κάτω.
3. **Κόψτε από τη μέση.** Τραβάτε φέτες από το κέντρο και ενώνετε τα δύο μισά. Το έμαθα από πελάτισσα.
4. **Κατάψυξη, από την πρώτη μέρα.** Σε φέτες, με λαδόκολλα ανάμεσα. Κατευθείαν στη φρυγανιέρα.
5. **Τρίτη μέρα;** Βρέξτε την κόρα με το χέρι και βάλτε το δέκα λεπτά στους 180. Ξαναγίνεται καινούργιο, για μία φορά.

Αν έχετε δικό σας κόλπο, πείτε το. Η λίστα έχει χώρο.`,
  },
  {
    key: 'mill', day: 19, at: '17:20', by: 'nikos', lang: 'en', intent: 'talk', format: 'story', campaign: true, tags: ['rye', 'mill'], likes: 4, shares: 1,
    title: 'A morning at the mill above Kalavryta',
    text: `Mr Thodoros starts the water at six. Then he waits, because the stones must turn empty for a while. He says they are waking up, and I did not argue with him.

The rye came down from the Zafiropoulos field in eleven sacks. We poured the first one together. It takes an hour to grind what a modern mill does in a minute, and the flour comes out barely warm. That is the point: heat takes the smell away.

He is seventy-four. His son drives a lorry in Bremen and will not come back for this, he told me, and then he asked whether I wanted coffee. I asked who will grind after him. He shrugged.

I drove home with 220 kilos in the van and that shrug. Does anyone know of young millers in the Peloponnese? I would like to meet them.`,
  },
  {
    key: 'salt', day: 17, at: '08:05', by: 'eleni', lang: 'el', intent: 'talk', format: 'news', tags: ['λάθη'], likes: 10, shares: 2,
    picture: { drawing: 'scale', alt: 'Παλιά ζυγαριά με δίσκους: στον έναν ένα καρβέλι, στον άλλον αλεύρι.' },
    title: 'Χθες κάναμε λάθος. Συγγνώμη.',
    text: `Το χθεσινό χωριάτικο βγήκε λύσσα. Δεν φταίει το αλεύρι ούτε ο φούρνος: έβαλα εγώ το αλάτι δύο φορές. Χτύπησε το τηλέφωνο την ώρα που ζύγιζα και, όταν γύρισα, δεν θυμόμουν αν το είχα ρίξει.

Πουλήσαμε σαράντα δύο καρβέλια πριν το καταλάβουμε. Σε ανθρώπους με πίεση αυτό δεν είναι αστείο και ζητώ συγγνώμη από τον καθένα.

Όποιος πήρε χθες χωριάτικο ας περάσει: του δίνουμε τα χρήματά του πίσω και ένα καρβέλι σωστό. Απόδειξη δεν χρειάζεται, σας ξέρουμε.

Από σήμερα το αλάτι ζυγίζεται σε χωριστό κουτί πριν αρχίσει το ζύμωμα. Αν το κουτί είναι άδειο, έχει μπει. Αν κάποιος ένιωσε άσχημα, ας μου γράψει εδώ ή ας με πάρει στο μαγαζί.`,
  },
  {
    key: 'name-it', day: 16, at: '12:00', by: 'maria', lang: 'el', intent: 'talk', format: 'contest', campaign: true, tags: ['διαγωνισμός', 'σίκαλη'], likes: 7, shares: 4,
    picture: { drawing: 'loaf', alt: 'Στρογγυλό σκούρο καρβέλι με τρεις χαρακιές, πάνω σε λινή πετσέτα, με στάχυα δεξιά κι αριστερά.' },
    title: 'Διαγωνισμός: βαφτίστε το νέο μας ψωμί',
    text: `Το καρβέλι της σίκαλης δεν έχει όνομα. Στον πάγκο το λέμε «το μαύρο», και του αξίζει κάτι καλύτερο.

Γράψτε ένα όνομα σε σχόλιο. Έχετε εννιά ημέρες, ως τις οκτώ το βράδυ της τελευταίας. Ένα όνομα ο καθένας. Διαλέγουμε οι τρεις μας, με μοναδικό κριτήριο αν θα το λέγαμε φωναχτά στον πάγκο χωρίς να γελάσουμε. Αν δύο γράψουν το ίδιο, μετράει ο πρώτος.

Το δώρο: ένα καρβέλι την εβδομάδα ως τα Χριστούγεννα. Δεν χρειάζεται ούτε να μας ακολουθείτε ούτε να έχετε ψωνίσει ποτέ από εμάς.

Πώς θα το λέγατε;`,
  },
  {
    key: 'yesterday', day: 15, at: '16:45', by: 'nikos', lang: 'en', intent: 'give', format: 'guide', tags: ['recipe', 'no-waste'], likes: 5, shares: 2,
    title: 'Four things to do with yesterday’s bread',
    text: `We throw away very little, and you need not either.

**Skordalia.** Soak two thick slices in water, squeeze, pound with three cloves of garlic, a glass of olive oil and the juice of a lemon. Ten minutes.

**Panzanella, the Patras way.** Cubes of stale bread, tomato, cucumber, capers, oregano. Wait half an hour before you eat, the bread drinks the tomato.

**Rye crumbs.** Blitz dry rye, fry it in a spoon of oil with salt until it smells of nuts. On pasta instead of cheese.

**Paximadia.** Slice, 100 °C, two hours, door slightly open. They keep for months in a tin.

After seven in the evening what is left on our shelf goes to the soup kitchen of Agios Andreas, so if you come at ten past seven and find it empty, that is why.

What did I forget? My aunt says bread pudding, and I have no defence.`,
  },
  {
    key: 'grandmother', day: 14, at: '09:30', by: 'eleni', lang: 'el', intent: 'talk', format: 'story', campaign: true, tags: ['προζύμι', 'σίκαλη'], likes: 8, shares: 1,
    title: 'Το προζύμι της γιαγιάς Ασημίνας',
    text: `Το 1962 η γιαγιά μου η Ασημίνα κατέβηκε από τον Λειβαρτζινό στην Πάτρα με δύο παιδιά, μια κουβέρτα και ένα βαζάκι. Στο βαζάκι ήταν το προζύμι. Το έπιανε κάθε Σεπτέμβρη, στη γιορτή του Σταυρού, με βασιλικό, κι ας έλεγε ο παπάς ό,τι ήθελε.

Ζύμωνε σίκαλη, γιατί αυτήν είχαν. Όταν ήρθε το άσπρο αλεύρι, ντρεπόταν για το μαύρο ψωμί. Το έτρωγαν βράδυ, να μη φαίνεται.

Το ίδιο προζύμι έχουμε και σήμερα. Έζησε έναν σεισμό, δύο μετακομίσεις και ένα καλοκαίρι που χάλασε το ψυγείο. Όταν έβγαλα το πρώτο φετινό καρβέλι, το έκοψα και το πήγα στη μητέρα μου. Μύρισε τη φέτα και δεν είπε τίποτα για ώρα.

Τώρα το μαύρο ψωμί το βάζουμε στη βιτρίνα. Υπάρχει κάτι που στο σπίτι σας το έκρυβαν και σήμερα το καμαρώνετε;`,
  },
  {
    key: 'saturday-basket', day: 12, at: '11:00', by: 'maria', lang: 'el', intent: 'ask', format: 'offer', tags: ['παραγγελίες'], likes: 1,
    title: 'Καλάθι για το κυριακάτικο τραπέζι',
    text: `Πολλοί μας ζητάτε το ίδιο κάθε Σάββατο: ένα χωριάτικο, ένα ελιόψωμο, έξι κουλούρια και κάτι γλυκό για μετά. Το φτιάξαμε καλάθι, για να μη διαλέγετε στην ουρά.

Κάνει 14 €, όσο ακριβώς και χωριστά· δεν είναι έκπτωση, είναι ευκολία. Παραγγείλετε ως την Παρασκευή το βράδυ με ένα σχόλιο εδώ και πείτε μας τι ώρα θα περάσετε. Το καλάθι μάς το φέρνετε πίσω την επόμενη φορά.

Θέλετε κάτι να αλλάξει μέσα; Γράψτε το, οι αντικαταστάσεις επιτρέπονται.`,
  },
  {
    key: 'olive-bread', day: 11, at: '09:15', by: 'eleni', lang: 'el', intent: 'give', format: 'guide', tags: ['συνταγή'], likes: 7, shares: 2,
    picture: { drawing: 'olives', alt: 'Κλαδί ελιάς και κάτω του ένα καρβέλι σε ξύλο, με ελιές γύρω γύρω.' },
    title: 'Ελιόψωμο, όπως το κάνουμε εδώ',
    text: `Την έχουμε δώσει προφορικά σε τόσους που είναι κρίμα να μην είναι γραμμένη.

Το βράδυ: 100 γρ. ενεργό προζύμι (ή 3 γρ. μαγιά), 350 γρ. νερό, 400 γρ. αλεύρι σκληρό, 100 γρ. ολικής. Ανακατεύετε, σκεπάζετε, μισή ώρα. Ύστερα 9 γρ. αλάτι, λιγότερο από το συνηθισμένο, γιατί έχουν οι ελιές.

Διπλώνετε τη ζύμη τρεις φορές, κάθε μισή ώρα. Στο τελευταίο δίπλωμα ρίχνετε 150 γρ. ελιές θρούμπες, ξεκουκουτσιασμένες και στεγνές, λίγη ρίγανη και φλούδα από μισό πορτοκάλι.

Ψυγείο όλη νύχτα. Το πρωί το πλάθετε, μία ώρα έξω, και σε κλειστή κατσαρόλα καυτή: 25 λεπτά με το καπάκι στους 240, 20 χωρίς στους 210.

Οι ελιές να είναι πραγματικά στεγνές. Αν η ψίχα σας βγει μωβ, δεν ήταν. Με τι ελιές θα το δοκιμάσετε;`,
  },
  {
    key: 'sliced', day: 10, at: '13:10', by: 'nikos', lang: 'en', intent: 'talk', format: 'question', campaign: true, tags: ['rye'], likes: 2, shares: 1,
    title: 'Sliced, or whole?',
    text: `An honest disagreement in the shop. Maria says people want the rye sliced, because it is dense and most knives at home are blunt. I say a sliced loaf is dry by the next evening, and rye is at its best on the third day.

Eleni said: ask them. So I am asking.

Tell me which you would take home, and what you do with it. If sliced wins, I will buy the machine and stop complaining. If whole wins, I will write a short piece on how to sharpen a bread knife with the bottom of a coffee cup, which works better than it sounds.`,
  },
  {
    key: 'sunday-open', day: 9, at: '18:30', by: 'maria', lang: 'el', intent: 'talk', format: 'news', tags: ['ωράριο'], likes: 2,
    title: 'Την Κυριακή θα είμαστε ανοιχτά',
    text: `Αυτή την Κυριακή, για το παζάρι της γειτονιάς, ανοίγουμε από τις οκτώ ως τη μία. Θα έχουμε κουλούρια, ελιόψωμο και ό,τι βγάλει ο φούρνος. Θα σερβίρουμε και καφέ στο παγκάκι απέξω.

Θα περάσετε; Πείτε μου πόσοι, να ξέρω πόσα κουλούρια να πλάσω.`,
  },
  {
    key: 'winner', day: 7, at: '20:30', by: 'eleni', lang: 'el', intent: 'talk', format: 'news', campaign: true, tags: ['διαγωνισμός', 'σίκαλη'], likes: 9, shares: 2,
    picture: { drawing: 'loaf', alt: 'Το σκούρο στρογγυλό καρβέλι του διαγωνισμού, πάνω σε λινή πετσέτα.' },
    title: 'Το ψωμί μας λέγεται Μαυρομάνα',
    text: `Γράψατε πενήντα τρία ονόματα στον πάγκο και εδώ. Τα διαβάσαμε φωναχτά με τη σειρά, με τον Νίκο να κρατάει λογαριασμό πότε γελάσαμε. Μείναμε με τρία, και τελικά με ένα: **Μαυρομάνα**, της Κατερίνας Λυμπέρη.

Η Κατερίνα έγραψε ότι έτσι έλεγε ο παππούς της τη μάνα του, επειδή δούλευε στον ήλιο και ήταν καλή σαν ψωμί. Αφού το διαβάσαμε, δεν συζητήσαμε άλλο.

Κατερίνα, σε περιμένουμε το Σάββατο για το πρώτο σου καρβέλι. Όλα τα ονόματα τα κρατήσαμε στο τετράδιο, γιατί ανάμεσά τους υπάρχουν και δύο για γλυκά.

Ποιο άλλο ψωμί μας θα θέλατε να αλλάξει όνομα;`,
  },
  {
    key: 'hydration', day: 6, at: '10:20', by: 'nikos', lang: 'en', intent: 'give', format: 'guide', campaign: true, tags: ['rye', 'recipe'], likes: 5, shares: 2,
    title: 'Baking all-rye at home, in plain words',
    text: `Forget what you know from wheat. Rye has little gluten, so kneading does nothing except tire you.

What to weigh: 500 g of wholegrain rye flour, 450 g of water at 40 °C, 150 g of lively starter, 10 g of salt. Stir with a spoon until no flour is dry. It should look like wet cement. That is correct.

Grease a tin, fill it two thirds, smooth the top with a wet hand, dust it with flour. Wait until cracks appear in the dust: about two hours in a warm kitchen. The cracks are your clock, not the minutes.

250 °C for fifteen minutes, then 190 °C for fifty. Take it out, and now the hard part: leave it alone until tomorrow. Cut today and the knife comes out gummy.

If yours has a hollow under the crust, it waited too long. If it is a brick, not long enough. Send me a description and I will tell you which.`,
  },
  {
    key: 'bench', day: 5, at: '17:50', by: 'maria', lang: 'el', intent: 'talk', format: 'story', tags: ['γειτονιά'], likes: 10, shares: 2,
    picture: { drawing: 'shop', alt: 'Η πρόσοψη του φούρνου: μπλε επιγραφή, κόκκινη και άσπρη τέντα, καρβέλια στη βιτρίνα.' },
    title: 'Τρεις κυρίες, ένα παγκάκι',
    text: `Το παγκάκι απέξω το βάλαμε για να περιμένουν όσοι έχουν παραγγελία. Εδώ και δύο μήνες όμως ανήκει στην κυρία Σοφία, την κυρία Ανθή και την κυρία Πόπη.

Έρχονται στις δέκα. Παίρνουν από ένα κουλούρι και το μοιράζονται, δηλαδή κάνουν τρία κουλούρια εννιά κομμάτια, για λόγους που δεν μου εξήγησαν. Λένε ποιος πέθανε, ποιος γέννησε και τι φταίει με τα φανάρια της Κορίνθου.

Χθες έβρεχε και δεν ήρθε καμία. Στις έντεκα χτύπησε το τηλέφωνο: ήταν η κυρία Ανθή, να μας πει να μην ανησυχούμε.

Βάλαμε μια τέντα. Όποιος θέλει να καθίσει μαζί τους, είναι καλοδεχούμενος, αρκεί να έχει άποψη για τα φανάρια. Εσείς πού βρίσκετε τη γειτονιά σας;`,
  },
  {
    key: 'schools', day: 4, at: '11:40', by: 'eleni', lang: 'el', intent: 'give', format: 'news', tags: ['σχολεία'], likes: 7, shares: 4,
    picture: { drawing: 'oven', alt: 'Πέτρινος φούρνος με αναμμένη φωτιά και ένα καρβέλι πάνω στο φτυάρι.' },
    title: 'Ανοιχτή πόρτα για σχολεία, κάθε Δευτέρα',
    text: `Τις Δευτέρες το απόγευμα ο φούρνος δεν ψήνει. Αντί να κάθεται κρύος, τον δίνουμε στα σχολεία της Πάτρας, χωρίς χρέωση.

Μία ώρα και μισή, ως είκοσι παιδιά. Ζυμώνουν, πλάθουν, βλέπουν το προζύμι στο μικροσκόπιο (το δανείζει ο γείτονάς μας ο κύριος Φώτης, βιολόγος στη σύνταξη) και φεύγουν με ένα ψωμάκι το καθένα. Για παιδιά με δυσανεξία έχουμε χωριστό πάγκο και αλεύρι ρυζιού· πείτε το μας πριν.

Οι εκπαιδευτικοί γράφουν εδώ ή περνούν από το μαγαζί. Ελεύθερες είναι οι τρεις πρώτες Δευτέρες του επόμενου μήνα. Ποια τάξη θα έρθει πρώτη;`,
  },
  {
    key: 'not-told', day: 3, at: '12:15', by: 'nikos', lang: 'en', intent: 'talk', format: 'story', campaign: true, tags: ['rye', 'honesty'], likes: 4, shares: 1,
    title: 'The one thing we will not tell you about Mavromana',
    text: `People ask for the whole recipe of the new loaf, and we have told most of it: the flour, the water, the hours, the price. One thing we keep, which is the mixture of three spices that Eleni's grandmother put in. It is hers, and another bakery two streets away would dearly like it. So: sorry, that is something we do not share outside the shop.

What I can tell you is what is *not* in it. No nuts, no sesame, no milk, no egg, no sugar, no colouring. If you have an allergy to something else, ask me in person and I will answer you exactly, with the jar in my hand.

The rest is in last week's post. Is there anything else you have wondered about and never asked?`,
  },
  {
    key: 'guess', day: 2, at: '09:00', by: 'maria', lang: 'el', intent: 'talk', format: 'game', campaign: true, tags: ['παιχνίδι'], likes: 6, shares: 1,
    picture: { drawing: 'basket', alt: 'Καλάθι γεμάτο καρβέλια διαφορετικού μεγέθους.' },
    title: 'Μαντέψτε πόσο ζυγίζει το καλάθι',
    text: `Στη βιτρίνα βάλαμε ένα καλάθι. Μέσα έχει δύο Μαυρομάνες, ένα χωριάτικο, τέσσερα κουλούρια και κάτι που δεν φαίνεται.

Γράψτε σε σχόλιο πόσα γραμμάρια ζυγίζει, όλο μαζί με το καλάθι. Μία μαντεψιά ο καθένας, ως την Κυριακή το βράδυ. Το ζυγίζουμε μπροστά σας τη Δευτέρα στις έντεκα, και όποιος πέσει πιο κοντά το παίρνει σπίτι του όπως είναι.

Μια βοήθεια: το καλάθι άδειο είναι 640 γραμμάρια. Κι άλλη μία: η κυρία Πόπη είπε πέντε κιλά και γελάσαμε, αλλά όχι πολύ. Εσείς τι λέτε;`,
  },
  {
    key: 'soup', day: 1, at: '10:30', by: 'eleni', lang: 'el', intent: 'give', format: 'guide', campaign: true, tags: ['συνταγή', 'σίκαλη'], likes: 4, shares: 2,
    picture: { drawing: 'rye', alt: 'Στάχυα σίκαλης στον ήλιο.' },
    title: 'Η φασολάδα που θέλει μαύρο ψωμί',
    text: `Κρύωσε, και το μαύρο ψωμί βρήκε τη θέση του. Για τέσσερις:

Μισό κιλό φασόλια από το βράδυ στο νερό. Τα βράζετε δέκα λεπτά, πετάτε το νερό. Καινούργιο νερό, δύο κρεμμύδια, τρία καρότα σε ροδέλες, ένα μεγάλο σέλινο με τα φύλλα του, μία ντομάτα τριμμένη. Σιγανή φωτιά, μιάμιση ώρα. Το αλάτι στο τέλος, το λάδι ακόμη πιο στο τέλος και γενναία.

Τώρα η σίκαλη: κόβετε δύο χοντρές φέτες τρίτης ημέρας, τις τρίβετε με ένα σκόρδο και τις βάζετε στον πάτο του πιάτου πριν από τη σούπα. Ρουφάνε και δεν διαλύονται. Το άσπρο ψωμί εδώ γίνεται λάσπη.

Με ελιές δίπλα και ρέγγα, όποιος την αντέχει. Εσείς βάζετε ντομάτα στη φασολάδα ή θα μαλώσουμε;`,
  },
  {
    key: 'winter', day: 0, at: '', by: 'nikos', lang: 'en', intent: 'talk', format: 'question', tags: ['winter'], likes: 1,
    title: 'Which bread should come back this winter?',
    text: `The oven has room for one more loaf from December. Four that we used to bake and stopped:

- the corn bread from the mountain villages, yellow and crumbly,
- the long one with anise that nobody under fifty remembers,
- raisin and walnut, which sold well and took ages,
- seven-grain, honest and a little dull.

I would bring back the anise. Maria wants the corn. Eleni says whoever asks most nicely. Which one would you walk to the shop for in the rain?`,
  },
]

export const published: readonly ToldPost[] = [...summer, ...autumn]

export const scheduled: readonly ToldPost[] = [
  {
    key: 'corn-bread', day: -1, at: '09:00', by: 'eleni', lang: 'el', intent: 'give', format: 'guide', tags: ['συνταγή'],
    title: 'Μπομπότα της βιασύνης',
    text: `Μισή ώρα, ένα μπολ, κανένα ζύμωμα. Δύο φλιτζάνια καλαμποκάλευρο, ένα φλιτζάνι χυμό πορτοκαλιού, ένα νερό, μισό λάδι, μισό μέλι, μια χούφτα σταφίδες, ένα κουταλάκι σόδα λυμένη στον χυμό.

Ανακατεύετε με κουτάλι ώσπου να μη βλέπετε σβόλους, σε λαδωμένο ταψί, στους 190 για τριάντα πέντε λεπτά. Κόβεται όταν κρυώσει, αλλιώς τρίβεται.

Τη φτιάχναμε όταν τέλειωνε το αλεύρι. Τώρα τη φτιάχνουμε επειδή μας αρέσει. Την έχετε φάει αλμυρή, με φέτα; Πείτε μου πώς.`,
  },
  {
    key: 'miller', day: -3, at: '17:00', by: 'nikos', lang: 'en', intent: 'talk', format: 'story', campaign: true, tags: ['rye', 'mill'],
    title: 'We found a young miller',
    text: `After the piece about Mr Thodoros, three of you wrote with the same name: Dimitra, twenty-nine, agronomist, who has been restoring her great-uncle's water mill near Vytina. I rang her. She had read the piece, too.

On Saturday the two of them met over his stones. I was there and said very little. They spoke about bearings for an hour. At the end he gave her a chisel that his father had used to dress the stone, and she asked whether she could come again on Thursday.

It may come to nothing. But he was in a hurry to show me where he would put a second chair. What would you ask the two of them, if you were there?`,
  },
  {
    key: 'letters', day: -5, at: '12:00', by: 'maria', lang: 'el', intent: 'talk', format: 'contest', campaign: true, tags: ['διαγωνισμός'],
    picture: { drawing: 'loaf', alt: 'Μια Μαυρομάνα ολόκληρη, πάνω σε λινή πετσέτα.' },
    title: 'Γράμμα σε ένα ψωμί',
    text: `Ο δεύτερος διαγωνισμός του φθινοπώρου είναι για όσους γράφουν. Γράψτε ένα γράμμα σε ένα ψωμί: σε αυτό που τρώτε, σε αυτό που χάσατε, σε αυτό που σας έκαψε τη γλώσσα. Ως εκατό λέξεις, στα ελληνικά ή στα αγγλικά, από κάτω ή σε χαρτί στον πάγκο.

Τα διαβάζουμε δυνατά στις 10 του άλλου μήνα, στο παγκάκι, με καφέ. Τα τρία που θα μας κάνουν να σωπάσουμε παίρνουν από μία Μαυρομάνα την εβδομάδα ως τις Απόκριες.

Ποιο ψωμί θα διαλέγατε για παραλήπτη;`,
  },
]

export const drafts: readonly ToldPost[] = [
  {
    key: 'christmas-draft', day: 1, at: '14:20', by: 'nikos', lang: 'en', intent: 'ask', format: 'offer', tags: ['christmas'],
    title: 'Christmas orders',
    text: `Christmas orders are OPEN!!! Our company takes quality very seriously and offers the best bread in Patras.

Order now, before it is too late.`,
  },
  {
    key: 'vasilopita-draft', day: 2, at: '19:05', by: 'eleni', lang: 'el', intent: 'give', format: 'guide', tags: ['συνταγή'],
    title: 'Βασιλόπιτα της γειτονιάς',
    text: `Να μαζέψω τις συνταγές που μας έδωσαν πέρσι στον πάγκο: της κυρίας Σοφίας με το κονιάκ, του Φώτη με τα μαχλέπια, τη δική μας με το πορτοκάλι.

Να ρωτήσω αν θέλουν το όνομά τους από κάτω.`,
  },
]
