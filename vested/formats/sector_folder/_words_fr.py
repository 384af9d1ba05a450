"""The template's notes in French, by the English they translate."""

WORDS = {
    "The organisation: ministries and agencies with the departments and teams below them.": (
        "L’organisation : ministères et agences, avec leurs services et équipes."
    ),
    "Your own short name for the unit.": "Votre propre code pour l’entité.",
    "What people call the unit.": "Le nom courant de l’entité.",
    "What the unit is. Fairness looks at every ministry and every agency with all below it.": (
        "La nature de l’entité. L’équité considère chaque ministère et chaque agence avec tout ce qui en dépend."
    ),
    "The unit above; empty at the top.": "L’entité supérieure ; vide au sommet.",
    "The people who can learn, one row each.": "Les personnes qui peuvent se former, une ligne chacune.",
    "Your own number or short name for the person.": "Votre propre matricule ou code pour la personne.",
    "The person's name as it appears in the plan.": "Le nom de la personne tel qu’il figure dans le plan.",
    "Address for messages; the plan does not need it.": "L’adresse pour les messages ; le plan n’en a pas besoin.",
    "The unit the person works in.": "L’entité où la personne travaille.",
    "What the person is employed to do.": "La fonction pour laquelle la personne est employée.",
    "Grade or pay band. Fairness looks at every grade as a group.": (
        "Le grade ou l’échelon. L’équité considère chaque grade comme un groupe."
    ),
    "Hours the person can spend on learning over the whole horizon.": (
        "Les heures que la personne peut consacrer à se former sur toute la durée du plan."
    ),
    "Languages the person learns in, as da|en; empty means every one.": (
        "Les langues dans lesquelles la personne se forme, comme fr|en ; vide : toutes."
    ),
    "The person's manager, who is in this table too.": "Le responsable de la personne, lui aussi dans cette table.",
    "What people can be able to do. Without this table, skills are taken from the tables that name them.": (
        "Ce que l’on peut savoir faire. Sans cette table, les compétences sont celles que nomment les autres tables."
    ),
    "Your own short name for the skill, or the framework's.": (
        "Votre propre code pour la compétence, ou celui du référentiel."
    ),
    "What the skill is called.": "Le nom de la compétence.",
    "The area the skill belongs to.": "Le domaine de la compétence.",
    "The framework the skill comes from, such as DigComp 3.0.": (
        "Le référentiel d’où vient la compétence, par exemple DigComp 3.0."
    ),
    "The skill's address in its framework.": "L’adresse de la compétence dans son référentiel.",
    "What people are employed to do.": "Les fonctions pour lesquelles on est employé.",
    "Your own short name for the role.": "Votre propre code pour la fonction.",
    "What the role is called.": "Le nom de la fonction.",
    "The family of jobs the role belongs to; the report groups by it.": (
        "La famille de métiers de la fonction ; le rapport s’en sert pour regrouper."
    ),
    "How much a gap in this role counts beside the same gap in others.": (
        "Le poids d’un écart dans cette fonction par rapport au même écart dans les autres."
    ),
    "The level of each skill that a role asks for.": "Le niveau de chaque compétence que demande une fonction.",
    "The role.": "La fonction.",
    "The skill it asks for.": "La compétence demandée.",
    "The level it asks for.": "Le niveau demandé.",
    "How much a gap in this skill counts beside others of the role.": (
        "Le poids d’un écart dans cette compétence par rapport aux autres de la fonction."
    ),
    "What people can do now. A person and skill without a row stand at level 0.": (
        "Ce que l’on sait faire aujourd’hui. Sans ligne, une personne est au niveau 0 de la compétence."
    ),
    "The person.": "La personne.",
    "The skill.": "La compétence.",
    "The level the person has.": "Le niveau de la personne.",
    "Standard error of the level, in levels; empty where nobody knows.": (
        "L’erreur type du niveau, en niveaux ; vide si personne ne la connaît."
    ),
    "Where the level comes from: self, manager, test, evidence.": (
        "L’origine du niveau : soi-même, le responsable, un test, des preuves."
    ),
    "The day it was assessed.": "Le jour de l’évaluation.",
    "Training that can be given, whoever provides it.": "Les formations possibles, quel que soit l’organisme.",
    "Your own short name for the course.": "Votre propre code pour la formation.",
    "What the course is called.": "L’intitulé de la formation.",
    "Who gives the course.": "L’organisme qui donne la formation.",
    "How the course is held.": "La forme de la formation.",
    "The language it is held in; empty means any.": "La langue de la formation ; vide : toutes.",
    "Hours it takes each person.": "Les heures qu’elle demande à chaque personne.",
    "What it costs for each person.": "Son coût par personne.",
    "A course that must be completed first.": "Une formation à suivre d’abord.",
    "Roles that must take it: all, or role ids as DIR|PLAN; empty means nobody must.": (
        "Les fonctions qui doivent la suivre : all (toutes), ou leurs codes comme DIR|PLAN ; vide : aucune."
    ),
    "Where the course is described.": "L’adresse où la formation est décrite.",
    "What a course teaches: it takes whoever has at least from_level of every skill here to to_level.": (
        "Ce qu’enseigne une formation : qui a au moins from_level dans chaque compétence nommée atteint to_level."
    ),
    "The course.": "La formation.",
    "The skill it teaches.": "La compétence enseignée.",
    "The level a person needs to follow it.": "Le niveau nécessaire pour la suivre.",
    "The level a person has afterwards; above from_level.": "Le niveau atteint ensuite ; au-dessus de from_level.",
    "When courses are held.": "Quand les formations ont lieu.",
    "Your own short name for the session.": "Votre propre code pour la session.",
    "The course that is held.": "La formation donnée.",
    "The period it is held in; 1 is the first.": "La période où elle a lieu ; 1 est la première.",
    "Its first day.": "Son premier jour.",
    "How many people it has room for; empty means no limit.": "Le nombre de places ; vide : sans limite.",
    "Courses people have completed. They satisfy prerequisites, are never repeated and change no level.": (
        "Les formations déjà suivies. Elles valent comme préalables, ne sont jamais reprises, ne changent aucun niveau."
    ),
    "The course the person completed.": "La formation suivie par la personne.",
    "The day it was completed.": "Le jour où elle a été achevée.",
    "Courses people ask for themselves.": "Les formations que les personnes demandent elles-mêmes.",
    "The course the person asks for.": "La formation demandée par la personne.",
    "What the wish counts beside one weighted level of gap closed.": (
        "Le poids du souhait par rapport à un niveau pondéré d’écart comblé."
    ),
    "What people answered to sessions the plan proposed.": "Les réponses aux sessions que le plan a proposées.",
    "The session.": "La session.",
    "Accepted stays in every plan; declined is never proposed again.": (
        "accepted (accepté) reste dans tout plan ; declined (refusé) n’est plus jamais proposé."
    ),
    "Work that changes something and needs people who can do it.": (
        "Un travail qui change quelque chose et demande des personnes qui savent le faire."
    ),
    "Your own short name for the initiative.": "Votre propre code pour l’initiative.",
    "What the initiative is called.": "L’intitulé de l’initiative.",
    "People an initiative needs, at a level of a skill, by the end of a period.": (
        "Les personnes dont une initiative a besoin, à un niveau d’une compétence, à la fin d’une période."
    ),
    "The initiative.": "L’initiative.",
    "Where the people work: this unit or below; empty is the whole sector.": (
        "Où ces personnes travaillent : cette entité et ce qui en dépend ; vide : tout le secteur."
    ),
    "The skill they need.": "La compétence nécessaire.",
    "The level they need.": "Le niveau nécessaire.",
    "How many people it needs, those who have the level now included.": (
        "Le nombre de personnes, celles qui ont déjà le niveau comprises."
    ),
    "What one more such person counts beside one weighted level of gap closed.": (
        "Le poids d’une telle personne de plus par rapport à un niveau pondéré d’écart comblé."
    ),
    "Money for training over the whole horizon.": "L’argent des formations sur toute la durée du plan.",
    "The unit with all below it; empty is the budget for everybody.": (
        "L’entité avec tout ce qui en dépend ; vide : le budget de tous."
    ),
    "What may be spent, in the currency of the plan.": "Ce qui peut être dépensé, dans la monnaie du plan.",
    "How many periods the plan looks ahead.": "Le nombre de périodes du plan.",
    "whole number from 1": "un nombre entier à partir de 1",
    "largest session period": "la dernière période d’une session",
    "The money of costs and budgets.": "La monnaie des coûts et des budgets.",
    "text": "texte",
    "EUR": "EUR",
    "The share of every group's weighted gap that should close.": (
        "La part de l’écart pondéré de chaque groupe qui devrait être comblée."
    ),
    "0 to 1": "de 0 à 1",
    "0": "0",
    "What one unit of money saved counts beside one weighted level.": (
        "Le poids d’un euro économisé par rapport à un niveau pondéré."
    ),
    "0 or more": "0 ou plus",
    "1e-6": "0,000001",
    "The highest level of the scale in use.": "Le niveau le plus haut de l’échelle utilisée.",
    "above 0": "au-dessus de 0",
    "8": "8",
    "Start of the plan's chance: the same number gives the same plan.": (
        "Le point de départ du hasard du plan : le même nombre donne le même plan."
    ),
    "whole number": "un nombre entier",
    "id": "code",
    "id of another row": "code d’une autre ligne",
    "ids, separated by |": "codes, séparés par |",
    "texts, separated by |": "textes, séparés par |",
    "date": "date",
    "level, 0 to max_level": "niveau, de 0 à max_level",
    "period, 1 to periods": "période, de 1 à periods",
    "whole number, 0 or more": "nombre entier, 0 ou plus",
    "amount, 0 or more": "montant ou heures, 0 ou plus",
    "number, 0 or more": "nombre, 0 ou plus",
    "of the sheet": "de la feuille",
    "Holds": "Contenu",
    "Required.": "Obligatoire.",
    "May be empty.": "Peut rester vide.",
    "Empty means": "Vide vaut",
    "Needed.": "Nécessaire.",
    "How to fill in this workbook": "Comment remplir ce classeur",
    "Sheet": "Feuille",
    "What it holds": "Ce qu’elle contient",
    "meaning": "signification",
    "Choose one of the list.": "Choisissez dans la liste.",
    "This is not an id of the sheet": "Ce code n’est pas dans la feuille",
    "This is not a date.": "Ce n’est pas une date.",
    "This is not a whole number from": "Ce n’est pas un nombre entier d’au moins",
    "This is not a number of 0 or more.": "Ce n’est pas un nombre de 0 ou plus.",
    "The sheet the heading is on.": "La feuille où se trouve l’en-tête.",
    "Your own heading, as it stands there.": "Votre propre en-tête, tel qu’il y figure.",
    "Our column it is, such as person_id.": "La colonne à laquelle il correspond, par exemple person_id.",
    "One sheet a table; the headings say what belongs in each column. Point at a heading to read what it means.": (
        "Une feuille par table ; les en-têtes disent ce que contient chaque colonne. Pointez un en-tête pour lire ce "
        "qu’il signifie."
    ),
    "A heading with a * must be filled in on every row; all others may stay empty. Their colours differ too.": (
        "Une colonne marquée * se remplit à chaque ligne ; les autres peuvent rester vides. Les couleurs diffèrent "
        "aussi."
    ),
    "The grey rows are examples that fit together. Overwrite or delete them before you fill in your own.": (
        "Les lignes grises sont des exemples cohérents. Remplacez-les ou supprimez-les avant de saisir les vôtres."
    ),
    "Some cells offer a list: kinds, modes and answers, and ids of rows on another sheet. Begin with units, roles, "
    "skills and courses; then the lists of the other sheets are there.": (
        "Certaines cellules offrent une liste : natures, formes, réponses, et codes d’une autre feuille. Commencez par "
        "units, roles, skills et courses ; les listes des autres feuilles en dépendent."
    ),
    "Write numbers with your own decimal sign, dates as dates. Formulas and merged cells are refused: paste values.": (
        "Écrivez les nombres avec votre signe décimal, les dates comme dates. Les formules et les cellules fusionnées "
        "sont refusées : collez les valeurs."
    ),
    "If your headings must stay as they are, name them on the sheet columns: table, your heading, our column.": (
        "Si vos en-têtes doivent rester tels quels, nommez-les dans la feuille columns : table, votre en-tête, notre "
        "colonne."
    ),
    "To check the workbook: ./run check-files BOOK.xlsx. It lists all that is wrong, where, and how to mend it.": (
        "Pour vérifier le classeur : ./run check-files BOOK.xlsx. La commande dit tout ce qui ne va pas, où, et "
        "comment y remédier."
    ),
    "The unit that answers for it.": "L’entité qui en répond.",
    "The objective it serves.": "L’objectif qu’elle sert.",
    "Whether it explores something new or exploits what is known; empty means exploit.": (
        "Si elle explore du nouveau (explore) ou exploite le connu (exploit) ; vide : exploit."
    ),
    "Whether it has to start; empty means no.": "Si elle doit démarrer ; vide : non.",
    "The first quarter it may start in; empty means the first of all.": (
        "Le premier trimestre où elle peut démarrer ; vide : le tout premier."
    ),
    "The last quarter it may start in; empty means any that leaves it time.": (
        "Le dernier trimestre où elle peut démarrer ; vide : tout trimestre qui lui laisse le temps."
    ),
    "What it counts against risk_cap.": "Ce qu’elle compte au regard de risk_cap.",
    "A name that initiatives share of which only one may start.": (
        "Un nom commun à des initiatives dont une seule peut démarrer."
    ),
    "yes or no": "yes ou no",
    "whole number, 1 or more": "nombre entier, 1 ou plus",
    "The period by whose end they need it; of an initiative with modes, counted from the one it starts in.": (
        "La période à la fin de laquelle il le faut ; pour une initiative qui a des modes, comptée à partir "
        "de celle où elle démarre."
    ),
    "What the initiatives are for.": "Ce à quoi servent les initiatives.",
    "Your own short name for the objective.": "Votre propre code pour l’objectif.",
    "What is to be reached.": "Ce qu’il faut atteindre.",
    "Ways an initiative can be carried out, of which at most one is chosen. Those without a row are not "
    "planned here.": (
        "Les manières de mener une initiative, dont une au plus est choisie. Celles sans ligne ne sont pas "
        "planifiées ici."
    ),
    "To reuse a building block, to pilot and then scale, or to roll out.": (
        "Réutiliser une brique, piloter puis étendre, ou déployer."
    ),
    "How many quarters it takes.": "Combien de trimestres cela prend.",
    "What it is expected to bring once it is live.": "Ce qui en est attendu une fois en service.",
    "What a mode costs in each quarter of its time; nothing in a quarter without a row.": (
        "Ce que coûte un mode à chaque trimestre de sa durée ; rien pour un trimestre sans ligne."
    ),
    "The mode.": "Le mode.",
    "The quarter, counted from the start; 1 is the first.": (
        "Le trimestre, compté à partir du démarrage ; 1 est le premier."
    ),
    "What it costs in that quarter.": "Ce que cela coûte ce trimestre-là.",
    "Whom a mode takes from a pool in each quarter of its time; nobody in a quarter without a row.": (
        "Qui un mode prend dans un vivier à chaque trimestre de sa durée ; personne pour un trimestre sans ligne."
    ),
    "The pool they come from.": "Le vivier d’où viennent ces personnes.",
    "How many full-time people it takes.": "Combien de personnes à plein temps cela prend.",
    "What has to be there before an initiative starts.": "Ce qui doit être en place avant qu’une initiative démarre.",
    "The initiative that must be finished, or the block that must be there.": (
        "L’initiative qui doit être terminée, ou la brique qui doit exister."
    ),
    "The mode that needs the block; empty means each.": "Le mode qui a besoin de la brique ; vide : chacun.",
    "Building blocks that initiatives reuse.": "Les briques que les initiatives réutilisent.",
    "Your own short name for the block; no initiative has it too.": (
        "Votre propre code pour la brique ; aucune initiative ne le porte aussi."
    ),
    "What the block is called.": "Le nom de la brique.",
    "Whether it is there already; empty means no.": "Si elle existe déjà ; vide : non.",
    "Initiatives that build it; the first that is finished is enough.": (
        "Les initiatives qui la construisent ; la première terminée suffit."
    ),
    "People whom initiatives share, quarter by quarter; nobody in a quarter without a row.": (
        "Les personnes que les initiatives se partagent, trimestre par trimestre ; personne pour un "
        "trimestre sans ligne."
    ),
    "Your own short name for the pool.": "Votre propre code pour le vivier.",
    "What the pool is called.": "Le nom du vivier.",
    "The quarter; 1 is the first.": "Le trimestre ; 1 est le premier.",
    "How many full-time people there are for initiatives.": (
        "Combien de personnes à plein temps il y a pour les initiatives."
    ),
    "What one more person for one quarter would cost; it prices reasons, no plan.": (
        "Ce que coûterait une personne de plus pour un trimestre ; cela chiffre les raisons, non le plan."
    ),
    "Money for initiatives, apart from that for training; none in a quarter without a row, no limit without any row.": (
        "L’argent des initiatives, à part de celui de la formation ; rien pour un trimestre sans ligne, "
        "aucune limite sans ligne du tout."
    ),
    "What initiatives may cost in it, in the currency of the plan.": (
        "Ce que les initiatives peuvent y coûter, dans la monnaie du plan."
    ),
    "What a benefit keeps for each quarter one has to wait for it.": (
        "Ce qu’un bénéfice conserve par trimestre où il faut l’attendre."
    ),
    "above 0, up to 1": "au-dessus de 0, au plus 1",
    "0.98": "0,98",
    "The least share of the initiatives' costs for those that explore.": (
        "La part minimale du coût des initiatives pour celles qui explorent."
    ),
    "The largest share of the initiatives' costs for those that explore.": (
        "La part maximale du coût des initiatives pour celles qui explorent."
    ),
    "1": "1",
    "What the risks of the initiatives may add up to.": "Ce que les risques des initiatives peuvent totaliser.",
    "no cap": "pas de plafond",
    "How many periods a quarter of the initiatives has.": "Combien de périodes compte un trimestre des initiatives.",
    "You may leave empty: levels, skills, completions, wishes, fixed, initiatives, budgets, and all "
    "sheets after them. Sheets and columns of your own are passed over with a warning.": (
        "Peuvent rester vides : levels, skills, completions, wishes, fixed, initiatives, budgets et toutes "
        "les feuilles qui suivent. Vos propres feuilles et colonnes sont ignorées, avec un avertissement."
    ),
}
