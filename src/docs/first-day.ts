import type { Guide } from './guide.ts'

/** From nothing to the first meeting pack. */
export const FIRST_DAY: Guide = {
  slug: 'premier-jour',
  title: 'Premier jour d’une préfecture',
  lead: 'De rien au premier dossier de réunion des maires, avec vos chiffres : une heure, sans serveur à installer.',
  sections: [
    {
      heading: 'Installer',
      parts: [
        {
          text: 'Il faut Node.js 20.19 ou plus, et le dossier du programme. Aucune base à installer : un PostgreSQL privé démarre avec le service, dans le dossier .data.',
        },
        { commands: 'npm ci', elsewhere: 'demande le réseau' },
      ],
    },
    {
      heading: 'Démarrer',
      parts: [
        {
          text: 'Donnez le code de votre département. Le premier démarrage crée la base et importe les chiffres publics livrés avec le programme ; laissez cette fenêtre ouverte, et tapez la suite dans une autre.',
        },
        { commands: 'DEPARTMENT=16 npm start' },
        { text: 'Ouvrez http://localhost:3000 : chaque chiffre y dit ce qui est mesuré et sa source.' },
      ],
    },
    {
      heading: 'Vos mairies équipées',
      parts: [
        {
          text: 'Prenez le modèle, remplacez ses lignes d’exemple, gardez l’en-tête. Il s’ouvre dans un tableur ; il se lit avec point-virgule ou virgule, en UTF-8 ou Windows-1252.',
        },
        {
          commands: `mkdir -p .data/premier-jour
curl -sf -o .data/premier-jour/modele-mairies.csv http://localhost:3000/api/imports/templates/town-halls.csv`,
        },
        { text: 'Par exemple, pour deux mairies :' },
        {
          commands: `cat > .data/premier-jour/mairies.csv <<'FIN'
# type : town-halls
# source : Préfecture de la Charente
# document : Liste des mairies équipées
# publié le : 2022-04-05
commune;stations;ouverture
16015;4;
16102;2;
FIN
npm run import -- .data/premier-jour/mairies.csv`,
        },
        {
          text: 'Un fichier entre en entier ou pas du tout. Refusé, il revient avec tous ses défauts : la ligne, la colonne, un code stable et ce qu’il faut faire. Corrigez, recommencez : le même fichier deux fois ne change rien.',
        },
      ],
    },
    {
      heading: 'Vos demandes et vos délais',
      parts: [
        {
          commands: `cat > .data/premier-jour/demandes.csv <<'FIN'
# type : applications
# source : Préfecture de la Charente
# document : Demandes reçues par mois
# publié le : 2022-04-05
mois;commune;titre;demandes
2022-01;16102;cni;310
2022-02;16102;cni;295
2022-01;16015;cni;640
2022-02;16015;cni;602
FIN
cat > .data/premier-jour/rendez-vous.csv <<'FIN'
# type : appointment-waits
# source : Préfecture de la Charente
# document : Relevé des rendez-vous
# publié le : 2022-04-05
période;lieu;jours
2022-02;16102;44
2022-02;16015;61
FIN
npm run import -- .data/premier-jour/demandes.csv .data/premier-jour/rendez-vous.csv`,
        },
        {
          text: 'Les attentes se donnent par trimestre, par mois, ou par jour où elles ont été relevées. La page /donnees donne le modèle de chaque type de fichier et reçoit aussi les fichiers par un formulaire.',
        },
      ],
    },
    {
      heading: 'Regarder ce qui vient',
      parts: [
        {
          commands:
            "curl -sf -o .data/premier-jour/cognac.csv 'http://localhost:3000/api/demand.csv?place=16102&from=2026-Q1&to=2031-Q4'",
        },
        {
          text: 'Le fichier s’ouvre dans un tableur : une ligne par trimestre et par titre, avec ses bandes. La même chose se voit à /demande et sur la page de chaque mairie.',
        },
      ],
    },
    {
      heading: 'Le dossier de la réunion',
      parts: [
        {
          text: 'Une archive : la couverture du département, une fiche de deux pages pour chaque mairie, ses données, les tableurs. Une mairie qui ne peut pas être projetée y est avec sa raison.',
        },
        { commands: 'curl -sf -o .data/premier-jour/dossier.zip http://localhost:3000/api/briefs.zip' },
        {
          text: 'La page /comite/dossier le demande aussi : elle dit sa place dans la file, puis l’avancement ; POST /api/briefs en fait autant pour un programme.',
        },
      ],
    },
  ],
}
