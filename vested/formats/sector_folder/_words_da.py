"""The template's notes in Danish, by the English they translate."""

WORDS = {
    "The organisation: ministries and agencies with the departments and teams below them.": (
        "Organisationen: ministerier og styrelser med afdelinger og team under sig."
    ),
    "Your own short name for the unit.": "Jeres egen korte betegnelse for enheden.",
    "What people call the unit.": "Det, enheden hedder i daglig tale.",
    "What the unit is. Fairness looks at every ministry and every agency with all below it.": (
        "Hvad enheden er. Retfærdighed ser på hvert ministerium og hver styrelse med alt under sig."
    ),
    "The unit above; empty at the top.": "Enheden over denne; tom øverst.",
    "The people who can learn, one row each.": "De medarbejdere, der kan lære nyt, én række for hver.",
    "Your own number or short name for the person.": "Jeres eget nummer eller korte navn for medarbejderen.",
    "The person's name as it appears in the plan.": "Medarbejderens navn, som det står i planen.",
    "Address for messages; the plan does not need it.": "Adresse til beskeder; planen har ikke brug for den.",
    "The unit the person works in.": "Enheden, medarbejderen arbejder i.",
    "What the person is employed to do.": "Det, medarbejderen er ansat til.",
    "Grade or pay band. Fairness looks at every grade as a group.": (
        "Stillingsniveau eller løngruppe. Retfærdighed ser på hvert niveau som en gruppe."
    ),
    "Hours the person can spend on learning over the whole horizon.": (
        "Timer, medarbejderen kan bruge på læring i hele planens tid."
    ),
    "Languages the person learns in, as da|en; empty means every one.": (
        "Sprog, medarbejderen lærer på, som da|en; tom betyder alle sprog."
    ),
    "The person's manager, who is in this table too.": "Medarbejderens leder, som også står i denne tabel.",
    "What people can be able to do. Without this table, skills are taken from the tables that name them.": (
        "Det, man kan være i stand til. Uden denne tabel tages færdighederne fra de tabeller, der nævner dem."
    ),
    "Your own short name for the skill, or the framework's.": (
        "Jeres egen korte betegnelse for færdigheden, eller rammeværkets."
    ),
    "What the skill is called.": "Det, færdigheden hedder.",
    "The area the skill belongs to.": "Området, færdigheden hører til.",
    "The framework the skill comes from, such as DigComp 3.0.": (
        "Rammeværket, færdigheden kommer fra, for eksempel DigComp 3.0."
    ),
    "The skill's address in its framework.": "Færdighedens adresse i rammeværket.",
    "What people are employed to do.": "Det, folk er ansat til.",
    "Your own short name for the role.": "Jeres egen korte betegnelse for rollen.",
    "What the role is called.": "Det, rollen hedder.",
    "The family of jobs the role belongs to; the report groups by it.": (
        "Jobfamilien, rollen hører til; rapporten grupperer efter den."
    ),
    "How much a gap in this role counts beside the same gap in others.": (
        "Hvor meget en mangel i denne rolle tæller i forhold til den samme i andre."
    ),
    "The level of each skill that a role asks for.": "Det niveau af hver færdighed, som en rolle kræver.",
    "The role.": "Rollen.",
    "The skill it asks for.": "Færdigheden, den kræver.",
    "The level it asks for.": "Niveauet, den kræver.",
    "How much a gap in this skill counts beside others of the role.": (
        "Hvor meget en mangel i denne færdighed tæller i forhold til rollens andre."
    ),
    "What people can do now. A person and skill without a row stand at level 0.": (
        "Det, folk kan nu. En medarbejder og færdighed uden række står på niveau 0."
    ),
    "The person.": "Medarbejderen.",
    "The skill.": "Færdigheden.",
    "The level the person has.": "Niveauet, medarbejderen har.",
    "Standard error of the level, in levels; empty where nobody knows.": (
        "Niveauets standardfejl, målt i niveauer; tom, hvor ingen ved det."
    ),
    "Where the level comes from: self, manager, test, evidence.": (
        "Hvor niveauet kommer fra: en selv, lederen, en test, dokumentation."
    ),
    "The day it was assessed.": "Dagen, det blev vurderet.",
    "Training that can be given, whoever provides it.": "Kurser, der kan gives, uanset hvem der holder dem.",
    "Your own short name for the course.": "Jeres egen korte betegnelse for kurset.",
    "What the course is called.": "Det, kurset hedder.",
    "Who gives the course.": "Den, der holder kurset.",
    "How the course is held.": "Hvordan kurset holdes.",
    "The language it is held in; empty means any.": "Sproget, det holdes på; tom betyder alle.",
    "Hours it takes each person.": "Timer, det tager for hver deltager.",
    "What it costs for each person.": "Hvad det koster for hver deltager.",
    "A course that must be completed first.": "Et kursus, der skal være gennemført først.",
    "Roles that must take it: all, or role ids as DIR|PLAN; empty means nobody must.": (
        "Roller, der skal tage det: all (alle) eller rollers id som DIR|PLAN; tom betyder, at ingen skal."
    ),
    "Where the course is described.": "Hvor kurset er beskrevet.",
    "What a course teaches: it takes whoever has at least from_level of every skill here to to_level.": (
        "Det, et kursus lærer fra sig: den, der har mindst from_level i hver færdighed her, når to_level."
    ),
    "The course.": "Kurset.",
    "The skill it teaches.": "Færdigheden, det lærer fra sig.",
    "The level a person needs to follow it.": "Niveauet, man skal have for at følge det.",
    "The level a person has afterwards; above from_level.": "Niveauet, man har bagefter; over from_level.",
    "When courses are held.": "Hvornår kurser holdes.",
    "Your own short name for the session.": "Jeres egen korte betegnelse for holdet.",
    "The course that is held.": "Kurset, der holdes.",
    "The period it is held in; 1 is the first.": "Perioden, det holdes i; 1 er den første.",
    "Its first day.": "Dets første dag.",
    "How many people it has room for; empty means no limit.": "Hvor mange der er plads til; tom betyder ingen grænse.",
    "Courses people have completed. They satisfy prerequisites, are never repeated and change no level.": (
        "Kurser, folk har gennemført. De opfylder forudsætninger, gentages aldrig og ændrer intet niveau."
    ),
    "The course the person completed.": "Kurset, medarbejderen har gennemført.",
    "The day it was completed.": "Dagen, det blev gennemført.",
    "Courses people ask for themselves.": "Kurser, folk selv beder om.",
    "The course the person asks for.": "Kurset, medarbejderen beder om.",
    "What the wish counts beside one weighted level of gap closed.": (
        "Hvad ønsket tæller i forhold til ét vægtet niveau, der bliver lukket."
    ),
    "What people answered to sessions the plan proposed.": "Hvad folk har svaret på de hold, planen foreslog.",
    "The session.": "Holdet.",
    "Accepted stays in every plan; declined is never proposed again.": (
        "accepted (ja) bliver i enhver plan; declined (nej) foreslås aldrig igen."
    ),
    "Work that changes something and needs people who can do it.": (
        "Arbejde, der forandrer noget og har brug for folk, der kan."
    ),
    "Your own short name for the initiative.": "Jeres egen korte betegnelse for initiativet.",
    "What the initiative is called.": "Det, initiativet hedder.",
    "People an initiative needs, at a level of a skill, by the end of a period.": (
        "Folk, et initiativ har brug for, på et niveau af en færdighed, når en periode slutter."
    ),
    "The initiative.": "Initiativet.",
    "Where the people work: this unit or below; empty is the whole sector.": (
        "Hvor de arbejder: i denne enhed eller under den; tom er hele sektoren."
    ),
    "The skill they need.": "Færdigheden, de skal have.",
    "The level they need.": "Niveauet, de skal have.",
    "How many people it needs, those who have the level now included.": (
        "Hvor mange det har brug for, medregnet dem, der har niveauet nu."
    ),
    "What one more such person counts beside one weighted level of gap closed.": (
        "Hvad én sådan medarbejder mere tæller i forhold til ét vægtet niveau, der bliver lukket."
    ),
    "Money for training over the whole horizon.": "Penge til kurser i hele planens tid.",
    "The unit with all below it; empty is the budget for everybody.": (
        "Enheden med alt under sig; tom er budgettet for alle."
    ),
    "What may be spent, in the currency of the plan.": "Hvad der må bruges, i planens valuta.",
    "How many periods the plan looks ahead.": "Hvor mange perioder planen ser frem.",
    "whole number from 1": "et helt tal fra 1",
    "largest session period": "den sidste periode med et hold",
    "The money of costs and budgets.": "Valutaen for priser og budgetter.",
    "text": "tekst",
    "EUR": "EUR",
    "The share of every group's weighted gap that should close.": (
        "Den del af hver gruppes vægtede mangel, der bør lukkes."
    ),
    "0 to 1": "0 til 1",
    "0": "0",
    "What one unit of money saved counts beside one weighted level.": (
        "Hvad én sparet krone (eller euro) tæller i forhold til ét vægtet niveau."
    ),
    "0 or more": "0 eller mere",
    "1e-6": "0,000001",
    "The highest level of the scale in use.": "Det højeste niveau på den skala, I bruger.",
    "above 0": "over 0",
    "8": "8",
    "Start of the plan's chance: the same number gives the same plan.": (
        "Starttal for planens tilfældigheder: samme tal giver samme plan."
    ),
    "whole number": "et helt tal",
    "id": "id",
    "id of another row": "id på en anden række",
    "ids, separated by |": "id'er, adskilt af |",
    "texts, separated by |": "tekster, adskilt af |",
    "date": "dato",
    "level, 0 to max_level": "niveau, 0 til max_level",
    "period, 1 to periods": "periode, 1 til periods",
    "whole number, 0 or more": "helt tal, 0 eller mere",
    "amount, 0 or more": "beløb eller timer, 0 eller mere",
    "number, 0 or more": "tal, 0 eller mere",
    "of the sheet": "på arket",
    "Holds": "Indhold",
    "Required.": "Skal udfyldes.",
    "May be empty.": "Må være tom.",
    "Empty means": "Tom betyder",
    "Needed.": "Nødvendig.",
    "How to fill in this workbook": "Sådan udfyldes denne projektmappe",
    "Sheet": "Ark",
    "What it holds": "Hvad det indeholder",
    "meaning": "betydning",
    "Choose one of the list.": "Vælg en fra listen.",
    "This is not an id of the sheet": "Dette id findes ikke på arket",
    "This is not a date.": "Dette er ikke en dato.",
    "This is not a whole number from": "Dette er ikke et helt tal på mindst",
    "This is not a number of 0 or more.": "Dette er ikke et tal på 0 eller mere.",
    "The sheet the heading is on.": "Arket, overskriften står på.",
    "Your own heading, as it stands there.": "Jeres egen overskrift, som den står der.",
    "Our column it is, such as person_id.": "Den af vores kolonner, det er, for eksempel person_id.",
    "One sheet a table; the headings say what belongs in each column. Point at a heading to read what it means.": (
        "Ét ark for hver tabel; overskrifterne siger, hvad der hører til i hver kolonne. Peg på en overskrift for at "
        "læse, hvad den betyder."
    ),
    "A heading with a * must be filled in on every row; all others may stay empty. Their colours differ too.": (
        "En overskrift med * skal udfyldes i hver række; alle andre må stå tomme. Farverne er også forskellige."
    ),
    "The grey rows are examples that fit together. Overwrite or delete them before you fill in your own.": (
        "De grå rækker er eksempler, der passer sammen. Overskriv eller slet dem, før I udfylder jeres egne."
    ),
    "Some cells offer a list: kinds, modes and answers, and ids of rows on another sheet. Begin with units, roles, "
    "skills and courses; then the lists of the other sheets are there.": (
        "Nogle celler har en liste: slags, former og svar, og id'er fra andre ark. Begynd med units, roles, skills og "
        "courses; så er listerne på de andre ark klar."
    ),
    "Write numbers with your own decimal sign, dates as dates. Formulas and merged cells are refused: paste values.": (
        "Skriv tal med jeres eget decimaltegn og datoer som datoer. Formler og flettede celler afvises: indsæt værdier."
    ),
    "If your headings must stay as they are, name them on the sheet columns: table, your heading, our column.": (
        "Hvis jeres overskrifter skal blive, som de er, så nævn dem på arket columns: tabel, jeres overskrift, vores "
        "kolonne."
    ),
    "To check the workbook: ./run check-files BOOK.xlsx. It lists all that is wrong, where, and how to mend it.": (
        "Kontrollér projektmappen: ./run check-files BOOK.xlsx. Kommandoen viser alt, der er galt, hvor, og hvordan "
        "det rettes."
    ),
    "The unit that answers for it.": "Enheden, der har ansvaret for det.",
    "The objective it serves.": "Målet, det tjener.",
    "Whether it explores something new or exploits what is known; empty means exploit.": (
        "Om det udforsker noget nyt (explore) eller udnytter det kendte (exploit); tom betyder exploit."
    ),
    "Whether it has to start; empty means no.": "Om det skal i gang; tom betyder nej.",
    "The first quarter it may start in; empty means the first of all.": (
        "Det første kvartal, det må begynde i; tom betyder det allerførste."
    ),
    "The last quarter it may start in; empty means any that leaves it time.": (
        "Det sidste kvartal, det må begynde i; tom betyder ethvert, der levner tid nok."
    ),
    "What it counts against risk_cap.": "Hvad det tæller mod risk_cap.",
    "A name that initiatives share of which only one may start.": (
        "Et navn, der deles af initiativer, hvoraf kun ét må begynde."
    ),
    "yes or no": "yes eller no",
    "whole number, 1 or more": "helt tal, 1 eller mere",
    "The period by whose end they need it; of an initiative with modes, counted from the one it starts in.": (
        "Perioden, ved hvis slutning de skal have det; for et initiativ med former talt fra den, det begynder i."
    ),
    "What the initiatives are for.": "Det, initiativerne er til for.",
    "Your own short name for the objective.": "Jeres egen korte betegnelse for målet.",
    "What is to be reached.": "Det, der skal nås.",
    "Ways an initiative can be carried out, of which at most one is chosen. Those without a row are not "
    "planned here.": (
        "Måder at gennemføre et initiativ på, hvoraf højst én vælges. Initiativer uden en række planlægges ikke her."
    ),
    "To reuse a building block, to pilot and then scale, or to roll out.": (
        "At genbruge en byggeklods, at prøve i det små og så udbrede, eller at udrulle."
    ),
    "How many quarters it takes.": "Hvor mange kvartaler det tager.",
    "What it is expected to bring once it is live.": "Hvad det ventes at give, når det er i drift.",
    "What a mode costs in each quarter of its time; nothing in a quarter without a row.": (
        "Hvad en form koster i hvert kvartal af sin tid; intet i et kvartal uden en række."
    ),
    "The mode.": "Formen.",
    "The quarter, counted from the start; 1 is the first.": "Kvartalet, talt fra begyndelsen; 1 er det første.",
    "What it costs in that quarter.": "Hvad det koster i det kvartal.",
    "Whom a mode takes from a pool in each quarter of its time; nobody in a quarter without a row.": (
        "Hvem en form trækker på fra en pulje i hvert kvartal af sin tid; ingen i et kvartal uden en række."
    ),
    "The pool they come from.": "Puljen, de kommer fra.",
    "How many full-time people it takes.": "Hvor mange fuldtidsansatte det tager.",
    "What has to be there before an initiative starts.": "Det, der skal være på plads, før et initiativ begynder.",
    "The initiative that must be finished, or the block that must be there.": (
        "Initiativet, der skal være færdigt, eller byggeklodsen, der skal være der."
    ),
    "The mode that needs the block; empty means each.": "Formen, der behøver byggeklodsen; tom betyder hver af dem.",
    "Building blocks that initiatives reuse.": "Byggeklodser, som initiativer genbruger.",
    "Your own short name for the block; no initiative has it too.": (
        "Jeres egen korte betegnelse for byggeklodsen; intet initiativ har den også."
    ),
    "What the block is called.": "Hvad byggeklodsen hedder.",
    "Whether it is there already; empty means no.": "Om den er der allerede; tom betyder nej.",
    "Initiatives that build it; the first that is finished is enough.": (
        "Initiativer, der bygger den; det første, der bliver færdigt, er nok."
    ),
    "People whom initiatives share, quarter by quarter; nobody in a quarter without a row.": (
        "Folk, som initiativer deles om, kvartal for kvartal; ingen i et kvartal uden en række."
    ),
    "Your own short name for the pool.": "Jeres egen korte betegnelse for puljen.",
    "What the pool is called.": "Hvad puljen hedder.",
    "The quarter; 1 is the first.": "Kvartalet; 1 er det første.",
    "How many full-time people there are for initiatives.": "Hvor mange fuldtidsansatte der er til initiativer.",
    "What one more person for one quarter would cost; it prices reasons, no plan.": (
        "Hvad én medarbejder mere i ét kvartal ville koste; det prissætter begrundelser, ingen plan."
    ),
    "Money for initiatives, apart from that for training; none in a quarter without a row, no limit without any row.": (
        "Penge til initiativer, adskilt fra dem til uddannelse; ingen i et kvartal uden en række, ingen "
        "grænse helt uden rækker."
    ),
    "What initiatives may cost in it, in the currency of the plan.": (
        "Hvad initiativer må koste i det, i planens valuta."
    ),
    "What a benefit keeps for each quarter one has to wait for it.": (
        "Hvad en gevinst beholder for hvert kvartal, man må vente på den."
    ),
    "above 0, up to 1": "over 0, højst 1",
    "0.98": "0,98",
    "The least share of the initiatives' costs for those that explore.": (
        "Den mindste andel af initiativernes omkostninger til dem, der udforsker."
    ),
    "The largest share of the initiatives' costs for those that explore.": (
        "Den største andel af initiativernes omkostninger til dem, der udforsker."
    ),
    "1": "1",
    "What the risks of the initiatives may add up to.": "Hvad initiativernes risici højst må løbe op i.",
    "no cap": "intet loft",
    "How many periods a quarter of the initiatives has.": "Hvor mange perioder et af initiativernes kvartaler har.",
    "You may leave empty: levels, skills, completions, wishes, fixed, initiatives, budgets, and all "
    "sheets after them. Sheets and columns of your own are passed over with a warning.": (
        "Disse må stå tomme: levels, skills, completions, wishes, fixed, initiatives, budgets og alle ark "
        "efter dem. Jeres egne ark og kolonner springes over med en advarsel."
    ),
}
