/**
 * Given names of many languages, for texts where no capital letter tells a name. Our own compilation of what people
 * are commonly called; spelled in lower case without marks. What is an ordinary word or a place as well stands below:
 * it names somebody only where a capital letter or its place in the sentence says so.
 */
const NAMES = `
aaliyah aaron abby abdul abdullah abel abigail abraham ada adam adamu adebayo adele adil adnan adrian adriana adrien
aditi aditya agnes agnieszka ahmad ahmed aida aidan aiko aileen aisha aiyana ajay akash akiko akira akua alain alan alana alba
albert alberto aldo alec alejandra alejandro aleksander alessandra alessandro alessia alex alexa alexander alexandra
alexandre alexei alexia alexis alfie alfonso alfred alfredo ali alice alicia alina alisha alison alistair allan allison alma
alvaro alyssa amal amalia amanda amara amaya amelia amelie amina amir amira amit amna amy ana anastasia anders andrea andreas andrei
andres andrew andrzej andy anela angela angelica angelina angelo angie angus anika anil anita anja anjali ankit ann anna
annabel annabelle anne anneliese annette annie annika ansel anthea anthony antoine anton antonia antonio anusha anya aparna april
ariana arianna ariel arjun arlene armando arnav arnold arthur arturo arun arvind aryan asha asher ashley ashok asif
asma astrid athena aubrey audrey august augustin aurelia aurora ava avery avi aviva axel ayaan ayako ayan ayesha ayo ayumi azra
bao barbara barnaby bart bartek basil bastian beata beatrice beatriz becca becky ben benedict benedikt benjamin benji benny
bernadette bernard bernardo bernie bertha bertie beth bethany betsy betty bev beverly bianca bilal bilyana bjorn blake bob bobby bogdan
bonnie boris brad bradley brandon brenda brendan brent brett brian brianna bridget brigitte britney brittany bronwyn bruce bruno
bryan bryce caitlin caleb callum calum calvin cameron camila camilla camille candace carina carl carla carlo carlos carmen
carol carolina caroline carolyn carrie carsten casey cassandra cassie catarina catherine cathy cecile cecilia cecily cedric celeste
celia celine cesar chad chandra chantal charlene charles charlie charlotte chelsea chen cheryl chiara chidi chinedu chloe chris
chrissy christa christian christina christine christoph christopher chuck chun ciara cindy claire clara clarence clarissa claude claudia claudio
clement clementine cliff clive clint clyde cody colette colin colleen connie connor conor conrad constance consuelo cora coralie cormac
cornelia cornelius corinne cosmo courtney craig cristian cristiano cristina curtis cynthia cyril dagmar damian damien damon dana
daniel daniela danielle danilo danny dante daphne darcy daria dariusz darius darren dave david davide deborah debbie declan deepa deepak
deirdre delia delilah denis denise dennis derek dermot desmond devi devon dexter diana diane didier diego dieter dilan dimitri dina dinesh
dirk divya dmitri dmitry dolores dominic dominik dominique donald donna donovan dora doreen dorian doris dorota dorothy doug
douglas duncan dustin dwayne dylan eamon eddie edgar edith edmund eduardo edward edwin eileen einar eitan ekaterina elaine eleanor
elena eleni eli elias elif elijah elinor elisa elisabeth elise elizabeth ella ellen ellie elliot elliott eloise elsa elsie elton elvira
emanuel emeka emil emilia emilie emiliano emilio emily emine emma emmanuel emmett enrico enrique enzo eric erica erik erika erin ernest
ernesto ernst erwin esme esperanza esteban estelle esther ethan etta eugene eugenia eva evan evangeline evelyn ezra fabian fabio
fabrice fadi farah farid farooq fatima fatma federica federico feng felicia felicity felipe felix ferdinand fernanda fernando fiona flavia
fleur flora florian floyd franca francesca francesco francine francis francisco franck franco francois frankie franz fred freda
freddie frederic frederick freya frida friedrich fritz gabriel gabriela gabriele gabriella gail galina gareth garry gary gaspar
gavin gemma geoff geoffrey george georgina gerald geraldine gerard gerda gerhard giacomo gianluca gianna gideon gilbert giles gillian
gina gino giorgio giovanna giovanni gisela gita giulia giulio giuseppe gladys glenda glenn gloria godfrey gonzalo gordon goran
graham greg gregor gregory greta gretchen griffin grzegorz guadalupe gudrun guido guillaume guillermo gunther gurpreet gus gustav gustavo gwen
gwendolyn habib hadiya hafsa haley halima hamid hamza hana hanna hannah hannes hans harald haris harish harold harriet
harrison harry haruka haruki harvey hasan hashim hassan hatice hayley hazem heather hector hedwig heidi heike heinrich helen helena helene helga
helmut hendrik henri henrietta henrik henry herbert herman hermann hernan hilary hilda hillary hiro hiroshi hiroko horacio horst howard
hubert hugh hugo humphrey hussein ian ibrahim ida idris ignacio igor ilaria ilona ilse iman imani imogen imran ina ines inga ingo ingrid
ioana irene irina irma irving isaac isabel isabella isabelle isadora isaiah ishaan isla ismael ismail ivan ivana ivo ivor iwona
jaap jackie jacob jacqueline jacques jada jade jaime jake jakob jakub jamal james jamie jamila jan jane janet janice janina janine
jared jarek jasmin jasmine jason jasper javier jaya jayden jeanette jeanne jeff jeffrey jelena jen jenna jennifer jenny jens jeremiah jeremy
jerome jerry jesse jessica jessie jesus jill jillian jim jimena jimmy jin jing jiro jo joachim joan joana joanna joanne joaquin jocelyn
jochen jodie joe joel joey johan johanna johannes john johnny jolanta jon jonah jonas jonathan joni jorge jose josef josefina joseph
josephine josh joshua josie joyce juan juana juanita judith judy jules julia julian juliana julie juliet juliette julio julius jun june
junko jurgen justin justine justyna kaito kamal kamala kamil karan kareem karen karim karin karina karl karla karsten kasia katarina katarzyna
kate katerina katharina katherine kathleen kathryn kathy katia katie katja katrin katrina katy kavita kavya kay kayla kazuki keiko
keisha keith kelechi kelly kelsey ken kendra kenji kenneth kenny kevin khadija khaled khalid kiara kieran kiki kimberly kim kimiko kiran
kirsten kirsty klara klaus konrad konstantin kofi kourosh kristen kristian kristin kristina kristof kumar kunal kurt kwame kyle kylie
lachlan lakshmi lamar lana lara larissa larry lars laszlo latifa latoya laura laurel lauren laurence laurent laurie lavinia lawrence layla
lea leah leander leandro leila leilani len lena lennart leo leon leona leonard leonardo leonie leopold leroy leslie letitia lev
levi lewis lexi lidia liam liang lidia lieke lila lillian liliana lin lina linda lindsay lindsey linh linus lionel lisa lisbeth liv livia liz
liza lizzie lloyd logan lois lola lorenzo loretta lori lorna lorraine lotte lou louis louisa louise lourdes luc luca lucas lucia
luciana luciano lucie lucille lucinda lucy ludwig luigi luis luisa luka lukas luke luna luz lydia lyle lynda lynn lynne mabel
maciej maddie madeleine madeline madison maggie magnus magda magdalena mahmoud maia maira maisie maja malcolm malik malika mallory mandy
manfred manuel manuela mara marc marcel marcela marcelo marcia marcin marco marcos marcus margaret margarita margherita margot
maria mariam mariana marianne marie mariella marilyn marina mario marion marisa marisol marjorie markus marlene marlon marta martha martin martina
marty marvin mary maryam masha mason massimo mateo mateusz mathew mathias mathieu mathilde matilda matt matteo matthew matthias
maureen maurice mauricio mauro max maxime maxine maya megan mehmet mei melanie melina melinda melissa mercedes meredith merlin
mia micah michael michaela michal michel michele michelle michiko mick mickey miguel mihai mika mike mikhail mila milan milena milica milo
mina minh mira miranda miriam miroslav mischa mitch mitchell miyuki moe mohamed mohammad mohammed mohan moira moises molly mona
monica monika monique morgan moritz morten moses mostafa muhammad mukesh muriel murray mustafa myra myriam myrna nadia nadine
nadja naima nana nancy naoki naomi natalia natalie natasha nate nathalie nathan nathaniel navid neha neil nell nellie nelson nerea nia niall
nichola nicholas nicky nico nicola nicolas nicole nigel nikhil nikita niklas nikola nikolai nikolaus nila nils nina nisha nitin noah noel noelle
noemi nora norbert noor noora nora norma norman nuno nuria octavia odette ola olaf oleg olena olga oliver olivia olivier
oluwaseun omar omari oona ophelia orla orlando oscar oskar otis otto owen ozan pablo paige pam pamela paola paolo parker parvati pascal
patrice patricia patrick patrik patty paul paula pauline pavel pawel pedro peggy penelope perry petar pete peter petra petros phil philip
philippa philippe phillip phoebe phyllis pia pierre pieter pietro pilar piotr piper polly prakash pranav prashant preeti preston priscilla
priya priyanka przemek quentin quincy quinn rachel radek rafael rafaela rahim rahul rainer raj rajan rajesh raju rakesh ralf ralph ramesh
ramiro ramon ramona randall randy rania raphael raquel rashid rasmus raul ravi raymond razia rebecca reece regina reginald reiko
reinhard rene renata renate renee reuben rex reza rhea rhiannon rhonda rhys ricardo riccardo richard ricky rihanna riley rita
ritu robbie robert roberta roberto robyn rocio roderick rodney rodrigo roger rohan rohit roisin roland rolf roman romeo romina
ron ronald ronan ronnie rory rosa rosalie rosalind rosanna rosario rosemary rosie ross rowan roxanne roy ruben rudi rudolf rudy
rufus rupert russell ruth ryan ryo sabina sabine sabrina sacha sadie saeed safiya sahil saki salim sally salma salman salvador
salvatore sam samantha samir samira sami sammy samuel sana sanjay sandeep sandra sanjana santiago sara sarah sarita sascha saskia satoshi
saul scarlett scott sean sebastian seema selena selim selina selma serena serge sergei sergey sergio seth shabnam shalini shane
shania shankar shannon sharon shaun shauna shawn sheila shelby sheldon shelly sheryl shilpa shirley shreya shu shyam sid sidney siegfried sienna
sigrid silas silvia simeon simon simona simone sina sinead siobhan siti slava slavica sofia sofie solange solomon sonia sonja sophia
sophie soren spencer stacey stacy stan stanislav stanley stefan stefania stefanie stella steph stephan stephane stephanie stephen
steve steven stewart stig stuart suki sumit sunil suresh susan susanna susanne susie suzanne suzy svein sven svetlana swati sybil sylvia sylvie
tabitha tadeusz takashi takeshi tamar tamara tamika tammy tania tanja tanner tanya tara tarek tariq tasha tatiana tatjana ted teddy terence
teresa teri terrence terry tessa thabo thaddeus thea thelma theo theodora theodore theresa therese thi thiago thierry thomas thorsten
tiago tiffany tilda tillie tim timo timothy tina tobias toby tom tomas tomasz tommaso tommy tomoko toni tony tonya tracey
traci tracy travis trevor tricia trina trinity tristan troy trudy tuan tucker tyler tyrone udo ugo ulla ulrich ulrike uma umar
ursula ute uwe vadim valentin valentina valeria valerie vanessa vasco veda venkat vera verena veronica veronika vicente vicki vicky victor
vijay viktor viktoria vikram vinay vince vincent vincenzo viola violeta virgil vishal vivek vivian viviane vivienne vlad vladimir vojtech
volker waleed wallace walter wanda warren wayne wei wendy werner wesley wilbur wilfred wilhelm willem william willie wilma winifred
winston wojciech wolfgang xander xavier ximena xin xiu yael yan yang yann yannick yara yasmin yasmine yasser yasuko yen ying yoko yolanda
yosef youssef yuki yuko yulia yuri yusuf yvette yvonne zach zachary zack zahra zainab zane zara zelda zeynep zhang zhen zoe zoey zofia zoltan zuri bea anouk farid lars sana rohit hamid kayla lupe otis kev ines leila dmitri noor olga brian bodhi yuna soo-jin hyun jae ji-woo min-jun minho sora hinata sakura ren daichi mei-ling xiaoming jun-ho
`;

