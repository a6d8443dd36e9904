import { describe, expect, test } from 'vitest'
import { absoluteClaims, emptySeriousness, evasions, nonApologies } from './rules.ts'

describe('evasive', () => {
  test.each([
    'No comment.', 'no comment', 'We have no comment on that.', 'NO COMMENT', 'Our answer is: no comment', 'No further comment.',
    'We can’t comment at this time.', 'We cannot comment on individual cases.',
    'The owner declined to comment.', 'We are unable to comment on rumours.', 'We don’t comment on prices.', 'I won’t comment on this.',
    'Hello Nikos, we are not able to comment further.', '**No comment**', 'We do not comment until further notice.',
    'Ουδέν σχόλιο.', 'ΟΥΔΕΝ ΣΧΟΛΙΟ', 'ουδεν σχολιο', 'Για το θέμα αυτό, ουδέν σχόλιο.', 'Δεν σχολιάζουμε.', 'Δεν θα σχολιάσουμε το θέμα.',
    'Προς το παρόν δεν μπορούμε να σχολιάσουμε.', 'Κανένα σχόλιο.', 'Δεν το σχολιάζουμε αυτό.',
    'Δεν έχουμε κάποιο σχόλιο.', 'Αρνούμαστε να σχολιάσουμε.', 'Ουδέν περαιτέρω σχόλιο.', 'Κανένα σχόλιο από εμάς.',
    'Δεν επιθυμούμε να το σχολιάσουμε.', 'Άνευ σχολίων.',
  ])('%s', (text) => expect(evasions(text)).toHaveLength(1))
  test.each([
    'We have no comment section yet.', 'There are no comments yet.', 'We had no comment from you last week, are you well?',
    'You can’t comment on this post yet; we are fixing it.', 'No comment box? Write us an e-mail.',
    'We will never say “no comment”.', 'If you cannot comment below, write to us.',
    'We can’t comment on the case, because the court asked both sides to wait.', 'Tell us in a comment.',
    'No comment is ever deleted here.',
    'Sorry, that is something we don’t discuss outside the company, for competitive reasons.',
    'We can’t comment before Friday, when the test is back.', '> No comment.\n\nThat was their answer. Ours is yes.',
    'See `no comment` in the file.',
    'Maria left no comment on the photo.', 'The recipe needs no comment.',
    'Δημοσιεύτηκε χωρίς κανένα σχόλιο από εμάς ως τώρα.', 'χωρίς κανένα σχόλιο από εμάς ως τώρα', 'Δεν υπάρχει κανένα σχόλιο ακόμη.',
    'Γράψτε ένα σχόλιο.', 'Κανένα σχόλιο δεν σβήνεται εδώ.', 'Δεν λέμε ποτέ «ουδέν σχόλιο».',
    'Δεν σχολιάζουμε την υπόθεση, γιατί το ζήτησε το δικαστήριο.', 'Δεν μπορείτε να σχολιάσετε ακόμη εδώ.', 'Γιατί δεν σχολιάζετε;',
    'Τα σχόλια είναι ανοιχτά.', 'Δεν έχουμε κανένα σχόλιο ακόμη κάτω από τη συνταγή.',
    'Συγγνώμη, αυτό είναι κάτι που δεν το συζητάμε έξω από την εταιρεία, για λόγους ανταγωνισμού.', 'Περιμένουμε τα σχόλιά σας.',
    'Δεν σχολιάζουν πολλοί, αλλά όλοι διαβάζουν.', '',
  ])('not: %s', (text) => expect(evasions(text)).toEqual([]))
  test('its place is the sentence it stands in', () => {
    const text = 'Γεια σου Νίκο. Για τα **αμύγδαλα**: ουδέν σχόλιο! Καλή μέρα.'
    const [found] = evasions(text)
    expect(text.slice(...found!.at)).toBe('Για τα **αμύγδαλα**: ουδέν σχόλιο!')
    expect(found!.words).toBe('ουδέν σχόλιο')
  })
})

