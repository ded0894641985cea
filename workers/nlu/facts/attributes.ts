/** Somebody by what they are to another, as a pattern; several of these may have a word of their kind before them. */
const KIN =
  'mother|mum|mom|mummy|mommy|mama|father|dad|daddy|papa|parents|sister|brother|wife|husband|hubby|partner|girlfriend|boyfriend|fianc[eé]e?|ex|son|daughter|kids|children|child|baby|twins|aunt|auntie|uncle|cousin|niece|nephew|grandmother|grandma|granny|gran|grandfather|grandpa|grandad|granddad|grandparents|godmother|godfather|goddaughter|godson|stepmother|stepmom|stepfather|stepdad|stepson|stepdaughter|mother-in-law|father-in-law|sister-in-law|brother-in-law|in-laws|best\\s+(?:friend|man)|friend|flatmate|roommate|housemate';
/** Whom people call so without "my". */
export const BY_ITSELF =
  'mum|mom|mummy|mommy|mama|mother|dad|daddy|papa|father|grandma|granny|gran|grandmother|grandpa|grandad|granddad|grandfather';
const WORKING =
  'dentist|orthodontist|doctor|gp|pa?ediatrician|dermatologist|cardiologist|gyna?ecologist|midwife|physio|physiotherapist|therapist|psychologist|psychiatrist|osteopath|chiropractor|optician|vet|surgeon|pharmacist|hairdresser|barber|stylist|lawyer|solicitor|attorney|notary|accountant|tax\\s+(?:advis[eo]r|consultant|accountant)|landlord|landlady|boss|manager|supervisor|team\\s+lead|line\\s+manager|mentor|coach|trainer|teacher|tutor|professor|advis[eo]r|instructor|principal|head\\s*teacher|colleague|co-?worker|assistant|secretary|neighbou?r|babysitter|nanny|childminder|plumber|electrician|mechanic|gardener|cleaner|builder|architect|handyman|realtor|estate\\s+agent|agent|broker|banker|tenant|priest|pastor|rabbi|imam|caretaker|photographer|dog\\s*walker|cat\\s*sitter';
/** "Piano teacher", "eldest daughter": what comes before some of them. */
const OF_KIND =
  '(?:(?:new|old|former|other|own|family|eldest|oldest|youngest|elder|older|younger|little|big|twin|half|step|great|late|personal|head|team|landscape|piano|guitar|violin|drum|cello|flute|singing|voice|dance|ballet|yoga|tennis|swimming|driving|maths?|english|french|german|spanish|music|art|science|physics|class|primary|school|insurance|thesis|phd|bank|financial|upstairs|downstairs|next-?door)\\s+)?';
/** "Dentist", "piano teacher", "eldest son" */
export const PERSON = `${OF_KIND}(?:${KIN}|${WORKING})`;
const ANIMAL = 'dog|cat|puppy|kitten|rabbit|hamster|guinea\\s+pig|parrot|budgie|horse|pony|tortoise|goldfish';
/** What has a name of its own. */
export const NAMED = `${PERSON}|(?:(?:new|old|other)\\s+)?(?:${ANIMAL}|boat|car|band|team|company|school|university|street)`;

/** Where one is again and again. */
export const PLACE =
  "(?:(?:new|old|local|favou?rite)\\s+)?(?:gym|office|school|university|college|church|mosque|synagogue|temple|pub|bar|caf[eé]|bakery|butcher|pharmacy|chemist|supermarket|bank|library|pool|swimming\\s+pool|club|sports\\s+club|tennis\\s+club|studio|yoga\\s+studio|dance\\s+studio|kindergarten|nursery|daycare|garage|hairdresser'?s|barber\\s?shop|co-?working\\s+space|workshop|clinic|practice|allotment|bus\\s+stop|parking\\s+(?:spot|space)|storage(?:\\s+unit)?|rehearsal\\s+room)";

export const DATED = 'birthday|b-?day|anniversary|wedding\\s+anniversary|name\\s?day';

/** What is written with digits. */
export const NUMBERED =
  '(?:(?:new|work|home|private|mobile|cell)\\s+)?(?:phone|mobile|cell|telephone)(?:\\s+number)?|(?:mobile|cell)\\s+number|number|(?:locker|gate|alarm|garage|safe|entry|access|building|house|bike\\s+lock|door)\\s+(?:code|combination)|licen[cs]e\\s+plate|number\\s+plate|plate\\s+number|passport\\s+number|(?:id|membership|member|customer|insurance|policy|account|tax|social\\s+security|student|employee|frequent\\s+flyer)\\s+(?:number|id)|(?:shoe|ring|shirt|dress|trouser|jeans|hat|glove|collar)\\s+size|(?:post|zip)\\s?code|iban|room\\s+number|locker(?:\\s+number)?|pin';
/** What a household has one of, so that "the" says whose it is. */
export const SHARED =
  'wi-?fi\\s+(?:password|name)|(?:locker|gate|alarm|garage|safe|entry|access|building|house|door)\\s+(?:code|combination)';
/** What is written in any way. */
export const LABELLED =
  '(?:(?:new|home|work|postal)\\s+)?address|wi-?fi\\s+(?:password|name)|blood\\s+(?:type|group)|eye\\s+colou?r|star\\s+sign|t-?shirt\\s+size|clothes\\s+size';
export const FAVOURITE = 'favou?rite\\s+(?:[\\p{L}-]+\\s+){0,2}?[\\p{L}-]+';

/** All of "lunch", "dinner", …, asked for together. */
export const MEALS = 'meals';
/** Everything that is asked for by its name. */
export const ATTRIBUTE = `${NAMED}|${PLACE}|${DATED}|${NUMBERED}|${LABELLED}|${FAVOURITE}|name|lunch(?:\\s+time)?|dinner(?:\\s+time)?|breakfast(?:\\s+time)?|diet|allerg(?:y|ies)|home|work`;

export const DIET =
  '(?:(?:strict(?:ly)?|mostly)\\s+)?(?:(?:an?\\s+)?(?:vegan|vegetarian|pescatarian|pescetarian|flexitarian|c[o]?eliac|diabetic)|lactose[\\s-]intolerant|gluten[\\s-](?:intolerant|free)|kosher|halal|teetotal)';