const WORDS_TOO = `
amber ana angel april art ashley august aurora austin autumn basil ben bill blake bonnie brook brooke carol casey chad chance charity chase chelsea chip christian
chuck cliff clay cruz crystal daisy dale dallas dan dana dawn dean dee del don dot drew duke earl eve faith fay fern florence ford frank
gay gene georgia ginger glen grace grant guy hank harmony hazel heath holly hope hunter iris israel ivy jack jan jasmine jay jean jewel jordan joy jules june kat
kay kit kitty lance laurel lee lily lou luna mack major marina mark mark marsha mason max may melody mercy miles milan miller misty moe nana nat ned
neo nick norm olive orlando page paige parker pat paris pearl peg penny phoenix pierce piper pip pop ray red rex rich
river rob robin rod roman rose rosemary ross ruby rusty sage sandy savannah scott shay sierra skip sky skye sol sonny star storm sue summer sunny sydney
tab tad terry tess troy val van vic victoria viola violet virginia vivian wade will willow win wren jo ali max ngoc rudy kim 
`;

const words = (list: string): Set<string> => new Set(list.trim().split(/\s+/));

export const WORD_NAMES: ReadonlySet<string> = words(WORDS_TOO);
export const GIVEN_NAMES: ReadonlySet<string> = new Set(
  [...words(NAMES)].filter((name) => !WORD_NAMES.has(name)),
);