describe('seriousness without a deed', () => {
  test.each([
    'We take this very seriously.', 'We take all complaints seriously.',
    'We take your safety extremely seriously. Thank you for your patience.', 'Your feedback is taken very seriously.',
    'We take food safety seriously and are committed to quality.',
    'We always take such matters very seriously. We will look into it.', 'We take it seriously!',
    'Hello Anna, we take the matter seriously. We value our guests.', 'We are taking this seriously. We are looking into it.',
    'We take every message seriously. We do our best. We care.',
    'I take this seriously.', 'We take these things really seriously. We will do our best.', 'We take your privacy seriously.',
    'Το παίρνουμε πολύ σοβαρά.', 'Παίρνουμε το θέμα στα σοβαρά.', 'Λαμβάνουμε σοβαρά υπόψη τα σχόλιά σας.',
    'Αντιμετωπίζουμε το ζήτημα με σοβαρότητα.', 'Αντιμετωπίζουμε κάθε παράπονο με τη δέουσα σοβαρότητα. Ευχαριστούμε.',
    'Παίρνουμε πολύ σοβαρά την ασφάλειά σας. Θα κάνουμε ό,τι μπορούμε.', 'Λαμβάνουμε πολύ σοβαρά υπόψη τη γνώμη σας.',
    'Το παίρνω σοβαρά.', 'ΤΟ ΠΑΙΡΝΟΥΜΕ ΠΟΛΥ ΣΟΒΑΡΑ', 'Παίρνουμε ιδιαίτερα σοβαρά το θέμα. Είμαστε δίπλα σας.',
    'Το βλέπουμε με απόλυτη σοβαρότητα.', 'Παίρνουμε σοβαρά κάθε μήνυμα. Θα συνεχίσουμε να προσπαθούμε.',
  ])('%s', (text) => expect(emptySeriousness(text)).toHaveLength(1))
  test.each([
    'We take this seriously: the batch of 12 May is off the shelf.', 'We take this very seriously. Maria called the mill this morning.',
    'We take it seriously. We have removed the biscuits.', 'We take it seriously, and by Friday you will have an answer.',
    'Don’t take us too seriously.', 'She takes her rye seriously.', 'We stopped selling it today, because we take this seriously.',
    'We take our time.', 'They said “we take this very seriously”.', 'We take photos of bread.',
    'We take this seriously. We threw away the flour and changed the mill.', 'We take this seriously. I will call you.',
    'Seriously, it is good bread.', '',
    'Το παίρνουμε σοβαρά: αποσύραμε την παρτίδα της 12ης Μαΐου.', 'Το παίρνουμε πολύ σοβαρά. Σήμερα το πρωί μιλήσαμε με τον μύλο.',
    'Το παίρνουμε σοβαρά. Σταματήσαμε την πώληση.', 'Το παίρνουμε σοβαρά και ως την Παρασκευή θα έχετε απάντηση.',
    'Μη μας παίρνετε στα σοβαρά.', 'Σοβαρά τώρα, δοκιμάστε το.', 'Παίρνουμε αλεύρι από τα Καλάβρυτα.',
    'Μας είπαν «το παίρνουμε πολύ σοβαρά».', 'Το παίρνουμε σοβαρά. Πετάξαμε το αλεύρι.', 'Παίρνουμε τα υλικά από τον ίδιο μύλο.',
    'Το παίρνουμε σοβαρά. Αύριο κλείνουμε για καθαρισμό.', 'Η δουλειά μας είναι σοβαρή.', 'Το παίρνουμε πολύ σοβαρά. Αλλάξαμε προμηθευτή.',
  ])('not: %s', (text) => expect(emptySeriousness(text)).toEqual([]))
})

