import type { ToldTalk } from './told.ts'

/** The people outside. On the porch they leave a name and an address; in the fediverse they have a handle. */
export const people: Readonly<Record<string, string>> = {
  katerina: 'Κατερίνα Λυμπέρη', antonis: 'Αντώνης', sofia: 'Σοφία Ρ.', panagiotis: 'Παναγιώτης', dimitra: 'Δήμητρα Κανελλοπούλου', giorgos: 'Γιώργος Σ.',
  anna: 'Άννα', thanos: 'Θάνος', vaso: 'Βάσω', ioanna: 'Ιωάννα Μπ.', stelios: 'Στέλιος', fotis: 'Φώτης', eirini: 'Ειρήνη', kostas: 'Κώστας', lena: 'Λένα Δασκάλα',
  tom: 'Tom Hartley', ingrid: 'Ingrid', marta: 'Marta Kowalska', sean: 'Seán', yuki: 'Yuki', paul: 'Paul B.', clare: 'Clare', oren: 'Oren', lucia: 'Lucía', hanna: 'Hanna V.', dealer: 'Best Deals',
}

/** Who began to follow, and how many days ago. */
export const followers: readonly (readonly [who: string, day: number])[] = [
  ['tom', 28.2], ['ingrid', 27.4], ['marta', 26.8], ['giorgos', 26.1], ['sean', 24.3], ['yuki', 23.9], ['katerina', 22.5], ['paul', 21.1], ['clare', 19.6], ['oren', 18.2],
  ['dimitra', 16.7], ['thanos', 15.9], ['lucia', 13.5], ['hanna', 11.2], ['ioanna', 8.8], ['stelios', 6.4], ['eirini', 4.9], ['kostas', 2.3],
]

