/** Foreign names, places, dishes and things, as they stand in English requests. */
export const FOREIGN_NAMES = (
  'Les and Una;Casa de la Luz;El Pescador;La Petite Maison;Le Pain Quotidien;Das Boot;Der Spiegel;Die Zeit;Jean-Luc de la Tour;' +
  'María José;Søren;Zoë and Loïc;Jürgen Müller;Łukasz;Nguyễn Văn Nam;Ayşe;José da Silva;Van der Berg;Dr. von Braun;Ana y Luis;Björn;' +
  'Il Postino;La La Land;Como;Per;Una;Les;Dora;Max und Moritz;Mañana Café;Café del Mar;São Paulo;Rio de Janeiro;Córdoba;' +
  'München;Köln;Zürich;Aix-en-Provence;Île de la Cité;Las Palmas;Los Angeles;Den Haag;Kraków;Århus;Göteborg;İstanbul;Đà Nẵng;' +
  'crème brûlée;pâté de campagne;coq au vin;pain au chocolat;jalapeños;gazpacho;pico de gallo;carne asada;huevos rancheros;' +
  'pasta al dente;spaghetti alle vongole;pane e vino;tom yum;bánh mì;phở;pierogi;smörgåsbord;gravlax;bratwurst;sauerkraut;Brötchen;' +
  'pão de queijo;feijoada;döner;börek;gulyás;nasi goreng;gado gado;Hej hej;Feliz Navidad card;Día de los Muertos party;' +
  'Oktoberfest;Weihnachtsmarkt;Tag der Arbeit;Cinco de Mayo;Fête de la Musique;Midsommar;déjà vu;je ne sais quoi;vis-à-vis;' +
  'Auf Wiedersehen gift;Joie de Vivre;C’est la vie poster;La vie en rose;Hasta la vista party;Dolce e Gabbana;Dolce far niente;' +
  'Sur la Table;Trader Joe;IKEA Hemnes;Kvik;Ola Nordmann;Mette-Marit;Jan de Vries;Piet Hein;Kees;Anna and Otto;Kim;Dan;Sam;Jeg;Ik;Morgen;Tak'
).split(';');

/** Requests around a name. */
export const NAME_FRAMES = [
  (name: string) => `add ${name} to my list`,
  (name: string) => `lunch with ${name} on friday at noon`,
  (name: string) => `book ${name} for friday`,
  (name: string) => `${name} tomorrow at 7`,
  (name: string) => `buy ${name}`,
  (name: string) => `i met ${name} at the bar`,
  (name: string) => `call ${name} about the rent`,
  (name: string) => `email ${name} that i am late`,
];

