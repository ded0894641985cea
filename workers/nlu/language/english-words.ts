/** Words of English requests that none of the other languages has: one of them, and a text is taken for English. */
export const ENGLISH_ONLY = `
  the and mark complete fish frozen peas safety business grocery laundry trash old big small good
  great best free left use using every same own right wrong help look pack return check sign back deal
  hard long light quick full half order tell talk people friend friends family brother sister mother
  father wife husband baby boss client team money bank phone number letter letters paper papers door
  garden kitchen bathroom bedroom window table chair bed clothes shoes dress shirt keys fridge oven
  dishes floor weather rain snow sunshine summer winter spring autumn garage church library station
  airport beach city street lawn oil tyres tires engine battery charge charger cable laptop computer
  printer screen password account file files folder draft drafts summary update updates your our their
  his its this that these those with without from about into onto by before after until when where
  what which who whose why how many much more some any each all both few other another again also too
  very just really please thanks thank yes you they them she him were be been being isn aren don doesn
  didn won can could would should shall must might may need needs want wants has had having does did
  done doing get got getting going go gone coming take taking took make making made put give gave told
  ask asked say said let know think like keep found see show buy bought create new set move push
  cancel delete remove clear call called write wrote text sent reply remind reminder remember forget
  forgot book pay paid pick drop clean wash fix finish finished schedule reschedule meet meeting
  dinner breakfast coffee birthday appointment events calendar task tasks lists today tomorrow tonight
  yesterday morning afternoon evening night noon midnight day days weeks month months year years hour
  hours monday tuesday wednesday thursday friday saturday sunday weekend january february march april
  june july august september october november december next last first second third late early soon
  now later daily weekly monthly up out off down between because while than then there here not never
  nothing something everything anything one two three four five seven eight nine milk bread eggs food
  groceries shopping rent bill bills house home work kids mom mum dad dog cat trip flight movie game
  read learn study practise practice watch play recipe homework card poster tour lesson class exam
  report idea rename store shop water walk run cook bake translate spanish german french italian tmrw
  tmr tomorow pls plz mtg appt tue tues wed thu thur thurs sat pm overdue urgent high low priority it
  if or but us`;

/** English words that another language has as well: they speak for English as much as for that one. */
export const ENGLISH_AS_WELL = `
  fire time mail my her till is are was am will have come find add change email send bring start stop
  plan met lunch brunch party event todo list week minute minutes at on to for of in over no six ten
  office school car doctor dentist gym train ticket tickets hotel film listen song gift museum visit
  test project notes note name bar restaurant w mon fri sun due tag i as so an a me we do token tokens`;