describe('an apology that is none', () => {
  test.each([
    'Sorry if anyone was offended.', 'We are sorry if you felt ignored.', 'We apologise if this caused any harm or upset anybody.',
    'I’m sorry that you feel this way.', 'Sorry you feel that way.', 'Mistakes were made.', 'Errors may have been made.',
    'We apologise for any inconvenience.', 'Sorry for the inconvenience!', 'We apologize for any inconvenience caused.',
    'We regret any inconvenience.', 'Our apologies if someone was confused by the sign.', 'Sorry to anyone who was offended.',
    'We’re sorry if our post upset people.',
    'Συγγνώμη αν κάποιος προσβλήθηκε.', 'Συγγνώμη αν σας ενοχλήσαμε.', 'Έγιναν λάθη.', 'Έχουν γίνει κάποια λάθη.',
    'Ζητούμε συγγνώμη για την όποια ταλαιπωρία.', 'Συγγνώμη για την τυχόν αναστάτωση.', 'Ζητάμε συγγνώμη εάν θίξαμε κάποιους.',
    'Λυπούμαστε αν παρεξηγηθήκαμε.', 'Συγγνώμη σε όσους ενοχλήθηκαν.', 'Λυπούμαστε που αισθάνεστε έτσι.',
    'Ζητούμε συγγνώμη για οποιαδήποτε ταλαιπωρία.', 'ΖΗΤΟΥΜΕ ΣΥΓΓΝΩΜΗ ΓΙΑ ΤΗΝ ΟΠΟΙΑ ΤΑΛΑΙΠΩΡΙΑ', 'Συγγνώμη αν κάποιοι στενοχωρήθηκαν.',
  ])('%s', (text) => expect(nonApologies(text)).toHaveLength(1))
  test.each([
    'We made a mistake. We are very sorry.', 'Sorry, we close at two.', 'Sorry if this is late!',
    'We are sorry: the oven broke and the bread was late.', 'We apologise for any inconvenience: our oven broke at five.',
    'Sorry, I forgot your order.',
    'Is it a mistake?', 'Many mistakes were made by us, and here they are.', 'Let us know if you feel like rye.',
    'If you are upset, call me.', 'Sorry you feel ill, get well soon.', 'They wrote “mistakes were made”.',
    'We apologise. Nikos mixed up the labels.', '',
    'Κάναμε λάθος. Ζητάμε συγγνώμη.', 'Συγγνώμη, κλείνουμε στις δύο.', 'Συγγνώμη που αργήσαμε, χάλασε ο φούρνος.',
    'Ζητούμε συγγνώμη για την όποια ταλαιπωρία: χάλασε ο φούρνος στις πέντε.', 'Συγγνώμη αν αργήσω λίγο!',
    'Αν σας ενόχλησε κάτι, πείτε μας.',
    'Έγιναν λάθη από εμάς και τα γράφουμε εδώ.', 'Είπαν «έγιναν λάθη».', 'Λυπούμαστε πολύ, ξεχάσαμε την παραγγελία σας.',
    'Διορθώσαμε τα λάθη στη συνταγή.', 'Συγγνώμη για τη χθεσινή ουρά· έλειπε ο Νίκος.', 'Πείτε μας αν νιώθετε πείνα.',
    'Χίλια συγγνώμη, μπέρδεψα τις ετικέτες.',
  ])('not: %s', (text) => expect(nonApologies(text)).toEqual([]))
})

describe('a claim nobody can check', () => {
  test.each([
    'The best bread in town!', 'We bake the best bread in Patras.', 'We are the best.', 'The finest flour on the market',
    'We are number one.', 'The No. 1 bakery', '100 % guaranteed.', '100% satisfaction', 'Greece’s favourite bakery', 'Unbeatable prices',
    'Our rye is second to none.',
    'World-class croissants', 'The cheapest in the area', 'This is simply the best!',
    'Το καλύτερο ψωμί της πόλης!', 'Έχουμε τα καλύτερα κουλούρια.', 'Είμαστε οι καλύτεροι.', 'Ο Νο 1 φούρνος',
    'Το νούμερο ένα στην Πάτρα', '100 % εγγυημένο', 'Ασυναγώνιστες τιμές', 'Η κορυφαία μπουγάτσα στην Ελλάδα', 'Δεν υπάρχει καλύτερο.',
    'Αξεπέραστη γεύση',
    'Ψήνουμε το καλύτερο ψωμί.', 'ΤΟ ΚΑΛΥΤΕΡΟ ΨΩΜΙ ΤΗΣ ΠΑΤΡΑΣ', 'Το φθηνότερο της γειτονιάς',
  ])('%s', (text) => expect(absoluteClaims(text).length).toBeGreaterThan(0))
  test.each([
    'The best way to keep bread is linen.', 'Best wishes from Patras!', 'We do our best.', 'This is the best time to come.',
    'What is the best bread in town?', 'The number one question we get: is it vegan?', '100 % whole wheat', 'Take bus number one.',
    'Step number one: flour.',
    'Anna wrote: “the best bread in town”. Thank you!', 'It is the best we can do.', 'One of our better days.',
    'The best part is the crust.', '',
    'Ο καλύτερος τρόπος να μείνει φρέσκο είναι το λινό.', 'Κάνουμε το καλύτερο δυνατό.', 'Ποιο είναι το καλύτερο ψωμί της πόλης;',
    '100 % ολικής', 'Πάρτε τη γραμμή νούμερο ένα.', 'Η Άννα έγραψε «το καλύτερο της πόλης».',
    'Καλύτερα αύριο.', 'Κάθε μέρα και λίγο καλύτερα.', 'Το καλύτερο είναι η κόρα.', 'Τις καλύτερες ευχές μας!',
    'Βρήκαμε καλύτερο αλεύρι.', 'Βήμα νούμερο ένα: αλεύρι.', 'Ευχαριστούμε τον καλύτερό μας φίλο.',
  ])('not: %s', (text) => expect(absoluteClaims(text)).toEqual([]))
})