/** English that is short, mistyped, full of names, or looks like something else. */
export const ODD_ENGLISH = `
i met Les at the bar
Les and Una are coming
ask Les for the keys
die hard tonight
den meeting at 4
pain au chocolat for breakfast
order tapas y vino
watch La Casa de Papel
read Le Monde
learn je ne sais quoi
dinner at Il Forno
dinner at Le Petit Prince with Marie de la Cruz
pick up tio Jose at the airport
pay Senora Garcia
practise Spanish: hola que tal
study German der die das
German homework
French vocab list
translate "guten Morgen" for Anna
add 'Brot kaufen' to my list
add "acheter du lait" to my list
rename milk to "leche fresca"
buy "Die Zeit"
song list: La Bamba, La vie en rose
call mama
call papa
call oma
call opa at noon
call abuela
tell mum im late
yo remind me to eat
per my last email
one per day
no para jumping
el nino talk
una mattina sheet music
je suis charlie shirt
via con dios
al dente pasta
a la carte
ad hoc meeting
et al. citations
vice versa
carpe diem tattoo
pro bono work
status quo review
per diem form
de facto lead
in vitro lab
ad infinitum
menu del dia
met gala
con call at 5
con artist book
son's recital
sons game
mom's bday
ma's bday
mi casa party
tu 3pm
wed 2pm
mon 9
sun tan lotion
sat exam
man up
dar meeting
as is
bin day
bin bags
dan vs kim
kan ban board
war room
den cleanup
her bday
hat shop
hut trip
rot check
ram upgrade
fast food run
gift for dad
gift wrap
tag sale
tag along
art class
art kit
arm day
leg day
bad hair day
bald eagle trip
brief review
handy man
hell week
wand paint
mist fan
not now
not yet
also buy milk
so tired
was late
war and peace
worm farm
stern talk
elf costume
vier boat
remind me tmrw 2 call mum
remnid me to cal mom tomorow
byu mlik
buuy mikl tmr
ad egs too teh lst
delte the tsk abotu taxs
mve the meting too mondy
shwo my taks
waht do i hav todya
cal dentst
gym 3x wk
laundry tmrw
pik up kids
pic up teh kdis at scool
snd emial to bosss
wrte to jhon
srcub tub
finsh hw
dr appt
dr appt thu 3p
mtg w/ bob
mtg w ana fri 3
pls add eggs
thx
ty
k
ok
lol
brb
omg
nvm
asdf
asdf qwer zxcv
hmm
uh
wat
wut
ya
ja
si
oui
non
nein
da
hola
ciao
adios
danke
gracias
merci
sayonara
bonjour
xyz
foo bar baz
lorem ipsum
q3 okr deck
kpi dash
sql migration
npm audit fix
git rebase main
docker prune
fix ci
deploy to prod
aws bill
vpn cert
ssl renewal
ssh key rotate
k8s upgrade
pr review
oauth bug
jira 1234
asana board
figma comps
zoom w/ team
slack ana
whatsapp tia rosa
venmo jo
uber to jfk
jfk to lax
nyc trip
la trip
la marathon
las vegas trip
los angeles trip
san jose trip
san francisco de asis tour
santa fe weekend
el paso drive
des moines flight
baton rouge trip
du page county form
de pere visit
la jolla beach
el camino walk
le mans race
monte carlo
rio carnival
oslo flight
bergen hike
malmo ferry
turku
tampere trip
brno meeting
gdansk trip
iasi call
hanoi flight
hue tour
bali villa
jakarta call
ubud yoga
izmir hotel
ankara visa
lisbon tram
porto wine
faro flight
nice trip
nancy call
tours trip
metz
lyon train
essen fair
bonn office
halle concert
ulm tower
bern meeting
basel fair
como lake
bari ferry
pisa tower
roma match
ajax game
real madrid match
barca game
juve match
inter milan tickets
bayern game
psv match
fc porto match
die cast cars
les miserables tickets
les mis
das auto ad
der blaue reiter exhibit
la boheme
il trovatore
cosi fan tutte
don giovanni
la traviata on saturday
carmen at 8
tannhauser
die fledermaus
die zauberflote tickets
le nozze di figaro
così fan tutte at the opera on friday
l'elisir d'amore with Nina
una furtiva lagrima practice
o sole mio lesson
ave maria rehearsal
dona nobis pacem practice
stille nacht rehearsal
frere jacques lesson
feliz cumpleanos cake
quinceanera for Lupe
bar mitzvah
diwali puja
eid gift
hanukkah candles
hygge night
fika with Sven
apres ski
hors d'oeuvres for 12
rendezvous with Sue
rsvp to Inès & Théo
resume for Zoë
fiancé's birthday
naïve bayes homework
café at 3
jalapeño poppers
piñata for Tom
señor Rossi at 5
über driver tip
doppelgänger film
schadenfreude essay
kindergarten pickup
zeitgeist article
wanderlust blog
angst essay
poltergeist film
gesundheit mug
dachshund vet
rottweiler shots
spitz grooming
schnauzer haircut
pommes frites
currywurst
spätzle recipe
knödel for dinner
glühwein
lebkuchen
stollen
apfelstrudel from the bakery
wiener schnitzel on sunday
mozzarella e pomodoro
risotto ai funghi
pizza quattro stagioni
vino rosso
prosecco
caffe latte
latte art class
tiramisu
panna cotta
gelato
biscotti
arroz con pollo
chili con carne
pan de muerto
mole poblano
tacos al pastor
tres leches cake
dulce de leche
queso fresco
agua fresca
flan
churros
paella
sangria
ceviche
empanadas
chimichurri
yerba mate
caipirinha
pastel de nata
bacalhau
vinho verde
piri piri
kebab
baklava
lokum
ayran
raki
goulash
langos
palinka
kolache
pilsner
svickova
bigos
kielbasa
zurek
sarmale
mamaliga
lefse
lutefisk
kanelbulle
salmiakki
karjalanpiirakka
rendang
satay
sambal
bun cha
banh mi
pho
ca phe sua da
goi cuon`
  .trim()
  .split('\n');
