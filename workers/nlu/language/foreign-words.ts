/**
 * Frequent words of other languages in what people tell a planner, as they are split by blanks, hyphens and apostrophes.
 * Some are English words, too; see `english-words.ts`.
 */
export const FOREIGN_WORDS = {
  de: `
    ich du wir mir mich dir mein meine meinen meiner meinem dein deine und oder nicht noch auch schon
    muss musst müssen kann kannst können soll sollte will möchte habe hab hast haben bin bist ist sind
    wird werden der das den dem des ein eine einen einem einer zum zur zu mit von vom für bei nach über
    auf aus bis wegen ohne vor im am ans ins um uhr wann wie was wo wer warum heute morgen übermorgen
    gestern abend früh mittag nachmittag nacht jeden jede jeder woche wochen monat jahr tag tage stunde
    stunden minuten nächste nächsten nächster diese diesen dieser montag dienstag mittwoch donnerstag
    freitag samstag sonntag termin termine aufgabe aufgaben liste einkaufsliste einkaufen einkauf kaufen
    kauf erinnere erinner erinnerung erinnern anrufen ruf schreib schreibe schreiben zeig zeige zeigen
    lösche löschen streiche füge hinzu verschieb verschiebe verschieben erledigt erledigen bezahlen
    zahlen putzen waschen holen abholen bringen machen mach gehen vergiss vergessen bitte danke zahnarzt
    arzt milch brot eier wäsche müll miete mama papa oma geburtstag arbeit schule kinder besprechung
    treffen viele wieviel übrig neue neuen neuer alle alles letzte letzten rückgängig jetzt dann wieder
    in so morgens abends wohin urlaub chef schicke schick sende verschicke lies öffne brauche brauchen
    brauch nächstes dieses diesem ersten zwei drei vier fünf sechs sieben acht neun zehn halb viertel
    kommt kommen gibt es gib lass fahren fahr koche kochen lernen lern besuchen buche buchen reservieren
    reserviere`,
  fr: `
    je tu il elle nous vous ils moi toi mon ma mes ton ta tes sa ses notre nos votre vos le la les un
    une des du de au aux et ou où mais pas ne que qui quoi quel quelle quels dois doit faut peux peut
    veux suis est sont ai as avons avez ont fais fait faire aller vais va être avoir avec pour par chez
    dans sur sous avant après vers jusqu sans ce cet cette ces quand comment combien pourquoi aujourd
    hui demain hier matin soir midi nuit semaine semaines mois année an jour jours heure heures minutes
    prochain prochaine tous toutes tout chaque lundi mardi mercredi jeudi vendredi samedi dimanche
    rendez réunion tâche tâches liste courses acheter achète rappelle rappeler appeler appelle écris
    écrire montre affiche supprime supprimer efface ajoute ajouter déplace décale décaler annule annuler
    termine terminé payer envoyer envoie prendre ranger nettoyer laver sortir oublie oublier lait pain
    œufs lessive poubelle poubelles loyer maman papa dentiste médecin anniversaire travail école enfants
    nouveau nouvelle plus reste dernière dernier merci plaît qu d l j n c s m t six en fixe prévois
    prévoir planifie mets mettre note noter cherche chercher trouve trouver réserve réserver change
    changer vacances réveille appel deux trois quatre cinq sept huit neuf dix lire préparer`,
  es: `
    yo tú él ella nosotros mi mis tu tus su sus me te se nos lo la los las el un una unos unas del de al
    y o pero no que qué quien quién cuál cuando cuándo cómo dónde cuánto cuántos cuántas por para con
    sin sobre en antes después hasta desde entre este esta estos estas ese esa tengo tiene tienes hay
    hacer haz hago ir voy estoy está están soy es son ser quiero quiere puedo puedes debo debe necesito
    hoy mañana ayer tarde noche mediodía semana semanas mes año día días hora horas minutos próximo
    próxima viene todos todas todo cada lunes martes miércoles jueves viernes sábado domingo cita
    reunión tarea tareas lista compra compras comprar recuérdame recordar recordatorio llamar llama
    escribe escribir muestra muéstrame mostrar borra borrar elimina eliminar añade añadir agrega mueve
    mover cambia cancelar cancela deshacer deshaz terminado hecho pagar enviar envía sacar llevar
    recoger limpiar lavar olvides olvidar leche pan huevos ropa basura alquiler mamá papá abuela
    dentista médico cumpleaños trabajo escuela niños nuevo nueva última último quedan gracias favor
    correo jefe libre dos tres cuatro cinco seis siete ocho nueve diez busca buscar reserva reservar pon
    poner anota apunta despiértame prepara preparar leer programa vacaciones muy`,
  pt: `
    eu você ele ela nós meu minha meus minhas seu sua me te se nos o a os as um uma uns umas do da dos
    das no na nas ao à aos às de e ou mas não que quem qual quando como onde quanto quantos quantas por
    para pra com sem sobre em antes depois até desde este esta isso tenho tem há fazer faça faz ir vou
    estou está estão sou é são ser quero quer posso pode devo deve preciso hoje amanhã ontem manhã tarde
    noite meio dia semana semanas mês ano dias hora horas minutos próximo próxima todos todas todo toda
    cada segunda terça quarta quinta sexta sábado domingo feira consulta reunião tarefa tarefas lista
    compras comprar compre lembre lembra lembrar lembrete ligar ligue escreva escrever mostre mostrar
    apague apagar exclua adicione adicionar acrescente mude mudar mova cancelar cancele desfazer desfaça
    feito pagar enviar envie levar buscar limpar lavar esquecer esqueça leite pão ovos roupa lixo
    aluguel mãe pai avó dentista médico aniversário trabalho escola crianças novo nova última último
    ainda livre obrigado chefe dois duas três quatro cinco seis sete oito nove dez busque procure
    reserve reservar marque marcar anote coloque acorde prepare preparar ler férias muito`,
  it: `
    io tu lui lei noi mio mia miei mie tuo tua suo sua mi ti si ci lo la gli le il un uno una del dello
    della dei degli delle di da dal dalla al allo alla ai alle nel nella sul sulla e o ma non che chi
    quale quando come dove quanto quanti quante per con senza su prima dopo fino questo questa questi
    queste ho hai ha abbiamo devo deve dobbiamo posso può voglio vuoi vorrei sono sei è siamo fare fai
    faccio andare vado oggi domani ieri mattina sera stasera notte pomeriggio mezzogiorno settimana
    settimane mese anno giorno giorni ora ore minuti prossimo prossima tutti tutte tutto ogni lunedì
    martedì mercoledì giovedì venerdì sabato domenica appuntamento riunione compito compiti attività
    lista spesa comprare compra ricordami ricorda ricordare promemoria chiamare chiama scrivi scrivere
    mostra mostrami cancella cancellare elimina aggiungi aggiungere sposta spostare annulla finito fatto
    pagare inviare manda portare prendere ritirare pulire lavare dimenticare dimenticarti latte pane
    uova bucato spazzatura affitto mamma papà nonna dentista medico compleanno lavoro scuola bambini
    nuovo nuova ultima ultimo rimasti grazie favore capo libero in due tre quattro cinque sette otto
    nove dieci cerca cercare prenota prenotare metti segna svegliami prepara preparare leggere ferie
    palestra fissa`,
  nl: `
    ik jij je hij zij wij we mij mijn jouw zijn haar onze de het een van voor met naar bij op om uit
    over tot zonder tegen aan en of maar niet geen nog ook al moet moeten kan kun kunnen wil zal zullen
    heb hebt heeft hebben ben bent is wordt worden wat wie waar wanneer hoe hoeveel waarom vandaag
    morgen overmorgen gisteren avond vanavond ochtend middag vanmiddag nacht elke ieder iedere week
    weken maand jaar dag dagen uur uren minuten volgende deze dit die maandag dinsdag woensdag donderdag
    vrijdag zaterdag zondag afspraak vergadering taak taken lijst lijstje boodschappen boodschappenlijst
    kopen koop herinner herinnering eraan bellen bel schrijf schrijven laat zien toon verwijder
    verwijderen voeg toe zet zetten verplaats verplaatsen verzet gedaan klaar maak maken betalen sturen
    stuur halen ophalen brengen schoonmaken wassen doen vergeet vergeten melk brood eieren vuilnis huur
    mama papa oma tandarts dokter verjaardag werk school kinderen nieuwe alle laatste ongedaan
    alsjeblieft graag dank terug vrij in ze zoek zoeken boek boeken plan noteer lezen vakantie baas twee
    drie vier vijf zes zeven acht negen tien eten koken sportschool vuilnisbak keer`,
  pl: `
    ja ty my mi mnie mój moja moje moją moich mojej twój się i oraz ale nie tak że co kto który która
    kiedy jak gdzie ile czy dla do od na w we z ze o po przed przez bez przy nad pod muszę musisz mogę
    możesz chcę mam masz ma jest są być będę dziś dzisiaj jutro pojutrze wczoraj rano wieczorem wieczór
    południe noc każdy każdą każde tydzień tygodnie tygodniu miesiąc rok dzień dni godzina godzin
    godzinie minut następny następną przyszły ten tę ta to ostatni ostatnią poniedziałek wtorek środę
    środa czwartek piątek sobotę sobota niedzielę niedziela spotkanie wizyta wizytę zadanie zadania
    lista listy listę zakupy zakupów kupić kup przypomnij przypomnienie zadzwonić zadzwoń napisz napisać
    pokaż usuń usunąć dodaj dodać przesuń przełóż zmień odwołaj anuluj cofnij zrobić zrób zapłacić
    wysłać wyślij odebrać zanieść posprzątać umyć zapomnij mleko chleb jajka pranie śmieci czynsz mamy
    mama tata dentysta dentysty lekarz lekarza urodziny pracy szkoły dzieci nowy nowe wszystkie proszę
    dzięki czas szefa urlopie dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć znajdź szukaj
    zarezerwuj zapisz zanotuj obudź przygotować czytać nasz domu mleka chleba siłownię obiad kolacja
    oddać książki`,
  sv: `
    jag du han hon vi mig dig min mitt mina din ditt dina sin och eller men inte en ett den det de som
    att på av till från för med om hos vid under över innan efter före utan är var har hade ska skall
    kan vill måste bör ha vara bli vad vem när hur många mycket varför idag imorgon morgon igår kväll
    ikväll bitti natt eftermiddag förmiddag varje alla vecka veckan veckor månad år dag dagar timme
    timmar minuter klockan nästa denna här måndag tisdag onsdag torsdag fredag lördag söndag möte mötet
    möten tid uppgift uppgiften uppgifter lista listan inköpslistan köpa köp handla påminn påminnelse
    ringa ring skriv skriva visa ta bort lägg flytta ändra avboka ångra klar klart göra gör betala
    skicka hämta lämna städa tvätta glöm mjölk bröd ägg tvätt sopor soporna hyra hyran mamma pappa
    mormor tandläkaren läkaren födelsedag jobbet skolan barnen ny nya senaste sista kvar tack snälla gå
    ledig i två tre fyra fem sex sju åtta nio tio sök hitta boka planera väck förbered läsa semester
    semestern chef chefen ut upp ner hem böckerna`,
  da: `
    jeg du han hun vi mig dig min mit mine din dit dine sin og eller men ikke en et den det de som at på
    af til fra for med om hos ved under over inden efter før uden er var har havde skal kan vil må bør
    have være blive hvad hvem hvornår hvordan hvor mange meget hvorfor dag morgen går aften formiddag
    eftermiddag nat tidlig hver alle uge ugen uger måned år dage time timer minutter klokken næste denne
    her mandag tirsdag onsdag torsdag fredag lørdag søndag møde mødet møder tid opgave opgaven opgaver
    liste listen indkøbslisten indkøb købe køb mind påmindelse ringe ring skriv skrive vis slet fjern
    tilføj læg flyt ændr aflys fortryd færdig lave lav gøre betale send hente aflevere rydde vaske glem
    mælk brød æg tøj skraldet husleje huslejen mor far mormor tandlæge tandlægen lægen fødselsdag
    arbejde skole børnene ny nye sidste tilbage tak gå fri ferien frokost i to tre fire fem seks syv
    otte ni ti søg find bestil planlæg væk forbered læse ferie chef chefen ud op ned hjem bøgerne`,
  nb: `
    jeg du han hun vi meg deg min mitt mine din ditt dine sin og eller men ikke en ei et den det de som
    å på av til fra for med om hos ved under over innen etter før uten er var har hadde skal kan vil må
    bør ha være bli hva hvem når hvordan hvor mange mye hvorfor dag morgen går kveld formiddag
    ettermiddag natt tidlig hver alle uke uken uka uker måned år dager time timer minutter klokka
    klokken neste denne her mandag tirsdag onsdag torsdag fredag lørdag søndag møte møtet møter tid
    oppgave oppgaven oppgaver oppgavene liste listen lista handlelisten kjøpe kjøp handle minn påminn
    påminnelse ringe ring skriv skrive vis slett fjern legg flytt endre avlys angre ferdig gjøre gjør
    betale send hente levere rydde vaske glem melk brød egg klær søpla husleie husleia mamma pappa
    bestemor tannlege tannlegen legen bursdag jobb jobben skole barna ny nye siste igjen takk gå ledig
    ferien lunsj i to tre fire fem seks sju åtte ni ti søk finn bestill planlegg vekk forbered lese
    ferie sjef sjefen ut opp ned hjem bøkene`,
  fi: `
    minä sinä minun minua minulla minulle sinun hänen meidän ja tai mutta ei en et älä että jos kun
    kuinka mitä mikä kuka missä milloin miksi monta paljon on ovat olen olet ole oli pitää täytyy
    pitäisi voi voin voit haluan tänään huomenna eilen ylihuomenna aamulla illalla iltana tänä päivällä
    yöllä joka kaikki viikko viikon viikolla kuukausi vuosi päivä päivää tunti tuntia minuuttia kello
    klo ensi tämä tämän tällä seuraava viimeinen viimeisin maanantai maanantaina maanantaihin tiistai
    tiistaina keskiviikko keskiviikkona torstai torstaina perjantai perjantaina lauantai lauantaina
    sunnuntai sunnuntaina kokous tapaaminen varaa aika tehtävä tehtävät tehtäviä lista listalle
    listalleni kauppalistalle osta ostaa muistuta muistutus soita soittaa soittamaan kirjoita näytä
    poista lisää siirrä muuta peru peruuta valmis tehdä tee maksa maksaa lähetä hae vie tuo siivoa pese
    unohda maito maitoa leipä leipää munia pyykit roskat vuokra äiti äidille isä hammaslääkäri
    hammaslääkärille lääkäri syntymäpäivä töihin koulu lapset uusi kanssa ennen jälkeen asti kiitos
    jäljellä sähköposti sähköpostia pomolle pomo lomasta loma kaksi kolme neljä viisi kuusi seitsemän
    kahdeksan yhdeksän kymmenen etsi varata kirja kirjat kirjoja iltapäivällä aamu ilta yhdeksältä
    kotiin kauppaan mene muistiinpano herätä hänelle mukaan`,
  tr: `
    ve veya ama değil bir bu şu o ben sen biz beni bana benim sana senin için ile gibi kadar sonra önce
    her tüm bütün çok daha ne nasıl nerede zaman kaç tane hangi kim neden mi mı mu mü var yok bugün
    yarın dün akşam sabah öğle öğlen öğleden gece gün günü günler hafta haftaki haftaya ay yıl saat
    saatte dakika gelecek önümüzdeki geçen son pazartesi pazartesiye salı çarşamba perşembe cuma
    cumartesi pazar toplantı toplantıyı randevu randevusu randevum görev görevi görevini görevlerimi
    görevler liste listem listeme listeye alışveriş al almak ekle hatırlat hatırlatma ara aramayı aramak
    yaz göster sil kaldır ertele taşı değiştir iptal et geri bitti tamamla yap yapmam yapmak öde ödemem
    ödemek gönder getir götür temizle yıka unutma unutmayı süt ekmek yumurta çamaşır çöpü kira kirayı
    annem annemi anneme babam babamı dişçi doktor doğum iş okul çocuklar yeni gerekiyor lazım lütfen
    teşekkürler kaldı git e posta patronuma patron izin hakkında mail iki üç dört beş altı yedi sekiz
    dokuz on bul planla ayarla uyandır hazırla oku tatil gitmem gitmek alma kitap kitapları eve işe
    akşama yarına sabahtan ev doktora faturayı fatura`,
  vi: `
    tôi bạn mình của và hoặc nhưng không phải là có được cho với vào lúc ở từ đến trước sau khi nào gì
    đâu sao bao nhiêu mấy hôm nay mai ngày qua sáng trưa chiều tối đêm tuần tháng năm giờ phút tới này
    mỗi mọi các những thứ hai ba tư sáu bảy chủ nhật cuộc họp hẹn lịch việc công danh sách mua sắm nhắc
    nhở gọi điện viết gửi xem xóa thêm dời chuyển đổi hủy hoàn tác xong làm trả tiền đi lấy đón dọn giặt
    rửa quên sữa bánh mì trứng quần áo rác nhà mẹ bố nha sĩ bác sinh trường con mới cuối cùng còn đừng
    rảnh hãy cảm ơn sếp về kỳ nghỉ bốn tám chín mười tìm đặt ghi thức dậy chuẩn bị đọc học thuê tập uống
    nước mang ra ngoài lên xuống người bây`,
  cs: `
    já ty my mi mě můj moje mou mých moji tvůj se si a i nebo ale ne že co kdo který která kdy jak kde
    kolik jestli pro do od na v ve z ze o po před při bez nad pod k ke u musím musíš můžu můžeš chci mám
    máš má je jsou být budu dnes dneska zítra pozítří včera ráno večer poledne odpoledne noc každý
    každou každé týden týdny týdnu měsíc rok den dny dní hodina hodin hodiny minut příští další tento
    tuto ten ta to poslední pondělí úterý středa středu čtvrtek pátek sobota sobotu neděle neděli
    schůzka schůzku úkol úkoly úkolů seznam seznamu nákup nákupní koupit kup připomeň připomenout
    zavolat zavolej napiš napsat ukaž smaž smazat přidej přidat přesuň změň zruš zrušit vrať hotovo
    udělat udělej zaplatit poslat pošli vyzvednout odnést uklidit umýt vyprat vynést nezapomeň mléko
    mlíko chleba chléb vejce prádlo koš nájem mámě máma táta zubař zubaře doktor lékař narozeniny práce
    školy děti nový nové všechny prosím díky čas šéfovi šéf dovolené dva tři čtyři pět šest sedm osm
    devět deset najdi hledej rezervuj zapiš vzbuď připravit číst domů knihy oběd večeře mail jít doktora
    školu práci účet zaplať`,
  ro: `
    eu tu el ea noi mă te se îmi mie meu mea mei mele tău ta și sau dar nu că ce cine care când cum unde
    cât câte câți pentru cu fără despre la de din în pe până înainte după lângă trebuie pot poți vreau
    am ai are avem sunt este e fi azi astăzi mâine ieri dimineață dimineața seara diseară prânz amiază
    noapte fiecare toate tot săptămână săptămâna săptămânii lună an zi zile ora ore minute viitoare
    viitor următoare această asta acest ultima ultimul luni marți miercuri joi vineri sâmbătă duminică
    întâlnire întâlnirea ședința programare sarcină sarcina sarcini sarcinile lista listă cumpărături
    cumpăr cumpără amintește mi reamintește sun suna sună scrie arată șterge adaugă mută schimbă
    anulează terminat gata fac face făcut plătesc plăti plătește trimite iau ia duc du curăță spală uita
    uit lapte pâine ouă rufe rufele gunoiul chirie chiria mama tata bunica dentist doctor ziua muncă
    școală copii nou nouă mai liber mulțumesc rog doi două trei patru cinci șase șapte opt zece caută
    găsește rezervă notează trezește pregătește citește vacanță concediu șef șefului să o iei merg sală
    pun pune cărți cărțile`,
  hu: `
    én te ő mi engem nekem nekünk az egy és vagy de nem ne hogy mit ki melyik mikor hogyan hol hány
    mennyi miért kell kellene tudok lehet akarok szeretnék van vannak vagyok lesz ma holnap holnapután
    tegnap reggel este délben délután éjjel minden heti hét héten hétre hónap év nap napon óra órakor
    perc jövő következő utolsó ez ezt hétfő hétfőn hétfőre kedd kedden szerda szerdán csütörtök
    csütörtökön péntek pénteken szombat szombaton vasárnap találkozó megbeszélés megbeszélést feladat
    feladatot feladatok feladataimat lista listára listámra bevásárlólistára bevásárlás venni vegyél
    emlékeztess emlékeztető hívjam hívni hívd fel írj írni mutasd töröld törölni tedd add hozzá tegyél
    vidd át vissza vond kész csináld csinálni csinálnom fizetni fizetnem küldd hozni vinni takarítani
    mosni kimosni felejtsd elfelejteni el tej tejet kenyér kenyeret tojás ruhákat szemetet lakbér
    lakbért anyát anyu apa fogorvos orvos születésnap munka iskola gyerekek új összes előtt után maradt
    szabad köszönöm kérlek emailt főnököm főnökömnek szabadságról szabadság kettő három négy öt hat
    nyolc kilenc tíz keresd foglalj jegyezd ébressz készítsd olvasni könyv könyvet könyveket haza boltba
    menni mennem anyámat anyának hétkor nyolckor számlát reggelit ebéd vacsora edzés`,
  id: `
    saya aku kamu anda kita kami dia yang dan atau tapi tidak bukan jangan ini itu apa siapa kapan
    bagaimana mana berapa kenapa untuk dengan dari ke di pada oleh tentang sebelum sesudah setelah
    sampai harus bisa mau ingin akan sudah belum ada hari besok lusa kemarin pagi siang sore malam
    minggu bulan tahun jam menit setiap semua depan terakhir senin selasa rabu kamis jumat sabtu rapat
    janji tugas daftar belanja belanjaan beli membeli ingatkan pengingat telepon menelepon hubungi tulis
    kirim tampilkan lihat tunjukkan hapus tambah tambahkan pindahkan ubah ganti batalkan selesai
    kerjakan lakukan bayar membayar ambil antar jemput bersihkan cuci lupa susu roti telur baju sampah
    sewa ibu ayah mama dokter gigi ulang kerja sekolah anak baru masih punya apakah tolong terima kasih
    pergi buang makan dua tiga empat lima enam tujuh delapan sembilan sepuluh cari temukan pesan
    jadwalkan catat bangunkan siapkan baca bos cuti libur rumah kantor pasar makanan nanti dulu sekarang
    masak`,
};
