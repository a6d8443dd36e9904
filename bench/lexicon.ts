const heads = ['ψωμί', 'bread', 'παραγγελία', 'order', 'φούρνος', 'delivery', 'τσουρέκι', 'ευχαριστώ', 'thanks', 'αύριο', 'tomorrow', 'προζύμι', 'sourdough', 'κατάστημα', 'shop', 'τιμή', 'price', 'Κυριακή', 'Sunday', 'αλεύρι']
const greek = ['κα', 'λο', 'ρι', 'μα', 'τη', 'σου', 'πε', 'να', 'θυ', 'βρο', 'γλυ', 'ζε', 'ξα', 'φι', 'χω', 'δρα', 'στι', 'πλα', 'μπου', 'ντε']
const latin = ['ba', 'ker', 'lo', 'min', 'sta', 'ro', 'vel', 'ti', 'qua', 'der', 'mon', 'pli', 'gra', 'sun', 'fo', 'ret', 'hal', 'cri', 'wen', 'dop']
export const sizeOfLexicon = 20_000

/** Twenty thousand words, half Greek, half Latin, the first of them those of a bakery. */
export function lexicon(): string[] {
  const made = new Set(heads)
  for (let n = 0; made.size < sizeOfLexicon; n++) {
    const from = n % 2 === 0 ? greek : latin
    const k = Math.floor(n / 2)
    made.add([from[k % 20], from[Math.floor(k / 20) % 20], from[Math.floor(k / 400) % 20], from[(k * 7) % 20], from[Math.floor(k / 8000) % 20]].join(''))
  }
  return [...made]
}

const first = ['Μαρία', 'Γιώργος', 'Ελένη', 'Κώστας', 'Κατερίνα', 'Δημήτρης', 'Άννα', 'Νίκος', 'Σοφία', 'Γιάννης', 'Mary', 'John', 'Anna', 'George', 'Helen', 'Peter', 'Sophie', 'Tom', 'Kate', 'Nick']
const endings = ['όπουλος', 'άκης', 'ίδης', 'son', 'man', 'er']
/** Eight thousand people's names: twenty first names, four hundred last ones. */
export const names = (): string[] => first.flatMap((one, n) => Array.from({ length: 400 }, (_, k) => {
  const from = n < 10 ? greek : latin
  return `${one} ${from[k % 20]!.charAt(0).toUpperCase()}${from[k % 20]!.slice(1)}${from[Math.floor(k / 20)]}${endings[(n < 10 ? 0 : 3) + k % 3]}`
}))
