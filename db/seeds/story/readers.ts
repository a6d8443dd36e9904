/** Those who read along in the fediverse and say so with a like. */
export const readers: readonly { readonly who: string; readonly name: string }[] = [
  'Αλέξης', 'Βίκυ', 'Γεωργία', 'Διονύσης', 'Εύα', 'Ζωή', 'Ηλίας', 'Θεοδώρα', 'Ιάσονας', 'Καλλιόπη', 'Λευτέρης', 'Μελίνα', 'Ναταλία', 'Ξένια', 'Όλγα', 'Πέτρος', 'Ρένα',
  'Σπύρος', 'Τασία', 'Φανή', 'Χάρης', 'Χρύσα', 'Amelia', 'Bruno', 'Chiara', 'Dirk', 'Emma', 'Finn', 'Grace', 'Henrik', 'Isla', 'Jonas', 'Kaja', 'Liam', 'Mateo', 'Noor',
  'Olivia', 'Pilar', 'Quentin', 'Rosa', 'Sami', 'Tilda', 'Umut', 'Vera', 'Wim', 'Xenia', 'Yann', 'Zofia',
].map((name, place) => ({ who: `reader${place + 1}`, name }))
