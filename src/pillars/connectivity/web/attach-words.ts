import { inBoth } from '#ui/words.ts'

export const attachWords = inBoth(
  {
    attach: 'Attach files', along: 'Attached', drop: 'Drop the files here', remove: 'Remove {name}', coming: '{name} is being handed over', alt: 'What {name} shows', altPlace: 'What does it show?',
    limits: 'Up to {max} files, {size} each.', limitsTotal: 'Up to {max} files, {size} each and {total} together.',
    large: 'It is too large.', many: 'These are more files than it takes.', much: 'Together they are too large.', unreached: 'It did not arrive. Remove it and attach it again.',
    goesTo: 'Also goes to', leaveOut: 'Leave out {name}', onlyTo: 'Goes to {name} alone.', toAll: 'To everyone again', wentTo: 'Also to: {names}',
  },
  {
    attach: 'Επισύναψη αρχείων', along: 'Συνημμένα', drop: 'Αφήστε τα αρχεία εδώ', remove: 'Αφαίρεση: {name}', coming: 'Ανεβαίνει: {name}', alt: 'Τι δείχνει: {name}', altPlace: 'Τι δείχνει;',
    limits: 'Έως {max} αρχεία, {size} το καθένα.', limitsTotal: 'Έως {max} αρχεία, {size} το καθένα και {total} όλα μαζί.',
    large: 'Είναι πολύ μεγάλο.', many: 'Είναι περισσότερα αρχεία απ’ όσα γίνονται δεκτά.', much: 'Όλα μαζί είναι πολύ μεγάλα.', unreached: 'Δεν έφτασε. Αφαιρέστε το και επισυνάψτε το ξανά.',
    goesTo: 'Πηγαίνει και σε', leaveOut: 'Χωρίς: {name}', onlyTo: 'Πηγαίνει μόνο σε: {name}.', toAll: 'Ξανά σε όλους', wentTo: 'Και σε: {names}',
  },
)
