"""What offices call our tables and columns: English, Danish and French headings met in personnel and course systems."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))


TABLE_WORDS = {
    "units": _words("organisation, org chart, enheder, afdelinger, unités, services, organigramme"),
    "staff": _words("people, employees, personnel, medarbejdere, ansatte, personale, agents, effectifs"),
    "skills": _words("competences, kompetencer, færdigheder, compétences"),
    "roles": _words("jobs, positions, roller, stillinger, rôles, fonctions, postes"),
    "role_requirements": _words("requirements, role profiles, krav, rollekrav, exigences"),
    "levels": _words("skill levels, assessments, niveauer, vurderinger, niveaux, évaluations"),
    "courses": _words("catalogue, training, kurser, kursuskatalog, formations, cours"),
    "course_outcomes": _words("outcomes, learning goals, læringsmål, udbytte, acquis, objectifs de formation"),
    "sessions": _words("classes, hold, kursushold, dates des formations"),
    "completions": _words("training history, completed, gennemførte kurser, kursushistorik, formations suivies"),
    "wishes": _words("requests, ønsker, kursusønsker, souhaits, voeux"),
    "fixed": _words("answers, bookings, svar, tilmeldinger, réponses, inscriptions"),
    "initiatives": _words("projects, initiativer, projekter, projets"),
    "initiative_skills": _words("needs, behov, kompetencebehov, besoins"),
    "budgets": _words("money, budgetter, bevillinger, crédits"),
    "objectives": _words("goals, mål, målsætninger, objectifs"),
    "initiative_modes": _words("modes, initiativformer, modes des initiatives"),
    "initiative_costs": _words("initiativomkostninger, coûts des initiatives"),
    "initiative_people": _words("initiativbemanding, effectifs des initiatives"),
    "initiative_links": _words("dependencies, afhængigheder, dépendances"),
    "blocks": _words("building blocks, byggeklodser, briques"),
    "pools": _words("capacity, kapacitet, puljer, viviers"),
    "portfolio_budgets": _words("porteføljebudgetter, budgets du portefeuille"),
}

_NAME = _words("title, navn, betegnelse, nom, intitulé, libellé")
_COST = _words("price, fee, pris, omkostning, coût, prix")

COLUMN_WORDS = {
    "amount": _words("budget, money, beløb, bevilling, montant, crédit"),
    "area": _words("domain, område, domaine"),
    "assessed_on": _words("assessed, assessment date, date, vurderet, vurderingsdato, dato, évalué le"),
    "by_period": _words("needed by, period, quarter, senest, kvartal, avant, trimestre"),
    "completed_on": _words("completed, completion date, gennemført, afsluttet, terminé le, date de fin"),
    "compulsory_for": _words(
        "compulsory, mandatory for, obligatorisk, obligatorisk for, obligatoire, obligatoire pour"
    ),
    "cost": (*_COST, *_words("pris pr. person, coût par personne")),
    "course_id": _words(
        "course, course code, course no, kursus, kursuskode, kursusnr, cours, formation, code formation"
    ),
    "email": _words("e-mail, mail, email address, e-mailadresse, courriel, adresse électronique, adresse e-mail"),
    "error": _words("standard error, uncertainty, usikkerhed, standardfejl, incertitude, erreur type"),
    "framework": _words("rammeværk, référentiel"),
    "from_level": _words("from, entry level, fra niveau, fra, niveau de départ, niveau d'entrée"),
    "grade": _words("pay band, pay grade, rank, løntrin, lønramme, lønklasse, stillingsniveau, échelon, catégorie"),
    "hours": _words("training hours, learning hours, hours available, timer, læringstimer, varighed, heures, durée"),
    "initiative_id": _words("initiative, project, initiativ, projekt, projet"),
    "job_family": _words("family, jobfamilie, stillingskategori, famille de métiers, famille d'emplois"),
    "kind": _words("type, unit type, type of unit, enhedstype, art, type d'unité, nature"),
    "language": _words("sprog, undervisningssprog, langue"),
    "languages": _words("language, sprog, langues, langue"),
    "level": _words("skill level, niveau, kompetenceniveau"),
    "manager_id": _words("manager, line manager, reports to, leder, nærmeste leder, chef, responsable, supérieur"),
    "mode": _words("format, delivery, form, afholdelse, undervisningsform, modalité"),
    "name": (
        *_NAME,
        *_words("full name, employee name, unit name, fulde navn, enhedsnavn, nom complet, nom et prénom"),
    ),
    "parent_id": _words("parent, parent unit, above, overordnet enhed, hører under, unité parente, rattachement"),
    "people": _words("headcount, number of people, antal, antal personer, effectif, nombre de personnes"),
    "period": _words("quarter, kvartal, periode, trimestre, période"),
    "person_id": _words(
        "employee, employee no, employee number, personnel number, staff id, medarbejder, medarbejdernr, "
        "medarbejdernummer, personalenummer, lønnummer, matricule, numéro d'agent, agent"
    ),
    "prerequisite_id": _words("prerequisite, requires, forudsætning, forudsætter, prérequis"),
    "provider": _words("supplier, udbyder, leverandør, fournisseur, organisme"),
    "role_id": _words("role, job, position, job title, rolle, stilling, funktion, rôle, fonction, poste"),
    "seats": _words("places, capacity, pladser, antal pladser, nombre de places, capacité"),
    "session_id": _words("session, class, hold, holdnr, code session"),
    "skill_id": _words("skill, skill code, competence, kompetence, færdighed, compétence"),
    "source": _words("assessed by, kilde, vurderet af, évalué par"),
    "starts_on": _words("start, start date, starts, startdato, begynder, date de début, début"),
    "status": _words("answer, svar, statut, réponse"),
    "title": (*_NAME, *_words("name, course title, kursusnavn, titel, titre")),
    "to_level": _words("to, level reached, til niveau, til, niveau atteint, niveau d'arrivée"),
    "unit_id": _words(
        "unit, department, org unit, unit code, unit no, enhed, enhedsnr, enhedskode, afdeling, kontor, unité, "
        "service, code unité"
    ),
    "uri": _words("link, address, adresse, lien"),
    "url": _words("link, web page, hjemmeside, lien, page web"),
    "weight": _words("importance, vægt, poids"),
}
