/**
 * "names: rule; COUNTRY,COUNTRY rule" with "for N" where it lasts longer. The first rule is the one of everywhere else.
 * Names are written as people do, without apostrophes and dots.
 */
const TABLE = `
new years eve, new year eve, nye, silvester, old years night: 12-31
new years day, new years, new year, new year day, nyd: 1-1
epiphany, three kings day, three kings, feast of the epiphany: 1-6
orthodox christmas, orthodox christmas day, coptic christmas: 1-7
orthodox new year, old new year: 1-14
lohri: 1-13
pongal, makar sankranti, makara sankranti, thai pongal: 1-14
martin luther king day, martin luther king jr day, mlk day, martin luther kings day, mlk jr day, civil rights day: 3 mon 1
inauguration day: 1-20
australia day: 1-26
republic day: 1-26; TR 10-29; IT 6-2; PK 3-23; PT 10-5
burns night, burns day: 1-25
holocaust remembrance day, holocaust memorial day: 1-27
groundhog day, groundhogs day: 2-2
candlemas: 2-2
waitangi day: 2-6
super bowl sunday, super bowl, superbowl, superbowl sunday: 2 sun 2
lincolns birthday, lincoln birthday, darwin day: 2-12
galentines day: 2-13
valentines day, valentine day, valentines, saint valentines day, st valentines day, st valentine, vday, v day: 2-14
presidents day, president day, washingtons birthday: 3 mon 2
family day: 3 mon 2
leap day: 2-29
st davids day, saint davids day: 3-1
international womens day, womens day, intl womens day: 3-8
commonwealth day: 2 mon 3
pi day: 3-14
ides of march: 3-15
st patricks day, saint patricks day, st paddys day, st pattys day, paddys day, pattys day, saint patrick day, st patrick day: 3-17
nowruz, norooz, persian new year: 3-20
world water day: 3-22
april fools day, april fools, april fool day, all fools day: 4-1
vaisakhi, baisakhi: 4-14
songkran, thai new year: 4-13
tax day: 4-15
earth day: 4-22
st georges day, saint georges day: 4-23
anzac day: 4-25
koningsdag, kings day, king day: 4-27
administrative professionals day, secretaries day: -1 wed 4
arbor day: -1 fri 4
walpurgis night: 4-30
may day: 5-1
labour day, labor day: 5-1; US,CA,DEFAULT 1 mon 9; NZ 4 mon 10; SYDNEY 1 mon 10; MELBOURNE 2 mon 3; BRISBANE 1 mon 5; PERTH 1 mon 3; JP 11-23
international workers day, workers day: 5-1
early may bank holiday, may day bank holiday, may bank holiday, first may bank holiday: 1 mon 5
star wars day: 5-4
cinco de mayo: 5-5
ve day, victory in europe day: 5-8
victory day: 5-9
europe day: 5-9
nurses day: 5-12
mothers day, mother day, mums day, moms day: 2 sun 5; GB,IE,NG easter-21; FR,SE -1 sun 5; NO 2 sun 2; ES,PT 1 sun 5; PL 5-26; MX 5-10; AR 3 sun 10; EG 3-21; TH 8-12; ID 12-22; RU -1 sun 11
mothering sunday: easter-21
syttende mai, norwegian constitution day: 5-17
victoria day: mon before 5-25
spring bank holiday, late may bank holiday, whitsun bank holiday, second may bank holiday: -1 mon 5
memorial day, decoration day: -1 mon 5; KR 6-6
childrens day, international childrens day: 6-1; IN 11-14; JP 5-5; KR 5-5; TR 4-23; MX 4-30; BR 10-12; CN 6-1
june bank holiday: 1 mon 6
world environment day: 6-5
d day: 6-6
queens birthday, kings birthday, queens official birthday, kings official birthday: 2 sat 6; AU 2 mon 6; NZ 1 mon 6
flag day: 6-14
fathers day, father day, dads day: 3 sun 6; AU,NZ 1 sun 9; BR 2 sun 8; DE easter+39; ES,IT,PT 3-19; SE,NO,FI 2 sun 11; DK 6-5; AT,BE 2 sun 6; PL 6-23; RU 3 sun 10; TW 8-8; TH 12-5
juneteenth: 6-19
midsummer, midsummers day, midsummer day, st johns day: 6-24
midsummers eve, midsummer eve, midsummer night: 6-23
national indigenous peoples day: 6-21
canada day: 7-1
independence day: 7-4; IN 8-15; PK 8-14; BD 3-26; BR 9-7; MX 9-16; AR 7-9; CL 9-18; CO 7-20; PE 7-28; PH 6-12; ID 8-17; MY 8-31; SG 8-9; UA 8-24; PL 11-11; FI 12-6; GR 3-25; NG 10-1; KE 12-12; GH 3-6; KR 8-15; VN 9-2; IL hebrew Iyar/5
fourth of july, 4th of july, july fourth, july 4th: 7-4
battle of the boyne, orangemens day: 7-12
bastille day, french national day, quatorze juillet: 7-14
mandela day: 7-18
pioneer day: 7-24
national day: 8-1; SG 8-9; AT 10-26; FR 7-14; CN 10-1; SE 6-6; NO 5-17; TW 10-10; BE 7-21; ES 10-12; AU 1-26
swiss national day: 8-1
friendship day: 1 sun 8
civic holiday: 1 mon 8
assumption, assumption day, feast of the assumption, assumption of mary: 8-15
august bank holiday, summer bank holiday, late summer bank holiday: -1 mon 8; IE 1 mon 8
grandparents day: 1 mon 9 +6
patriot day: 9-11
talk like a pirate day: 9-19
national day for truth and reconciliation, orange shirt day: 9-30
german unity day, day of german unity: 10-3
national day of china, golden week: 10-1
gandhi jayanti: 10-2
world teachers day: 10-5
teachers day: 10-5; IN 9-5; US,DEFAULT 1 tue 5; CN 9-10; KR 5-15
columbus day, indigenous peoples day: 2 mon 10
canadian thanksgiving: 2 mon 10
bosss day, boss day, bosses day, national boss day: 10-16
diwali, divali, deepavali, deepawali, laxmi puja, lakshmi puja, festival of lights: tithi 7/30 18.9
october bank holiday: -1 mon 10
halloween, hallowe en, all hallows eve, all saints eve: 10-31
all saints day, all saints, all hallows, all hallows day: 11-1
all souls day, day of the dead, dia de los muertos: 11-2
guy fawkes night, guy fawkes day, guy fawkes, bonfire night, fireworks night: 11-5
melbourne cup, melbourne cup day: 1 tue 11
election day, us election day: 1 mon 11 +1
veterans day, veteran day: 11-11
remembrance day, armistice day, poppy day: 11-11
remembrance sunday: 2 sun 11
st martins day, martinmas: 11-11
singles day: 11-11
thanksgiving, thanksgiving day, turkey day, american thanksgiving: 4 thu 11; CA 2 mon 10
thanksgiving eve: 4 thu 11 -1
black friday: 4 thu 11 +1
small business saturday: 4 thu 11 +2
cyber monday: 4 thu 11 +4
giving tuesday: 4 thu 11 +5
st andrews day: 11-30
world aids day: 12-1
st nicholas day, saint nicholas day, nikolaus: 12-6
krampus night: 12-5
pearl harbor day: 12-7
immaculate conception: 12-8
human rights day: 12-10
st lucias day, saint lucys day, st lucy day: 12-13
winter solstice, december solstice: 12-21
summer solstice, june solstice: 6-21
spring equinox, vernal equinox, march equinox: 3-20
autumn equinox, autumnal equinox, fall equinox, september equinox: 9-23
festivus: 12-23
christmas eve eve: 12-23
christmas eve, xmas eve, x mas eve: 12-24
christmas, christmas day, xmas, xmas day, x mas, noel, chrimbo, crimbo, crimbo day: 12-25
boxing day, st stephens day, saint stephens day, second day of christmas: 12-26
day of goodwill: 12-26
kwanzaa: 12-26
twelfth night: 1-5
advent sunday, first advent, first sunday of advent, first sunday in advent: sun before 12-4
second advent: sun before 12-11
third advent: sun before 12-18
fourth advent: sun before 12-25
advent: sun before 12-4 for 28
shrove tuesday, pancake day, mardi gras, fat tuesday, pancake tuesday: easter-47
shrove monday, rose monday, carnival monday, rosenmontag: easter-48
carnival: easter-47
ash wednesday: easter-46
lent: easter-46 for 46
st josephs day: 3-19
laetare sunday: easter-21
palm sunday: easter-7
holy week: easter-7 for 7
spy wednesday: easter-3
maundy thursday, holy thursday, covenant thursday: easter-2 -1
good friday, holy friday: easter-2
holy saturday, easter saturday, easter eve, black saturday: easter-1
easter, easter sunday, easter day, resurrection sunday, western easter: easter
easter monday: easter+1
low sunday, divine mercy sunday: easter+7
ascension, ascension day, ascension thursday, feast of the ascension: easter+39
pentecost, whitsun, whit sunday, whitsunday, white sunday: easter+49
pentecost monday, whit monday, whitmonday: easter+50
trinity sunday: easter+56
corpus christi, feast of corpus christi: easter+60
sacred heart: easter+68
orthodox easter, orthodox easter sunday, greek easter, pascha, eastern easter: orthodox
orthodox good friday, great friday: orthodox-2
orthodox holy saturday, great saturday: orthodox-1
orthodox palm sunday: orthodox-7
lazarus saturday: orthodox-8
clean monday, orthodox shrove monday: orthodox-48
orthodox easter monday: orthodox+1
orthodox ascension, orthodox ascension day: orthodox+39
orthodox pentecost: orthodox+49
great lent, orthodox lent: orthodox-48 for 40
islamic new year, hijri new year, muslim new year, amun jadid, muharram: islamic 1/1
ashura, day of ashura: islamic 1/10
arbaeen: islamic 2/20
mawlid, mawlid al nabi, prophets birthday, milad un nabi, eid milad un nabi, mawlid an nabi: islamic 3/12
isra and miraj, isra and mi raj, isra miraj, laylat al miraj, the night journey: islamic 7/27
ramadan, ramadhan, ramzan, month of ramadan, ramadaan: islamic 9/1 for 30
first day of ramadan, start of ramadan, beginning of ramadan: islamic 9/1
laylat al qadr, night of power, laylatul qadr: islamic 9/27
eid, eid al fitr, eid ul fitr, id al fitr, end of ramadan, eid al fitir, lesser eid, hari raya, hari raya puasa, hari raya aidilfitri: islamic 10/1
day of arafah, arafat day, day of arafat: islamic 12/9
eid al adha, eid ul adha, id al adha, bakrid, bakra eid, eid ul zuha, feast of the sacrifice, hari raya haji, kurban bayrami, greater eid, sacrifice feast: islamic 12/10
rosh hashanah, rosh hashana, rosh ha shanah, jewish new year: hebrew Tishri/1
fast of gedaliah: hebrew Tishri/3
yom kippur, day of atonement, yom kipur: hebrew Tishri/10
erev yom kippur: hebrew Tishri/9
erev rosh hashanah: hebrew Tishri/1 -1
sukkot, sukkos, feast of tabernacles, feast of booths, succot: hebrew Tishri/15
hoshana rabbah: hebrew Tishri/21
shemini atzeret: hebrew Tishri/22
simchat torah, simhat torah: hebrew Tishri/23
hanukkah, chanukah, hanukah, chanukkah, channukah, hannukah, hanuka: hebrew Kislev/25
tu bishvat, tu b shevat, tu bshevat: hebrew Shevat/15
purim: hebrew Adar|Adar II/14
shushan purim: hebrew Adar|Adar II/15
passover, pesach, pesah, first day of passover: hebrew Nisan/15
erev pesach, passover eve, seder night: hebrew Nisan/14
yom hashoah: hebrew Nisan/27
yom hazikaron: hebrew Iyar/4
yom haatzmaut, yom ha atzmaut, israeli independence day: hebrew Iyar/5
lag baomer, lag b omer, lag bomer: hebrew Iyar/18
yom yerushalayim, jerusalem day: hebrew Iyar/28
shavuot, shavuos, feast of weeks: hebrew Sivan/6
tisha bav, tisha b av: hebrew Av/9
chinese new year, lunar new year, spring festival, cny, tet, seollal, korean new year, vietnamese new year: chinese 1/1
chinese new years eve, lunar new years eve, chinese new year eve: chinese 1/1 -1
lantern festival: chinese 1/15
qingming, qingming festival, tomb sweeping day, ching ming festival: 4-5
buddhas birthday, buddha birthday, wesak, vesak: chinese 4/8; IN,SG,MY,TH,ID tithi 2/15 6
dragon boat festival, duanwu, duanwu festival: chinese 5/5
qixi, qixi festival, chinese valentines day: chinese 7/7
ghost festival, hungry ghost festival: chinese 7/15
mid autumn festival, moon festival, mooncake festival, chuseok, midautumn festival: chinese 8/15
double ninth festival, chongyang, chung yeung festival: chinese 9/9
tanabata: 7-7
obon: 8-15
vasant panchami, basant panchami, saraswati puja: tithi 11/5 9
ratha saptami: tithi 11/7 6
maha shivaratri, mahashivratri, shivratri, maha shivratri, shivaratri: tithi 11/29 24
holika dahan, choti holi, chhoti holi: tithi 12/15 20
holi, rangwali holi, dhulandi, dhuleti, festival of colors, festival of colours: tithi 12/15 20 +1
ugadi, gudi padwa, yugadi, telugu new year: tithi 1/1 7
ram navami, rama navami: tithi 1/9 14
mahavir jayanti: tithi 1/13 6
hanuman jayanti: tithi 1/15 6
akshaya tritiya: tithi 2/3 10
buddha purnima, buddha jayanti: tithi 2/15 6
bengali new year, pohela boishakh: 4-14
vishu, puthandu, tamil new year: 4-14
rath yatra, ratha yatra: tithi 4/2 6
guru purnima: tithi 4/15 6
naga panchami, nag panchami: tithi 5/5 6
raksha bandhan, rakhi, raksha bandhan day: tithi 5/15 9
janmashtami, krishna janmashtami, gokulashtami: tithi 5/23 6
onam, thiru onam, thiruvonam: onam
ganesh chaturthi, vinayaka chaturthi, ganesha chaturthi: tithi 6/4 12
navratri, navaratri, sharad navratri, navarathri: tithi 7/1 9 for 9
durga ashtami, maha ashtami: tithi 7/8 6
maha navami: tithi 7/9 6
durga puja: tithi 7/6 6
dussehra, vijayadashami, dasara, dashain, vijaya dashami, dasera: tithi 7/10 14
sharad purnima: tithi 7/15 23
karva chauth, karwa chauth: tithi 7/19 20
dhanteras: tithi 7/28 18.9
naraka chaturdashi, kali chaudas, choti diwali, chhoti diwali: tithi 7/30 18.9 -1
govardhan puja, annakut: tithi 8/1 15
bhai dooj, bhaiya dooj, bhau beej, bhai duj: tithi 8/2 14
chhath, chhath puja, chhat puja: tithi 8/6 6
guru nanak jayanti, guru nanak gurpurab, guru nanaks birthday, gurpurab: tithi 8/15 8
`;

/** One feast of the table: its names, and its rules as text. */
export interface FeastLine {
  names: string[];
  rest: string;
}

export const FEAST_LINES: readonly FeastLine[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [names = '', rest = ''] = line.split(': ');
    return { names: names.split(', '), rest };
  });

/** First words of all names, to find them quickly in a text. */
export const FEAST_STARTERS: ReadonlySet<string> = new Set(
  FEAST_LINES.flatMap(({ names }) => names.map((name) => name.split(' ')[0] ?? '')),
);
