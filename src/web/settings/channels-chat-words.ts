import { inBoth } from '#ui/words.ts'

const en = {
  copy: 'Copy', copied: 'Copied', cancel: 'Cancel', kept: 'I have put it away',
  tag: 'The line for your site', tagHelp: 'Put it on every page, before </body>. It waits for nothing and moves nothing on the page.', sites: 'It may stand on',
  identity: 'Visitors you know', identityNone: 'With a secret, your site’s server can vouch for whoever is signed in there. Without one everybody is a guest.',
  identityHeld: 'Your site’s server vouches for visitors with a secret that is kept here under seal.',
  makeSecret: 'Make a secret', newSecret: 'Make a new secret', oldEnds: 'The secret of now stops working at once: put the new one on your site’s server right away. Nobody loses their chat.',
  secretTitle: 'The secret of this chat', secretOnce: 'You see it this once. Put it on your site’s server, never into the page: whoever has it can speak in your visitors’ names.',
  claims: 'For each visitor your server signs a JWT (HS256) with sub, aud: “{key}”, iat (five minutes at most) and jti (used once); name and email if you like. Hand it to the script as data-identity.',
}
const el: typeof en = {
  copy: 'Αντιγραφή', copied: 'Αντιγράφηκε', cancel: 'Άκυρο', kept: 'Το φύλαξα',
  tag: 'Η γραμμή για τον ιστότοπό σας', tagHelp: 'Βάλτε την σε κάθε σελίδα, πριν από το </body>. Δεν καθυστερεί και δεν μετακινεί τίποτα στη σελίδα.', sites: 'Μπορεί να βρίσκεται στους',
  identity: 'Επισκέπτες που γνωρίζετε', identityNone: 'Με ένα μυστικό κλειδί, ο διακομιστής του ιστότοπού σας βεβαιώνει ποιος έχει συνδεθεί εκεί. Χωρίς αυτό όλοι είναι επισκέπτες.',
  identityHeld: 'Ο διακομιστής του ιστότοπού σας βεβαιώνει τους επισκέπτες με ένα μυστικό κλειδί, που φυλάσσεται εδώ σφραγισμένο.',
  makeSecret: 'Νέο μυστικό κλειδί', newSecret: 'Αλλαγή μυστικού κλειδιού', oldEnds: 'Το τωρινό κλειδί παύει αμέσως να ισχύει: βάλτε το καινούργιο στον διακομιστή του ιστότοπού σας χωρίς καθυστέρηση. Κανείς δεν χάνει τη συνομιλία του.',
  secretTitle: 'Το μυστικό κλειδί της συνομιλίας', secretOnce: 'Το βλέπετε μόνο αυτή τη φορά. Βάλτε το στον διακομιστή του ιστότοπού σας, ποτέ μέσα στη σελίδα: όποιος το έχει μιλά εξ ονόματος των επισκεπτών σας.',
  claims: 'Για κάθε επισκέπτη ο διακομιστής σας υπογράφει ένα JWT (HS256) με sub, aud: «{key}», iat (πέντε λεπτά το πολύ) και jti (μίας χρήσης)· αν θέλετε, και name και email. Δώστε το στη γραμμή ως data-identity.',
}

export const chatWords = inBoth(en, el)
