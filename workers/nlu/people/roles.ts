const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** What stands before a name. */
export const HONORIFICS =
  words(`mr mrs ms mx miss dr doctor prof professor sir madam aunt auntie aunty uncle coach father sister brother
  grandma grandpa captain pastor rabbi imam judge principal officer nurse cousin dean mister missus sergeant señor señora`);

/** Words for somebody by what they are to the speaker or by their work. */
export const ROLES =
  words(`landlord landlady boss manager supervisor director ceo cto cfo coo mom mum mummy mommy mother mama dad daddy father papa
  sister sis brother bro wife husband hubby partner girlfriend boyfriend fiance fiancee fiancé fiancée parents folks family son daughter kids
  children cousin cousins aunt auntie uncle niece nephew grandma grandpa grandmother grandfather gran granny grandad granddad nan nana nonna oma opa
  abuela abuelo inlaws in-laws mother-in-law father-in-law sister-in-law brother-in-law stepmom stepdad twins baby teacher teachers professor professors prof
  profs tutor adviser advisor mentor coach trainer lecturer dean principal headmaster headteacher colleague colleagues coworker coworkers co-worker co-workers
  team friend friends mate mates buddy pal client clients customer customers doctor doctors gp dentist orthodontist therapist psychologist
  counselor counsellor physio physiotherapist chiropodist chiropractor optician midwife nurse surgeon lawyer solicitor attorney notary accountant auditor auditors
  bank insurance insurer neighbor neighbour neighbors neighbours hr student students class classmates school university college company department
  office roommate roommates flatmate flatmates housemate housemates group recruiter recruiters vendor vendors supplier suppliers editor agent agency support
  reception staff committee board council club members guests investors investor interns intern babysitter sitter nanny plumber electrician vet hotel airline
  everyone everybody contractor contractors builder builders architect architects gardener cleaner mechanic hairdresser barber stylist caterer florist
  photographer chief leader lead crew engineers engineering designer designers design developers marketing sales legal accounting finance it operations
  procurement management manager's secretary assistant pa landlords tenant tenants inspector realtor broker priest pastor rabbi imam
  embassy consulate police bride groom bridesmaids ex crush girls boys guys lads ladies residents parents' volunteers band choir
  madam sir lady daycare kindergarten mailman postman courier driver chef instructor handyman painter roofer movers`);

/** Said without "my" or "the" these still name somebody. */
export const BARE_ROLES =
  words(`mom mum mummy mommy mama dad daddy papa grandma grandpa gran granny grandad granddad nan nana nonna oma opa abuela abuelo
  auntie hubby hr everyone everybody legal accounting`);

export const KIN_BEFORE_NAME =
  words(`sister brother wife husband partner girlfriend boyfriend fiance fiancee son daughter cousin aunt uncle niece nephew friend
  colleague coworker boss manager coach teacher neighbor neighbour roommate mum mom dad mother father lawyer doctor dentist mate buddy principal grandma grandpa client intern`);

export const DETERMINERS = words(`my our the his her their your a an both all some`);

/** What a role only describes: "the client meeting", "team lunch". */
export const ATTRIBUTED =
  /^(?:meetings?|calls?|lunch|dinner|breakfast|brunch|party|appointments?|appt|visit|event|trip|review|sync|reviews?|presentations?|demo|offsite|off-site|outing|building|workshop|training|interview|check-?up|checkup|evening|night|day|days|conference|concert|play|room|office|building|run|bus|fees?|bill|bills|invoice|payment|report|form|forms|reunion|birthday|wedding|shower|photos?|dues|holidays?|break|board|assembly|trip|reminder|task|list|email|mail|letter|stuff|thing|session|time|slot|practice|game|match|update|updates|portal|account|transfer|policy|claim|card|records?|test|exam|exams|work|project|projects|proposal|contract|hours|number|address|phone|plan|plans|budget)$/;

/** Capital or placed words that are nobody: times, platforms, things that come "with" a request. */
export const NO_PERSON =
  words(`monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january february march april may june july
  august september october november december jan feb mar apr jun jul aug sep sept oct nov dec zoom teams skype slack webex facetime whatsapp google outlook
  i i'm i'll i've i'd me you we us it them him her he she they this that these those someone somebody anyone no not a reminder reminders alert alerts notification
  notifications priority high low medium top urgent subject title tag tags label labels note notes list lists calendar agenda cake snacks food slides photos
  attachments attachment pictures body template templates ai tokens location place starting start end duration description name date time times due deadline christmas
  easter thanksgiving halloween am pm am/pm today tomorrow tonight yesterday morning afternoon evening noon midnight week month year something anything everything nothing what
  which who where when how why call lunch dinner breakfast work home gym school here there please pls ok okay and or but the an of in on at by for to from with lol haha all any
  more one two three four five six seven eight nine ten eleven twelve half quarter next last every each first second third new old be do does did is are was were has have had can could
  will would should friends' coffee tea drinks beers out up down off over about some many few lots time event events meeting meetings appointment appointments get go gets going
  set add make put take send move change cancel delete remove book schedule remind create email mail message inbox draft reply back`);
