import type { Both } from './lang.ts'

const both = (en: string, el: string): Both => ({ en, el })

/** The words of states, where a sentence names one to a person. */
export const stateWords: Readonly<Record<string, Both>> = {
  draft: both('a draft', '«πρόχειρο»'), paused: both('paused', '«σε παύση»'), scheduled: both('scheduled', '«προγραμματισμένο»'), sending: both('on its way out', '«βγαίνει τώρα»'), published: both('published', '«δημοσιευμένο»'), withdrawn: both('taken down', '«αποσυρμένο»'),
  made: both('a post already', '«έγινε ήδη ανάρτηση»'), settled: both('settled already', '«έχει ήδη κριθεί»'), on: both('running', '«σε εξέλιξη»'), live: both('running', '«σε εξέλιξη»'), ended: both('over', '«έχει λήξει»'),
  waiting: both('waiting', '«σε αναμονή»'), running: both('running', '«σε εξέλιξη»'), done: both('done', '«ολοκληρωμένο»'), failed: both('stopped by a failure', '«απέτυχε»'), stopped: both('stopped', '«σταματημένο»'),
  none: both('not asked for', '«δεν έχει ζητηθεί»'), asked: both('waiting for a yes', '«περιμένει έγκριση»'), half: both('waiting for a second yes', '«περιμένει δεύτερη έγκριση»'), approved: both('approved', '«εγκεκριμένο»'), returned: both('sent back', '«επιστράφηκε»'),
  story: both('begun with the story', '«ξεκίνησε με την ιστορία»'), own: both('begun with your own campaign', '«ξεκίνησε με δική σας εκστρατεία»'),
}
