import { inBoth } from '#ui/words.ts'

const en = {
  tag: 'The line for your pages', help: 'Put it into the template of the blog, where the comments of each page should stand. It works on {sites}.', copy: 'Copy', copied: 'Copied',
}
const el: typeof en = {
  tag: 'Η γραμμή για τις σελίδες σας', help: 'Βάλτε τη στο πρότυπο του ιστολογίου, εκεί που θέλετε τα σχόλια κάθε σελίδας. Λειτουργεί στα: {sites}.', copy: 'Αντιγραφή', copied: 'Αντιγράφηκε',
}
export const commentsWords = inBoth(en, el)
