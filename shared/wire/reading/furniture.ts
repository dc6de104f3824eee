/**
 * The words of sites and mails around a story: buttons, boxes, labels. They are recognised by whole lines only, so that no
 * sentence of a story is ever taken for one of them. English and Greek, and what sites everywhere leave in English.
 */
import { formWithoutAccents, withoutAccents } from './accents.ts'

/** The line that begins a list of other stories. What follows it, as long as it has no sentences, is not the story. */
const OTHER_STORIES = [
  /^(?:related|similar|more|other|further|latest|popular|trending|recommended|top|recent|previous|next)\s+(?:\p{L}+\s+){0,2}(?:posts?|stor(?:y|ies)|articles?|news|reading|content|topics|coverage|headlines|videos|links)$/iu,
  /^(?:read|see|watch|more)\s+(?:more|also|next|on this(?: story)?|from [^.!?]{1,40}|in [^.!?]{1,40}|about [^.!?]{1,40})$/iu,
  /^(?:most (?:read|popular|viewed|shared|recent)|you (?:may|might) (?:also )?(?:like|be interested in)|around the web|sponsored(?: content| links)?|promoted(?: stories)?|don[’']t miss|editor[’']?s[’']? (?:picks?|choice)|related|see also|what to read next|recommended(?: for you)?)$/iu,
  /^(?:σχετικά(?: με το θέμα)?|(?:σχετικά|άλλα|περισσότερα|τελευταία|προτεινόμενα|δημοφιλή)\s+(?:άρθρα|νέα|θέματα|κείμενα)|διαβάστε(?: ακόμ[αη]| επίσης| περισσότερα| σχετικά)|δείτε(?: ακόμ[αη]| επίσης)|ροή ειδήσεων|περισσότερα|τα πιο διαβασμένα|δημοφιλή|προτεινόμενα|μη χάσετε)$/iu,
  /^(?:comments?(?: \(\d+\))?|\d+ comments?|leave a (?:reply|comment)|join the (?:conversation|discussion)|σχόλια(?: \(\d+\))?|αφήστε (?:ένα )?σχόλιο)$/iu,
].map(formWithoutAccents)

/** Single lines that sites put anywhere: what to press, what to buy, what is being shown. */
const BUTTONS = [
  /^(?:share(?: (?:this|on|via) ?.{0,30})?|tweet|post|print|e-?mail(?: this)?|save|copy link|facebook|twitter|x|whatsapp|linkedin|telegram|viber|messenger|pinterest|reddit|instagram|follow(?: us)?(?: on .{1,30})?|subscribe(?: now)?|sign (?:up|in)|log ?in|menu|search|home|skip to (?:main )?content|advertisement|advertising|ad|loading(?:\.{3}|…)?|play(?: video)?|listen(?: to (?:this )?(?:article|story))?|view gallery|enlarge(?: image)?|close|back to top|accept(?: all)?(?: cookies)?|\d+ shares?|\d+ min(?:ute)?s? read)$/iu,
  /^(?:κοινοποίηση|μοιραστείτε(?: το)?|εκτύπωση|αποστολή|διαφήμιση|εγγραφή|σύνδεση|μενού|αναζήτηση|αρχική|ακολουθήστε μας.{0,40}|χρόνος ανάγνωσης:? .{1,20}|ακούστε το άρθρο)$/iu,
].map(formWithoutAccents)

/** When a page was published, or brought up to date: the time of the page, which is not the story's dateline. */
const PAGE_TIME = formWithoutAccents(
  /^(?:(?:published|updated|posted|last (?:updated|modified)|modified|date|δημοσιεύ(?:θηκε|τηκε)|δημοσίευση|ενημερώθηκε|(?:τελευταία )?ενημέρωση|ημερομηνία)(?:\s*[:|–-].{0,60}|\s+(?:on|at|στις|τη|την|today|yesterday|just now|\d|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*\.?,? (?:\d|\p{L}{3,9}\.? \d)).{0,60}|$)|.{0,20}\b\d{1,2}[./ -](?:\d{1,2}|\p{L}{3,12}\.?)[./ ,-]+\d{2,4}(?:[ ,|·@-]+(?:at |στις )?\d{1,2}[:.]\d{2}.{0,15})?|(?:\p{L}{3,12},? )?\p{L}{3,12}\.? \d{1,2},? \d{4}(?:[ ,|·@-]+(?:at )?\d{1,2}[:.]\d{2}.{0,15})?|\d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?(?: \p{Lu}{2,4})?|\d+ (?:second|minute|hour|day|week)s? ago|πριν (?:από )?\d+ \p{L}+)$/iu,
)

/** The line that says what kind of document follows. */
const LABELS = formWithoutAccents(
  /^(?:press release|news release|media (?:release|advisory|statement)|for (?:immediate )?release.{0,40}|δελτίο τύπου|ανακοίνωση(?: τύπου)?|για άμεση δημοσίευση)$/iu,
)

/** A line that forbids use before a time. */
const EMBARGO = formWithoutAccents(
  /^(?:\**\s*)?(?:strictly |under )?(?:(?:embargo(?:ed)?(?: (?:copy|release|date|time|ends?|lifts?|expires?|not for))?|εμπάργκο)(?:\s*[:*–-]|\s+(?:until|till?|to \d|at|on \d|for release|\d|μέχρι|έως|ως τις)|$)|embargo(?:ed)?[,;.] |not for (?:publication|use|release) (?:before|until)).{0,160}$/iu,
)

/** The end of a story: whatever follows is for the newsroom, not for its readers. */
const END_MARK = formWithoutAccents(
  /^(?:#{2,}|-+\s*30\s*-+|[-–—*\s]*(?:ends?|end of (?:release|story|text)|τέλος)[-–—*\s.]*|\*{3,}|–\s*0\s*–)$/iu,
)

/** A heading over something addressed to newsrooms. */
const NOTES = formWithoutAccents(
  /^(?:notes? (?:to|for) (?:the )?editors?|editor[’']?s notes?|about (?!\d|half\b|an? |one\b|two\b|three\b|ten\b)[^.!?]{2,60}|(?:media |press )?(?:contacts?|enquiries|inquiries)(?: details)?|for (?:more|further) information.{0,60}|σημειώσεις (?:προς|για) (?:τους )?συντάκτες|(?:στοιχεία )?επικοινωνίας?|σχετικά με [^.!;]{2,60}|για περισσότερες πληροφορίες.{0,60})\s*:?$/iu,
)

const LONGEST = 160

/** A longer line is none of these, and is not looked at: the forms are quick on short lines only. */
function matches(forms: readonly RegExp[], line: string): boolean {
  const words = line.length <= LONGEST ? withoutAccents(line.trim()) : undefined
  return words !== undefined && forms.some((form) => form.test(words))
}

function matchesBare(forms: readonly RegExp[], line: string): boolean {
  return line.length <= LONGEST && matches(forms, line.trim().replace(/\s*[:…]+$/u, ''))
}

export const beginsOtherStories = (line: string): boolean => matchesBare(OTHER_STORIES, line)
export const isButton = (line: string): boolean => matchesBare(BUTTONS, line)
export const isPageTime = (line: string): boolean => matchesBare([PAGE_TIME], line)
export const isLabel = (line: string): boolean => matchesBare([LABELS], line)
export const isEmbargoLine = (line: string): boolean => matches([EMBARGO], line)
export const isEndMark = (line: string): boolean => matches([END_MARK], line)
export const beginsNotes = (line: string): boolean => matchesBare([NOTES], line)