export const talks: readonly ToldTalk[] = [
  // The summer before: few posts, and answers that came late or never.
  { under: 'summer-hours', on: 'porch', turns: [
    { by: 'ioanna', after: 4, says: 'Το Σάββατο θα έχετε κουλούρια ή να μην ξεκινήσω;' },
    { by: 'maria', after: 31, says: 'Ιωάννα, το είδα μόλις σήμερα, συγγνώμη. Είχαμε ως τις έντεκα· το επόμενο Σάββατο σου κρατάω.' },
  ] },
  { under: 'cards', on: 'porch', done: true, turns: [{ by: 'kostas', after: 6, says: 'Η κάρτα ισχύει και για τα γλυκά;' }] },
  { under: 'cards', on: 'fediverse', done: true, turns: [{ by: 'thanos', after: 15, says: 'Μόνο με κάρτα δηλαδή το ένατο δώρο;' }] },
  { under: 'tsoureki', on: 'porch', turns: [
    { by: 'sofia', after: 3, says: 'Τσουρέκι τον Αύγουστο; Έχει μαχλέπι;' },
    { by: 'eleni', after: 27, says: 'Έχει, κυρία Σοφία, και μαστίχα. Μου έμεινε από το Πάσχα η όρεξη.' },
  ] },
  { under: 'tsoureki', on: 'porch', done: true, turns: [{ by: 'anna', after: 9, says: 'Πόσες ημέρες κρατάει;' }] },
  { under: 'heat', on: 'fediverse', turns: [
    { by: 'tom', after: 8, says: 'How do you keep the dough from running away at 38 degrees?' },
    { by: 'nikos', after: 20, says: 'Ice in the water, half the starter, and a prayer to the north wind. Some days it runs anyway.' },
  ] },
  { under: 'heat', on: 'porch', turns: [
    { by: 'paul', after: 12, says: 'Is the shop open at all in the afternoons now?' },
    { by: 'nikos', after: 46, says: 'Until two in the heat, Paul, and from September until eight again. Sorry to be so late with this.' },
  ] },
  { under: 'back', on: 'porch', turns: [
    { by: 'antonis', after: 2, says: 'Καλό χειμώνα. Το χωριάτικο να είναι πιο ψημένο φέτος.' },
    { by: 'eleni', after: 19, says: 'Καλό χειμώνα, κύριε Αντώνη. Το δικό σας θα μένει πέντε λεπτά παραπάνω.' },
  ] },
  { under: 'three-o-clock', on: 'porch', turns: [
    { by: 'antonis', after: 2, says: 'Δεκαοκτώ χρόνια είναι, όχι δεκαεπτά. Τα ακριβή λεφτά όμως σωστά.' },
    { by: 'eleni', after: 1.2, says: 'Κύριε Αντώνη, το διόρθωσα στο κεφάλι μου. Αύριο ο καφές είναι δικός μου, για το χρόνο που σας έφαγα.' },
  ] },
  { under: 'three-o-clock', on: 'fediverse', turns: [
    { by: 'giorgos', after: 5, says: 'Εγώ έχω δική μου την ώρα μετά τα μεσάνυχτα, όταν κοιμούνται τα παιδιά. Περνάω καμιά φορά με το μηχανάκι και βλέπω φως. Εσείς είστε;' },
    { by: 'eleni', after: 3.5, says: 'Εμείς είμαστε, το παράθυρο με το κίτρινο φως. Την άλλη φορά χτύπα το τζάμι, κάτι ζεστό θα υπάρχει.' },
    { by: 'giorgos', after: 9, says: 'Θα το κάνω. Να ξέρετε ότι θα φταίτε εσείς για την υπόλοιπη νύχτα μου, σωστά;' },
    { by: 'eleni', after: 6, says: 'Φταίμε για πολλά, ας φταίμε και γι’ αυτό. Μετά τις τέσσερις, πριν δεν ακούμε από τον φούρνο.' },
  ] },
  { under: 'starter', on: 'fediverse', turns: [
    { by: 'tom', after: 3, says: 'Day three: wet dog and, strangely, pear drops. Is that normal?' },
    { by: 'nikos', after: 1.5, says: 'Pear drops is perfect, Tom. The yeast is winning. The dog will leave on its own by day five, just keep feeding.' },
    { by: 'tom', after: 50, says: 'Update: the dog has left. It doubled in five hours! Do I need to keep it in the fridge now?' },
    { by: 'nikos', after: 4, says: 'Only if you bake less than three times a week. In the fridge, feed it on Sundays. And take it out the evening before you need it.' },
  ] },
  { under: 'starter', on: 'fediverse', turns: [
    { by: 'ingrid', after: 8, says: 'Is tap water all right, or does the chlorine kill it?' },
    { by: 'nikos', after: 11, says: 'Tap water works in Patras and I suspect in Bergen too. If it smells like a swimming pool, let the jug stand overnight.' },
  ] },
  { under: 'starter', on: 'porch', turns: [
    { by: 'clare', after: 26, says: 'I am in Patras until Friday. Can I really come with a jar? I would have to fly it home.' },
    { by: 'nikos', after: 2, says: 'Really. I will dry some for you on baking paper, flakes travel better than jars and no airport has ever asked me about them. Any morning before eleven.' },
    { by: 'clare', after: 30, says: 'Picked it up this morning. It has a name already: Nikos the Second. Thank you!' },
  ], done: true },
  { under: 'rye-begins', on: 'porch', turns: [
    { by: 'sofia', after: 1.5, says: 'Στη Γερμανία, πριν από σαράντα χρόνια, στο εργοστάσιο. Το μισούσα έναν μήνα και μετά δεν ήθελα άλλο. Θα έχετε και ζυμωμένο με κύμινο;' },
    { by: 'eleni', after: 4, says: 'Κυρία Σοφία, με κύμινο δεν το είχα σκεφτεί. Θα βάλω ένα την Παρασκευή στην άκρη για σας και μου λέτε αν του μοιάζει.' },
  ] },
  { under: 'rye-begins', on: 'fediverse', turns: [
    { by: 'marta', after: 6, says: 'In Poland we eat rye every day, so I will judge you strictly. Do you use any wheat in it at all?' },
    { by: 'nikos', after: 2.5, says: 'Please do, strict is what we need. This one is ninety per cent rye, ten per cent wheat, so that the first timers are not scared. An all-rye one comes on Wednesdays.' },
    { by: 'marta', after: 20, says: 'Ninety is already brave for Greece. I will come for the Wednesday one. Is it baked in a tin?' },
    { by: 'nikos', after: 5, says: 'In a tin, with the lid on for the last half hour. Ask for the dark end of the batch, I think you will like that side.' },
  ] },
  { under: 'rye-begins', on: 'porch', turns: [
    { by: 'stelios', after: 30, says: 'Έχω κοιλιοκάκη. Η σίκαλη κάνει;' },
    { by: 'maria', after: 0.6, says: 'Όχι, Στέλιο, η σίκαλη έχει γλουτένη και δεν κάνει καθόλου για σένα. Ούτε κάτι άλλο από τον φούρνο μας, γιατί το αλεύρι πετάει παντού. Στην Αγίου Νικολάου υπάρχει εργαστήριο μόνο για χωρίς γλουτένη, τους εμπιστεύομαι.' },
  ] },
  { under: 'bread-of-home', on: 'porch', turns: [
    { by: 'ioanna', after: 2, says: 'Της γιαγιάς μου στη Ζάκυνθο, με γλυκάνισο, το έκοβε ο παππούς με τον σουγιά πάνω στο στήθος του και τρέμαμε όλοι.' },
    { by: 'maria', after: 13, says: 'Το βλέπω μπροστά μου! Και ο δικός μου παππούς έτσι, με το ψωμί αγκαλιά. Το μακρόστενο με τον γλυκάνισο το φτιάχναμε παλιά. Θα πω του Νίκου ότι το ζήτησε κάποια.' },
  ] },
  { under: 'bread-of-home', on: 'porch', turns: [
    { by: 'vaso', after: 4, says: 'Μαράκι, η μαξιλαροθήκη ήταν για να μην τα τρώτε πριν κρυώσουν. Και ξέραμε ότι ξέρατε.' },
    { by: 'maria', after: 11, says: 'Θεία! Τριάντα χρόνια μυστικό και μου το λες σε σχόλιο. Έρχομαι Κυριακή.' },
  ] },
  { under: 'bread-of-home', on: 'fediverse', turns: [
    { by: 'thanos', after: 7, says: 'Εμείς είχαμε μόνο του σουπερμάρκετ, σε φέτες. Ντρέπομαι λίγο να το γράψω ανάμεσα στις γιαγιάδες.' },
    { by: 'maria', after: 8, says: 'Να μη ντρέπεσαι, Θάνο. Και οι φέτες με βούτυρο και ζάχαρη είναι παιδικά χρόνια. Ποιος σου τις ετοίμαζε;' },
    { by: 'thanos', after: 3, says: 'Ο πατέρας μου, πριν φύγει για βάρδια. Δεν το είχα ξανασκεφτεί έτσι.' },
    { by: 'maria', after: 1, says: 'Τώρα το έγραψες και το σκέφτομαι κι εγώ. Ευχαριστώ που μας το είπες.' },
  ] },
  { under: 'why-rye-costs', on: 'fediverse', turns: [
    { by: 'paul', after: 2, says: 'Fifty cents a loaf? How do you live on that?' },
    { by: 'nikos', after: 3, says: 'On about four hundred loaves a week of all kinds, plus koulouria, which pay the rent. Nobody gets rich. The three of us get paid first, which was not always so.' },
  ] },
  { under: 'why-rye-costs', on: 'fediverse', turns: [
    { by: 'sean', after: 9, says: 'I wish every shop printed a list like this. Do you mind if I show it to my students? I teach accounting.' },
    { by: 'nikos', after: 12, says: 'Please do. If one of them finds a mistake, send it on and I will send the class a loaf.' },
    { by: 'sean', after: 70, says: 'They found one: you left out your own water bill. Twenty-two teenagers expect a loaf. Where do they send the claim?' },
    { by: 'nikos', after: 6, says: 'Ha, they are right, about four cents. Send me the school’s address in a message, and I will post two, since twenty-two is a lot of teenagers.' },
  ] },
  { under: 'why-rye-costs', on: 'porch', turns: [
    { by: 'kostas', after: 5, says: 'Ακριβό είναι, όπως και να το κάνεις. Με τέσσερα παιδιά δεν το παίρνω κάθε μέρα.' },
    { by: 'eleni', after: 16, says: 'Έχετε δίκιο, για κάθε μέρα είναι ακριβό. Γι’ αυτό το κόβουμε και στο τέταρτο, 1,20 €. Το χωριάτικο στα 2,60 € το κρατήσαμε εκεί επίτηδες, και θα μείνει.' },
  ] },
  { under: 'koulouria', on: 'porch', turns: [
    { by: 'eirini', after: 25, says: 'Τα έκανα! Μου βγήκαν όμως σκληρά από κάτω και ασπρουλιάρικα από πάνω. Τι έφταιξε;' },
    { by: 'eleni', after: 2, says: 'Ειρήνη, σκληρά κάτω και άσπρα πάνω σημαίνει ταψί πολύ χαμηλά. Ανέβασέ το μία θέση και βάλε αέρα τα τελευταία πέντε λεπτά. Η ζύμη σου ήταν μια χαρά.' },
    { by: 'eirini', after: 44, says: 'Τα ξανάκανα σήμερα, βγήκαν τέλεια! Μπορώ να βάλω μέλι αντί για πετιμέζι;' },
    { by: 'eleni', after: 5, says: 'Μπορείς, αραίωσέ το στα δύο με χλιαρό νερό. Παίρνουν χρώμα πιο γρήγορα, οπότε χαμήλωσε στους 200.' },
  ] },
  { under: 'koulouria', on: 'fediverse', turns: [
    { by: 'yuki', after: 10, says: 'Translated it and baked it in Osaka. What can I use for petimezi here?' },
    { by: 'eleni', after: 14, says: 'In Osaka! Any dark syrup that is not too sweet: I would try kuromitsu, let down with water. Tell us how it goes, nobody in Gounari street will believe me.' },
  ] },
  { under: 'order-rye', on: 'porch', turns: [
    { by: 'panagiotis', after: 3, says: 'Ένα δίκιλο για την Τετάρτη, παρακαλώ. Γίνεται να το πάρω μετά τις έξι;' },
    { by: 'maria', after: 2.5, says: 'Γράφτηκε, Παναγιώτη. Κλείνουμε στις οκτώ, θα το έχω πίσω από τον πάγκο με το όνομά σου.' },
  ] },
  { under: 'order-rye', on: 'porch', turns: [
    { by: 'dimitra', after: 20, says: 'Θα ήθελα κι εγώ ένα, αλλά μένω στο Αίγιο. Στέλνετε;' },
    { by: 'maria', after: 5, says: 'Με ταχυδρομείο όχι ακόμη, δεν θέλω να φτάσει ζαρωμένο. Ο ξάδερφός μου κατεβαίνει Αίγιο κάθε Τετάρτη βράδυ και το αφήνει στο περίπτερο του σταθμού, αν σε βολεύει.' },
    { by: 'dimitra', after: 2, says: 'Με βολεύει πολύ! Πώς το πληρώνω;' },
    { by: 'maria', after: 3, says: 'Όταν ξαναπεράσεις από Πάτρα. Αλήθεια, δεν βιαζόμαστε.' },
  ] },
  { under: 'keep-bread', on: 'porch', turns: [
    { by: 'anna', after: 6, says: 'Εγώ βάζω στη ψωμιέρα μισό μήλο και κρατάει δύο μέρες παραπάνω. Μόνο να μη το ξεχάσετε μέσα.' },
    { by: 'maria', after: 15, says: 'Το δοκίμασα, δουλεύει! Το έγραψα στο τετράδιο ως «το μήλο της Άννας».' },
  ] },
  { under: 'keep-bread', on: 'fediverse', turns: [
    { by: 'oren', after: 12, says: 'Does number five work with a microwave?' },
    { by: 'maria', after: 9, says: 'Only for one minute of happiness, then it turns to leather. A dry pan with a lid is better if you have no oven.' },
  ] },
  { under: 'mill', on: 'fediverse', turns: [
    { by: 'dimitra', after: 5, says: 'Αναστηλώνω τον νερόμυλο του θείου μου έξω από τη Βυτίνα. Μπορείτε να με φέρετε σε επαφή με τον κύριο Θόδωρο;' },
    { by: 'nikos', after: 1, says: 'Δήμητρα, τον πήρα ήδη τηλέφωνο και θέλει να σε γνωρίσει. Δεν γράφει, μόνο μιλάει, οπότε θα πάμε μαζί. Μπορείς κάποιο Σάββατο;' },
    { by: 'dimitra', after: 4, says: 'Όποιο θέλετε. Να φέρω κάτι;' },
    { by: 'nikos', after: 15, says: 'Ναι: τις απορίες σου και ένα χοντρό πουλόβερ, το πρωί δίπλα στο νερό κάνει κρύο.' },
  ] },
  { under: 'mill', on: 'fediverse', turns: [
    { by: 'hanna', after: 30, says: 'That shrug got me. My father repaired looms. Have you thought of filming Mr Thodoros while he works?' },
    { by: 'nikos', after: 20, says: 'Not until you wrote it, and now I cannot think of anything else. I asked him. He said: only the stones, not his face. That seems right.' },
  ] },
  { under: 'salt', on: 'porch', tags: ['παράπονο'], turns: [
    { by: 'fotis', after: 1, says: 'Πήρα δύο χθες, το ένα το πήγα στην πεθερά μου που έχει πίεση. Ανέβηκε στο δεκαεπτά και τρομάξαμε. Δεν φτάνει ένα καρβέλι, να με συγχωρείτε.' },
    { by: 'eleni', after: 0.4, says: 'Κύριε Φώτη, έχετε δίκιο και ντρέπομαι. Φταίω εγώ, όχι ο φούρνος. Πώς είναι τώρα; Θα σας πάρω τηλέφωνο αμέσως και, αν το επιτρέπετε, θα περάσω να τη δω. Ό,τι χρειάστηκε από γιατρό ή φάρμακα το πληρώνω εγώ.' },
    { by: 'fotis', after: 22, says: 'Περάσατε, και το εκτιμήσαμε και οι δύο. Είναι καλά, πήρε το χάπι της και γκρινιάζει για άλλα. Εντάξει.' },
    { by: 'eleni', after: 10, says: 'Χαίρομαι που είναι καλά. Της υποσχέθηκα ανάλατα παξιμάδια κάθε Δευτέρα, και τα παξιμάδια μου δεν τα ξεχνάω.' },
  ] },
  { under: 'salt', on: 'porch', turns: [
    { by: 'giorgos', after: 3, says: 'Εγώ το έφαγα όλο και δεν κατάλαβα τίποτα. Δεν θέλω λεφτά. Μπράβο που το γράψατε.' },
    { by: 'eleni', after: 4, says: 'Σ’ ευχαριστώ, Γιώργο, αλλά το καρβέλι σου σε περιμένει έτσι κι αλλιώς.' },
  ] },
  { under: 'salt', on: 'fediverse', turns: [
    { by: 'lucia', after: 14, says: 'I read this with a translator. I have never seen a shop say it like this. Did people come back for their money?' },
    { by: 'maria', after: 12, says: 'Nineteen of forty-two so far. Eleven took the loaf and left the money in the box for the soup kitchen, so it did some good in the end.' },
  ] },
  { under: 'name-it', on: 'porch', turns: [
    { by: 'katerina', after: 4, says: 'Μαυρομάνα. Έτσι έλεγε ο παππούς μου τη μάνα του, επειδή δούλευε στον ήλιο και ήταν καλή σαν ψωμί.' },
    { by: 'maria', after: 14, says: 'Κατερίνα, το διάβασα δυνατά και σώπασε ο πάγκος. Μπήκε στο τετράδιο. Από ποιο χωριό ήταν;' },
    { by: 'katerina', after: 3, says: 'Από τα Σουδενά. Το σπίτι το έχουμε ακόμη, με τον φούρνο στην αυλή.' },
    { by: 'maria', after: 5, says: 'Τότε κάποια μέρα πρέπει να ψήσουμε εκεί. Μη με πάρεις στα σοβαρά, γιατί θα έρθω.' },
  ] },
  { under: 'name-it', on: 'porch', turns: [
    { by: 'antonis', after: 6, says: 'Η Μελαχρινή.' },
    { by: 'maria', after: 12, says: 'Γράφτηκε, κύριε Αντώνη. Ο Νίκος γέλασε λίγο, αλλά με καλό τρόπο.' },
  ] },
  { under: 'name-it', on: 'fediverse', turns: [
    { by: 'sean', after: 9, says: 'The Black Stuff? We have a claim on that in Dublin, but I could ask around.' },
    { by: 'maria', after: 11, says: 'Please ask around! It is in the notebook, with a small drawing of a pint next to it.' },
  ] },
  { under: 'name-it', on: 'fediverse', turns: [
    { by: 'kostas', after: 40, says: 'Καλαβρυτινή. Απλό πράγμα.' },
    { by: 'maria', after: 7, says: 'Απλό και ωραίο, Κώστα. Το έχουν γράψει άλλοι δύο, εσύ όμως ήσουν πρώτος με διαφορά δώδεκα λεπτών.' },
  ] },
  { under: 'yesterday', on: 'fediverse', turns: [
    { by: 'clare', after: 7, says: 'Team bread pudding. Your aunt is right. With marmalade between the layers.' },
    { by: 'nikos', after: 16, says: 'I showed her this. She would like your address, and says marmalade is for amateurs but she respects you.' },
  ] },
  { under: 'yesterday', on: 'porch', turns: [
    { by: 'lena', after: 22, says: 'Για το συσσίτιο του Αγίου Ανδρέα: χρειάζονται και εθελοντές για τη μεταφορά; Έχω βανάκι τις Τρίτες.' },
    { by: 'eleni', after: 3, says: 'Χρειάζονται πολύ, ειδικά τις Τρίτες που λείπει ο Σάκης. Θα σας συστήσω στον πατέρα Νεκτάριο αύριο το πρωί. Να είστε καλά.' },
  ] },
  { under: 'grandmother', on: 'porch', turns: [
    { by: 'sofia', after: 2, says: 'Η Ασημίνα! Τη θυμάμαι με το βαζάκι στο παράθυρο. Εμείς κρύβαμε το καλαμποκίσιο. Τώρα το πληρώνουν χρυσό.' },
    { by: 'eleni', after: 6, says: 'Κυρία Σοφία, άλλη φορά να μου πείτε τι άλλο θυμάστε, να τα γράψω. Το βαζάκι είναι ακόμη στο παράθυρο, σε άλλο σπίτι.' },
  ] },
  { under: 'grandmother', on: 'fediverse', turns: [
    { by: 'marta', after: 15, says: 'We hid the dark bread too, when guests came. My mother laughs about it now. A beautiful text.' },
    { by: 'eleni', after: 10, says: 'So it was the same from Kalavryta to Kraków. Give your mother our love, and a slice of whatever you hide now.' },
  ] },
  { under: 'saturday-basket', on: 'porch', turns: [
    { by: 'ioanna', after: 5, says: 'Ένα καλάθι για Σάββατο στις δώδεκα, χωρίς το γλυκό αλλά με διπλά κουλούρια;' },
    { by: 'maria', after: 1, says: 'Έτοιμο, Ιωάννα: χωρίς γλυκό, δώδεκα κουλούρια. Βγαίνει στα 13,20 €.' },
  ] },
  { under: 'olive-bread', on: 'porch', turns: [
    { by: 'panagiotis', after: 23, says: 'Ελένη, με 350 νερό μου βγήκε πολύ μαλακό και απλώθηκε. Μήπως θέλει λιγότερο;' },
    { by: 'eleni', after: 5, says: 'Παναγιώτη, το ξαναζύγισα με αλεύρι του εμπορίου και έχεις δίκιο: το δικό μας ρουφάει περισσότερο. Με 330 στέκεται. Το διορθώνω τώρα και στη συνταγή.' },
  ] },
  { under: 'olive-bread', on: 'fediverse', turns: [
    { by: 'thanos', after: 9, says: 'Με Καλαμών γίνεται ή πρέπει θρούμπες;' },
    { by: 'eleni', after: 3, says: 'Γίνεται, Θάνο, απλώς ξέπλυνέ τες και άφησέ τες μια νύχτα σε χαρτί. Οι θρούμπες είναι πιο στεγνές, γι’ αυτό τις προτιμώ.' },
  ] },
  { under: 'sliced', on: 'fediverse', turns: [
    { by: 'ingrid', after: 3, says: 'Whole, always. But please write the piece about the coffee cup whatever happens.' },
    { by: 'nikos', after: 14, says: 'That is two votes for whole and nine for the coffee cup. I think I know what I am writing.' },
  ] },
  { under: 'sliced', on: 'porch', turns: [
    { by: 'paul', after: 20, says: 'Sliced. My hands are not what they were. Could you slice on request instead of buying a big machine?' },
    { by: 'nikos', after: 4, says: 'Of course, Paul, by hand and as thick as you say. I should have thought of it before I made it a war.' },
  ] },
  { under: 'winner', on: 'porch', turns: [
    { by: 'katerina', after: 1, says: 'Κλαίω στο λεωφορείο. Θα φέρω τη μάνα μου το Σάββατο.' },
    { by: 'eleni', after: 11, says: 'Σας περιμένουμε και τις δύο. Κρατήσαμε το πρώτο από τη φουρνιά, έχει ένα Μ χαραγμένο επάνω.' },
  ] },
  { under: 'winner', on: 'fediverse', turns: [
    { by: 'hanna', after: 13, says: 'What a name. How is it pronounced, and where is the stress?' },
    { by: 'nikos', after: 5, says: 'Mav-ro-MA-na. The last two syllables are “mum”, more or less, which is the whole story.' },
  ] },
  { under: 'hydration', on: 'fediverse', turns: [
    { by: 'oren', after: 18, says: 'Mine has the hollow under the crust that you describe. Two hours at 26 degrees. Too long, then?' },
    { by: 'nikos', after: 16, says: 'At 26 I would stop at ninety minutes. Look for the first three cracks, not for a map of them. And thank you for the temperature, that told me everything.' },
    { by: 'oren', after: 28, says: 'Ninety minutes: no hollow. Is it meant to smell faintly of apples?' },
    { by: 'nikos', after: 7, says: 'Apples, yes, and wet stone on a good day. You have it. Nothing left for me to teach you this week.' },
  ] },
  { under: 'bench', on: 'porch', turns: [
    { by: 'anna', after: 3, says: 'Τα φανάρια της Κορίνθου φταίνε για όλα, να τους το πείτε εκ μέρους μου. Πού αλλού θα βρω γειτονιά αν όχι εκεί;' },
    { by: 'maria', after: 14, says: 'Τους το διάβασα στις δέκα. Η κυρία Πόπη ζητά να έρθεις αυτοπροσώπως, έχει στοιχεία.' },
  ] },
  { under: 'bench', on: 'fediverse', turns: [
    { by: 'yuki', after: 21, says: 'Nine pieces for three people. I think it is so that nobody has to take the last one.' },
    { by: 'maria', after: 13, says: 'Yuki, I asked them. They looked at each other and said: who told her?' },
  ] },
  { under: 'schools', on: 'porch', turns: [
    { by: 'lena', after: 4, says: 'Η Δ΄ τάξη μας, δεκαοκτώ παιδιά, θα ερχόταν αύριο κιόλας! Ένα παιδί έχει αλλεργία στο σουσάμι, γίνεται;' },
    { by: 'eleni', after: 18, says: 'Γίνεται: τη μέρα εκείνη δεν θα ανοίξουμε καθόλου σουσάμι και θα πλύνω η ίδια τους πάγκους το μεσημέρι. Σας κράτησα την πρώτη Δευτέρα, στις πέντε.' },
  ] },
  { under: 'schools', on: 'fediverse', turns: [
    { by: 'eirini', after: 50, says: 'Και για νηπιαγωγείο; Έχουμε δώδεκα πεντάχρονα και πολλή όρεξη.' },
  ] },
  { under: 'schools', on: 'porch', turns: [
    { by: 'kostas', after: 7, says: 'Στη γειτονιά λένε ότι φεύγετε από τη Γούναρη. Αλήθεια είναι;' },
    { by: 'maria', after: 15, says: 'Όχι, Κώστα, δεν φεύγουμε. Για το ενοίκιο ουδέν σχόλιο ως το τέλος του μήνα, που υπογράφουμε. Μετά ρώτα με ό,τι θέλεις.',
      reasons: { evasion: 'Ο ιδιοκτήτης μας ζήτησε να μη μιλήσουμε πριν από την υπογραφή, και λέμε πότε θα μιλήσουμε.' } },
  ] },
  { under: 'not-told', on: 'fediverse', turns: [
    { by: 'tom', after: 6, says: 'Fair enough. Is mustard one of the three? I ask only because of an allergy.' },
    { by: 'nikos', after: 0.8, says: 'No mustard, Tom, and none in the shop. For an allergy I always answer, spice by spice.' },
  ] },
  { under: 'not-told', on: 'porch', turns: [
    { by: 'paul', after: 40, says: 'I have always wondered why your bags have no plastic window. Is there a reason, or is it just the price?' },
  ] },
  { under: 'guess', on: 'porch', turns: [
    { by: 'antonis', after: 2, says: '4.350, μαζί με το μυστήριο.' },
    { by: 'maria', after: 4, says: 'Σημειώθηκε, κύριε Αντώνη. Η κυρία Πόπη λέει ότι αντιγράψατε.' },
  ] },
  { under: 'guess', on: 'porch', turns: [
    { by: 'dealer', after: 9, says: 'Great post!! Cheap followers and baking machines here https://deals.example/a and https://deals.example/b and https://deals.example/c', hold: 'links' },
  ] },
  { under: 'guess', on: 'fediverse', turns: [
    { by: 'stelios', after: 26, says: 'Τρία κιλά και διακόσια δέκα. Μπορώ να παίξω κι εγώ που δεν τρώω γλουτένη;' },
  ] },
  { under: 'guess', on: 'porch', turns: [
    { by: 'sofia', after: 29, says: '3.900 γραμμάρια. Και να ξέρετε ότι το μυστικό είναι μπουγάτσα, το μύρισα.' },
  ] },
  { under: 'soup', on: 'porch', turns: [
    { by: 'vaso', after: 5, says: 'Ντομάτα πάντα, και όποιος λέει όχι δεν είναι από την Πάτρα. Το σέλινο με τα φύλλα, μπράβο.' },
    { by: 'eleni', after: 3, says: 'Κυρία Βάσω, έτσι κι αλλιώς εσείς με μάθατε. Της Μαρίας της το λέτε κι εσείς, που τη θέλει άσπρη;' },
  ] },
  { under: 'soup', on: 'fediverse', turns: [
    { by: 'giorgos', after: 13, says: 'Εμείς βάζουμε και πορτοκάλι. Τώρα μπορείτε να μαλώσουμε. Η ρέγγα καπνιστή ή παστή;' },
  ] },
  { under: 'winter', on: 'fediverse', turns: [
    { by: 'clare', after: 0.7, says: 'The anise one. I would walk in the rain, I would walk from the airport. When in December would it start?' },
  ] },
]
