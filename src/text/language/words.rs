//! The commonest words of languages that share a script with others: articles, prepositions, pronouns, conjunctions, and
//! the forms of *be* and *have*. Of any text a fifth to a half is made of them, whatever it is about.
//!
//! General knowledge, written for this project. A word belongs to every language of the list that has it among its
//! commonest: *de* says little, *des* and *della* say much. Where two languages are close (Danish and Norwegian, Czech
//! and Slovak, Malay and Indonesian), the words that set them apart are here too. What an apostrophe parts (*l’*, *dell’*)
//! is a word.

/// The languages, each with its words in lower case.
pub(super) const WORDS: [(&str, &str); 56] = [
    (
        "en",
        "the of and to in a is was that for it on with as at by from his he her she they their this an be are were \
         which has have had not but or will would can could said who its been more about when than into there what \
         we you i my our if all one out up so no do did him them after over also new other some only because while \
         where most how",
    ),
    (
        "de",
        "der die und das den von zu mit im des dem ein eine einer einen einem ist nicht auf für sich auch es an als \
         aus bei nach werden wird sind hat haben war wie er sie ich wir oder um über durch aber noch nur vor zum \
         zur bis dass daß wenn kann mehr so man wurde wurden sein seine seiner ihre ihr was schon gegen unter sagte \
         seit in am jede jeder alle hatte waren zwischen diese dieser dieses keine",
    ),
    (
        "nl",
        "de het een van en in is op te dat die voor met niet zijn aan er om ook als bij maar door hij ze wordt naar \
         uit nog werd worden heeft hebben had was dan over tot of deze dit meer geen al zich wat zegt kan kunnen \
         moet ik we wij hun haar tegen na onder zou zo toen waar tussen veel jaar ieder alle ander",
    ),
    (
        "af",
        "die van en in het is nie dat om te vir op met sy hy aan wat as by sal deur was ook hulle een maar uit tot \
         kan so daar na ek ons word sê toe of wees moet oor se nog my haar elke hierdie baie geen al onder teen \
         tussen",
    ),
    (
        "fr",
        "de la le les et des en un une du est que qui dans pour pas sur par au aux avec ce se il elle ne plus son \
         sa ses cette ces ont été sont était mais ou où nous vous ils leur leurs fait comme être avoir a d l qu s n \
         c j y deux aussi après selon entre sans même tout tous avait peut je on très dont lui si depuis",
    ),
    (
        "es",
        "de la que el en y los las un una del se por con no para su es al lo como más pero sus le ha fue o este \
         está son entre cuando muy sin sobre también me hasta hay donde desde todo todos nos durante esta estos ser \
         había años ya según han era dos puede porque esto cada así tras e otra otro contra él ella toda tiene",
    ),
    (
        "pt",
        "de a o que e do da em um uma para com não os no se na por mais as dos como mas ao ele das à seu sua ou \
         quando muito nos já está eu também só pelo pela até isso ela entre depois sem mesmo aos seus quem nas foi \
         ser são num numa pelos elas era há nem essa este segundo disse sobre anos ainda têm foram tem todo toda \
         outro",
    ),
    (
        "gl",
        "de a o que e do da en un unha para con non os no se na por máis as dos como mais ao el das á seu súa ou \
         cando moi nos xa está tamén só polo pola ata iso ela entre despois sen mesmo aos seus nas foi ser son nun \
         nunha era hai nin esta este segundo sobre anos aínda teñen foron ten todo toda outro dunha dun cun cunha",
    ),
    (
        "ca",
        "de la el i que a en els les un una per amb no del es al ha dels com més van però o se seu seva són aquest \
         aquesta és va ser hi ho d l s n pel pels als també entre sobre fins quan molt on anys tot han està sense \
         des així ja havia era seus dos qualsevol segons després tota té ni",
    ),
    (
        "it",
        "di e il la che in un a per è una del non i le con si da della sono al ha dei alla nel più ma come anche lo \
         dal gli delle se o su dalla ai nella degli loro questo questa suo sua ed ad stato essere hanno era tra fra \
         dopo quando sul sulla anni cui l d dell all nell c molto due così contro ancora alle nei chi ogni",
    ),
    (
        "ro",
        "de și în la a din pe nu cu un o care că pentru au mai sau este al ai ale se ce fost prin sunt lui dar după \
         ca am fi fie va vor lor despre acest această iar între ei el ea când dintre foarte ani spus sale său era \
         doar până unei unui cele cel orice îi îl să s şi oricare",
    ),
    (
        "sv",
        "och i att det som en på är av för med den till inte om har de ett han var vid sig från så men ska kan \
         eller nu när också hon under efter hade vi man blev där skulle sedan mot sin mycket här upp år finns bara \
         över än kommer ut jag säger vara denna detta sina utan mellan ha blir oss alla varje rätt",
    ),
    (
        "da",
        "og i at det er en til på af for den med de ikke som der har et han var om sig fra men kan eller nu når \
         også hun efter havde vi man blev blive hvor hvad skulle siden mod sin meget op år over end vil ud jeg \
         siger være denne dette deres uden mellem noget nogle bliver kun under have os kunne enhver skal alle ret \
         frem sådan får kommer sagde her mens ved hele nogen",
    ),
    (
        "nb",
        "og i at det er en til på av for den med de ikke som har et han var om seg fra men kan eller nå når også \
         hun etter hadde vi man ble bli hvor hva skulle siden mot sin mye opp år over enn vil ut jeg sier være \
         denne dette deres uten mellom noe noen blir bare under ha oss kunne enhver skal alle rett fram slik får \
         kommer sa her mens ved hele",
    ),
    (
        "is",
        "og að í á er sem til um við hann var með ekki en af það fyrir frá eru hafa þess hún því eða svo þegar \
         hefur þeir verið upp þá eftir hafði úr verða ég okkur þetta þessi sé þar séu eigi hver þau hans þeirra \
         vera yfir allir sínum skal rétt",
    ),
    (
        "fi",
        "ja on ei se että oli ole hän myös mutta kun joka ovat jos kuin sekä tai mukaan vain niin ollut sen mitä \
         jotka nyt voi minä ne hänen vuonna kanssa joita jossa olla kuitenkin jo vielä sitä hänellä olisi jälkeen \
         eivät tämä tämän nämä myöskään sanoo ennen kaikki noin jonka siitä mikä oikeus oikeutta kuten siihen \
         heidän häntä kertoo vuoden hyvin paljon koska pitää pois yli alle jokaisella hänelle",
    ),
    (
        "et",
        "ja on ei et oli see kui ka ning mis aga siis oma kes selle võib nii välja pole või seda ta tema olla kuid \
         oleks mida tuleb pärast üle juba eest aasta sest nende need kus mille vaid ole kogu olid saab tal igal \
         mitte iga õigus peab aastal ütles veel kuidas väga palju sellel teda end neid kellel teiste vastu",
    ),
    (
        "lv",
        "un ir ar no uz kas par lai arī tas bet ka kā pēc tika bija gan vai tiek nav tā viņš viņa savu līdz būt pie \
         gada latvijas kad ja tikai jau ļoti to var šo tās viņi kuras kurā esot pret starp vairāk sev katram nevar",
    ),
    (
        "lt",
        "ir kad į yra su iš tai kaip nuo bei apie bet buvo ne ar jo jau už taip pat po prie dėl per tik metų jis ji \
         savo jie dar būti gali kurie kuris kai lietuvos daugiau prieš jų arba jeigu nėra turi kiekvienas mes aš",
    ),
    (
        "pl",
        "w i na się z nie do to że jest o a po jak za od przez ale ze dla są był co oraz czy tym jego już może \
         tylko która który które było tego ma jej także ich być przed pod bardzo roku gdy była będzie lub mnie jako \
         tej jednak nad bez mu też również przy ja te każdy wszystkie",
    ),
    (
        "cs",
        "a v se na je že s z do o i to k ve pro za by ale si po jako podle od jsou jsem byl bylo byla bude který \
         která které jeho její jen ještě také při nebo až už před mezi aby co než tak ze jsme být má jejich však \
         roce tím uvedl když kde velmi protože ani každý jež právo kdo jak mu ji toho této tento tato nebyl pak \
         tedy například kvůli",
    ),
    (
        "sk",
        "a v sa na je že s z do o i to k vo pre za by ale si po ako podľa od sú som bol bolo bola bude ktorý ktorá \
         ktoré jeho jej len ešte aj pri alebo až už pred medzi aby čo než tak zo sme byť má ich však roku tým \
         uviedol keď kde veľmi pretože ani každý nie so tiež právo kto mu ju toho tejto tento táto nebol potom teda \
         napríklad kvôli",
    ),
    (
        "sl",
        "in je v na se da so za ki z tudi s ne bi pa po kot od pri iz ali do ter lahko še že bil bila bilo ni kar \
         ko če med več samo njegov svoje svojih biti smo sem zaradi leta bodo ima imajo pred tako vendar njihovih \
         vsakdo kateri vse nad pod jih ga mu",
    ),
    (
        "hr",
        "i je u se na da su za o od s ne koji koje koja kao iz što sa bi li a ili do već bio bila bilo će nije ali \
         po samo kako prema nakon gdje prije poslije uvijek vrijeme tko svoje njegov biti može smo sam također još \
         pri bez ima kada tijekom oko te ovaj njihov sve ti svatko predsjednik svijet mjesto vijeće dijete cijeli \
         čovjek djece obitelj mjera dio cijena riječ europske vlada rekao odnosno osoba pravo svaki dvije vijest",
    ),
    (
        "sr",
        "i je u se na da su za o od s ne koji koje koja kao iz što sa bi li a ili do već bio bila bilo će nije ali \
         po samo kako prema nakon gde pre posle uvek vreme ko svoje njegov biti može smo sam takođe još pri bez ima \
         kada tokom oko te ovaj njihov sve ti svako predsednik и је у се на да су за о од с не који које која као \
         из што са би ли или до већ био била било ће није али по само како према након где пре после увек ко своје \
         његов бити може смо сам такође још при без има када током око те овај њихов све ти свако svet mesto veće \
         dete ceo čovek dece porodica mera deo cena reč evropske vlada rekao odnosno lice pravo svaki dve vest свет \
         место човек дете деца део влада рекао односно лице право сваки две",
    ),
    (
        "hu",
        "a az és hogy nem is egy ez meg de ha már csak mint volt vagy el van lesz kell azt ezt még ki be után \
         között szerint aki amely fel mert pedig minden akkor így le ami lehet mi sem nagyon több alatt azonban \
         illetve valamint való ezért ahol ő ők voltak lett nincs sok által mindenki joga",
    ),
    (
        "tr",
        "ve bir bu da de için ile çok daha olan olarak gibi ne var kadar sonra o en ama değil ya her diye olduğu \
         ise mi ki tarafından oldu olduğunu göre yeni ilk iki ben biz onun ancak bütün hiç veya yapılan nasıl şey \
         böyle edilen etmek arasında üzerinde türkiye yılında karşı herkes hakkı bunu sadece hak olması olup ayrıca \
         gün önce dedi ettiği eden ederek zaman büyük yok üzere bunun onu bulunan hiçbir",
    ),
    (
        "az",
        "və bir bu da də üçün ilə çox daha olan kimi nə var qədər sonra o ən amma deyil hər ki olduğu isə \
         tərəfindən oldu görə yeni ilk iki mən biz onun ancaq bütün heç ya necə şey belə olunan etmək arasında \
         üzərində azərbaycan ildə qarşı öz edilən yalnız olaraq hüququ edən malikdir bunu deyib gün əvvəl böyük \
         yoxdur onu bildirib zaman həm olmaq həmin kəs",
    ),
    (
        "sq",
        "të e në dhe i për një me që më se nga ka u nuk është si do po kjo ky ishte janë por kanë edhe pas deri \
         duke tij saj tyre ose ai ajo ata kur ku gjatë tha vetëm mund së shumë nëse pa ndaj kishte qenë çdo asnjë \
         këtë njeri",
    ),
    (
        "eu",
        "eta da ez du bat ere dira zen izan dute hau edo bere baina den egin zuen ditu zuten dela beste behar baino \
         arte izango egiten hori oso dituzte orain duen ziren gehiago bi urte honetan haren bai nahi gabe norbanako \
         eskubide bezala guztiak denak dago dituen edozein eskubidea pertsona orok edota arabera horren beren",
    ),
    (
        "cy",
        "y yr a i yn o ar mae am bod ei gan oedd wedi ac fod eu ond fel hefyd sydd cael hyn un neu nid dros mewn \
         gyda iddo nad ddim roedd bydd pan hwn hon rhwng at mwy gael oes cyn eich fy eisiau dyna hynny gwneud hawl \
         pawb na ni dim",
    ),
    (
        "ga",
        "an na agus ar i is le go bhí a tá ag do sé nach ach ó mar sin sa sí siad faoi den leis bhfuil raibh duine \
         seo chun gach air féin níos nó ní ina ann iad eile acu dá san idir aige déanamh bliana dul cé tar éis \
         beidh atá",
    ),
    (
        "gd",
        "an na agus a air gu tha bha e i le nach aig ann bho gus mar o do no sin seo is airson chan cha gum gach \
         duine iad ach eadar bhith dhan dhen aige aca chaidh còir sam neo mun bu robh",
    ),
    (
        "id",
        "yang dan di dari untuk dengan pada tidak ini itu dalam akan adalah ke telah juga oleh sebagai karena bisa \
         ada mereka kata saya kami atau tahun bahwa lebih sudah saat menjadi hanya namun orang setiap tersebut \
         seperti dapat secara para ia tak kita anda belum setelah daripada kepada bagi hendaknya mempunyai berkata \
         hingga tetapi semua perlu serta beliau sementara tapi mengatakan sebuah menurut masih harus apa saja \
         sehingga adanya sedang melalui",
    ),
    (
        "ms",
        "yang dan di dari untuk dengan pada tidak ini itu dalam akan adalah ke telah juga oleh sebagai kerana boleh \
         ada mereka kata saya kami atau tahun bahawa lebih sudah ketika menjadi hanya namun orang setiap tersebut \
         seperti dapat secara para beliau tak kita anda belum selepas daripada kepada bagi hendaklah mempunyai \
         ialah berkata hingga mengenai semua perlu manakala sahaja tetapi pula serta semasa itulah mesti apa",
    ),
    (
        "fil",
        "ang ng sa na at ay mga ni si para hindi ito siya may kung ko nang rin din niya isang kanyang ako kay mo \
         lang pa naman o ka kanilang upang dahil nila sila ating natin bawat walang karapatan pero wala kami mula \
         bilang ngunit pamamagitan sinabi",
    ),
    (
        "vi",
        "và của là có được trong cho không các với người một những đã này để khi đến từ về cũng ra như vào nhiều \
         tại trên năm lại sẽ đó bị sau phải theo hay đang nước tôi ông còn mà thì ở quyền do mọi hoặc bởi bất làm \
         nếu chỉ vì rất biết nhà nói giữa sự việc",
    ),
    (
        "sw",
        "na ya wa kwa katika ni la za cha kuwa hii kama yake au lakini hiyo huo wake hao watu ambao ambayo ili pia \
         baada kila mtu hivyo sana si haki vya kutoka bila lazima yao wote alisema amesema bado sasa mwaka juu yote \
         hata",
    ),
    (
        "mt",
        "li ta u il l fil ma għal mill minn dan din huwa hija kien kienet tal dawn hu għall bħal wkoll bejn meta \
         iktar aktar jew biex kull kollha wara qal dwar b f bl jista għandu ebda fuq kif jekk dik dak",
    ),
    (
        "ru",
        "и в не на что с по это как он из к а за от для его но о до так было все же был у мы были или она бы при \
         они этого только уже который которые если их может еще ещё также года была быть более время во со том \
         после когда ее её где между есть тем чтобы я имеет каждый своих",
    ),
    (
        "uk",
        "і в не на що з по це як він із та до за від для його але про або було всі був у ми були чи вона б при вони \
         тільки вже який які якщо їх може ще також року була бути більше час під після коли її де між є щоб я має \
         кожна й а зі цього своїх людина",
    ),
    (
        "be",
        "і ў не на што з па гэта як ён да за ад для яго але аб або было усе быў у мы былі ці яна б пры яны толькі \
         ўжо які якія калі іх можа яшчэ таксама года была быць больш час пад пасля яе дзе між ёсць каб я мае кожны \
         чалавек а са",
    ),
    (
        "bg",
        "и на в да се от за е не с че по са като до но му към след които който която това или ще има беше бе си те \
         той тя може само още също така между при през ги го я ми ни ви защото когато много повече как ако всеки \
         право трябва във със тази този",
    ),
    (
        "mk",
        "и на во да се од за е не со дека по ќе како до но му кон што кои кој која ова или има беше си тие тој таа \
         може само уште исто така меѓу при низ ги го ја ми ни ви бидејќи кога многу повеќе ако секој право треба \
         биде оваа овој сите сè нема",
    ),
    (
        "kk",
        "және бұл мен үшін де да бір деп болып бар емес оның осы сол ол ғана жоқ еді туралы кейін болған бойынша өз \
         ал қазақстан әр құқығы болады тиіс керек не немесе жылы бірақ арасында барлық та те деген екен мүмкін ие \
         құқылы адам барлығы адамның арқылы деді",
    ),
    (
        "ar",
        "في من على إلى أن التي الذي عن مع هذا هذه كان كانت ما لا بعد قبل بين كما قد لم أو ذلك كل حيث منذ خلال عند \
         لكن غير وقد وفي أنه أنها إن هو هي ولا حتى أي تم له لها حق لكل فيها وأن ومن الى",
    ),
    (
        "fa",
        "و در به از که این را با است برای آن می های ها شد یک خود تا کرد بر هم نیز شده باشد دارد کند اما یا او ما \
         بود هر پس ای شود بین گفت همه کرده نمی اند حق باید وی آنها",
    ),
    (
        "ur",
        "کے میں کی ہے اور سے کا کو اس نے کہ پر ہیں یہ تھا بھی کر ایک تو جو وہ ان لیے گیا ہو کیا نہیں اپنے ہی تھے تک \
         ساتھ بعد کسی یا گی جائے حق شخص ہر کوئی تھی",
    ),
    (
        "hi",
        "के में की है और से का को इस ने कि पर हैं यह भी कर एक तो जो वह उन लिए गया हो किया नहीं अपने ही था थे तक साथ \
         बाद किसी या जा रहे रहा रही दिया कहा अधिकार प्रत्येक करने होगा कोई थी",
    ),
    (
        "mr",
        "आणि आहे या व हे ते की तर होते होता मध्ये आहेत करण्यात नाही असे त्या त्यांनी साठी किंवा केली केले एक ही \
         त्याच्या पण असून म्हणून यांनी तो ती काही सर्व झाले झाली आला मात्र प्रत्येक अधिकार त्याला हा त्यांच्या \
         आपल्या करण्याचा कोणत्याही असल्याचे येथे येत म्हणाले",
    ),
    (
        "ne",
        "र छ को मा ले का छन् गर्ने पनि भएको यो एक हो लागि गरेको थियो भने तथा गरी वा हुने प्रत्येक अधिकार त्यो नेपाल \
         गर्न बाट सबै कुनै गरिएको हुनेछ उनले नै अनि छैन",
    ),
    (
        "yi",
        "און די דער אין איז פון צו מיט אז ער זי זיך נישט אויף דאס האט איר וואס ווי אבער אויך א פאר דעם אדער זיין \
         יעדער ווייל נאך האבן זענען זײן קיין מענטש רעכט יעדן זאל",
    ),
    (
        "bn",
        "এই ও করে থেকে না এবং একটি এর জন্য হয় করা যে সঙ্গে তার কিন্তু তিনি এক হবে করতে বলে হয়েছে নিয়ে পর আর সে \
         তাদের করেন এ কোন প্রত্যেক অধিকার অথবা বা তাঁর এসব",
    ),
    (
        "as",
        "আৰু এই কৰা হয় বাবে পৰা তেওঁ এটা কৰিছে নাই লগত যে হৈছে কৰে এজন এখন আছে তেওঁৰ কিন্তু মাজত কৰিব কোনো ইয়াৰ \
         নকৰে",
    ),
    ("am", "ነው እና ላይ ውስጥ ግን ይህ ነበር እንደ ወደ ከ በ ስለ ሁሉ ወይም ማንኛውም መብት አለው ያለው የ ጋር እንዲሁም ሰው ጊዜ አንድ በኋላ ናቸው ደግሞ"),
    ("ti", "እዩ እቲ ናይ ድማ ኣብ ካብ ናብ ወይ እዚ ከም ነቲ ምስ መሰል ኣለዎ ዝኾነ ኮነ ሰብ እታ ግን ብዛዕባ እቶም እዮም ነበረ ክሳብ"),
];
