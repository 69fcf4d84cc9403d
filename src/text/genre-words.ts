/** What people say for the genres of the site, in plain English: phrases of up to four words, `|` between phrases. */

/** As the site's film API names them; Children's and Musical, Noir and Sci-Fi are MovieLens' words for some of them. */
export const genreNames = [
  ...['Action', 'Adventure', 'Animation', 'Comedy', 'Crime', 'Documentary', 'Drama', 'Family', 'Fantasy', 'Foreign'],
  ...['History', 'Horror', 'Music', 'Mystery', 'Romance', 'Science Fiction', 'TV Movie', 'Thriller', 'War', 'Western'],
] as const;

export type Genre = (typeof genreNames)[number];

/** Other names that data sets give them, lower case. */
export const genreAliases: Readonly<Record<string, Genre>> = {
  animated: 'Animation',
  children: 'Family',
  "children's": 'Family',
  'film-noir': 'Crime',
  historical: 'History',
  'martial arts': 'Action',
  musical: 'Music',
  noir: 'Crime',
  romantic: 'Romance',
  'sci-fi': 'Science Fiction',
  slasher: 'Horror',
  superhero: 'Action',
  suspense: 'Thriller',
};

/** The first genres of a line are meant by each of its phrases, in the form of token.word. */
export const genrePhrases: readonly (readonly [genres: readonly Genre[], phrases: string])[] = [
  [
    ['Action'],
    `action|actions|action packed|martial arts|kung fu|karate|fight scenes|fights|fighting|explosion|explosions
    |things that explode|blow up|blowing up|car chase|car chases|chases|shootout|shootouts|shoot em up|gunfights
    |superhero|superheroes|super hero|super heroes|superhero movies|comic book|comic books|marvel|adrenaline|stunts
    |disaster|swordfights|sword fights|ninjas|punches|punching`,
  ],
  [
    ['Adventure'],
    `adventure|adventures|adventurous|swashbuckler|swashbucklers|swashbuckling|quest|quests|treasure hunt
    |treasure hunts|expedition|expeditions|explorers|pirate|pirates|jungle`,
  ],
  [
    ['Animation'],
    `animation|animations|animated|animation films|cartoon|cartoons|toons|anime|pixar|claymation|stop motion
    |hand drawn|disney|ghibli|animes`,
  ],
  [
    ['Comedy'],
    `comedy|comedies|comedys|comedic|comedian|comedians|comic|comics|funny|funnier|funniest|humor|humour|humorous
    |hilarious|laugh|laughs|laughing|laughter|slapstick|parody|parodies|spoof|spoofs|satire|satires|satirical|farce
    |farces|sitcom|screwball|gags|standup|stand up comedy|makes me laugh|make me laugh|comdy|witty|rom com|rom coms
    |romcom|romcoms`,
  ],
  [
    ['Crime'],
    `crime|crimes|criminal|criminals|gangster|gangsters|mafia|mob|mobsters|heist|heists|noir|film noir|neo noir
    |robbery|robberies|bank robbers|cop|cops|police|detective|detectives|murder|murders|mobster|hitman|hitmen|cartel
    |con artists|true crime|serial killer|serial killers|underworld`,
  ],
  [
    ['Documentary'],
    `documentary|documentaries|documentarys|docs|docu|docus|docos|doco|nonfiction|non fiction|real footage
    |nature films|documentry`,
  ],
  [
    ['Drama'],
    `drama|dramas|tearjerker|tearjerkers|tear jerker|tear jerkers|weepie|weepies|melodrama|melodramas|character study
    |character studies|biopic|biopics|biography|biographies|biographical|courtroom|coming of age|heartbreaking
    |period drama|period dramas|slow burn`,
  ],
  [
    ['Family'],
    `family|families|family oriented|family friendly|childrens|children|kid|kids|kiddie|kiddy|for the whole family
    |little ones|wholesome|my kids|toddlers|childish|disney|famly`,
  ],
  [
    ['Fantasy'],
    `fantasy|fantasies|fantastical|magic|magical|wizard|wizards|witch|witches|dragon|dragons|fairy|fairies|fairy tale
    |fairy tales|fairytale|fairytales|elves|orcs|myth|myths|mythology|sword and sorcery|sorcery|sorcerers|hobbits
    |unicorns|swords and dragons|make believe`,
  ],
  [['Foreign'], `foreign|foreign language|subtitles|subtitled|world cinema|non english`],
  [
    ['History'],
    `history|histories|historic|historical|period piece|period pieces|period films|costume|costume drama
    |costume dramas|medieval|ancient rome|ancient|kings and queens|biopic|biopics|corsets|royalty`,
  ],
  [
    ['Horror'],
    `horror|horrors|horrifying|horrific|scary|scarier|scariest|scare|scares|jump scare|jump scares|slasher|slashers
    |zombie|zombies|vampire|vampires|werewolf|werewolves|ghost|ghosts|haunted|gore|gory|gorefest|blood and guts
    |creepy|spooky|monsters|demons|demon|exorcisms|splatter|terrifying|frightening|bloodbath|undead|torture porn`,
  ],
  [
    ['Music'],
    `music|musical|musicals|musicales|songs|song|singing|sing|sings|dance|dancing|dances|broadway|concert|concerts
    |opera|operas|show tunes|singers|rock n roll|sing along|sing alongs|choreography|tap dancing`,
  ],
  [
    ['Mystery'],
    `mystery|mysteries|mysterious|mysterys|whodunit|whodunits|whodunnit|whodunnits|who did it|who done it|puzzle
    |puzzles|riddle|riddles|detective|detectives|murder mystery|murder mysteries|sleuth|sleuths|clues|enigma|enigmas`,
  ],
  [
    ['Romance'],
    `romance|romances|romantic|romantics|romantical|love story|love stories|lovestory|lovestories|lovey dovey|rom com
    |rom coms|romcom|romcoms|chick flick|chick flicks|mushy|sappy|soppy|kissing|kisses|smooching|lovers|love triangle
    |love triangles|love affairs|falling in love|fall in love|sentimental|weddings|wedding|schmaltz|schmaltzy
    |heartthrobs|boy meets girl`,
  ],
  [
    ['Science Fiction'],
    `science fiction|sci fi|scifi|sci fy|syfy|sf|sciencefiction|space|outer space|spaceship|spaceships|starships
    |space opera|space operas|alien|aliens|robot|robots|android|androids|time travel|time travels|time machine
    |futuristic|dystopia|dystopian|dystopias|cyberpunk|galaxy|galaxies|planets|post apocalyptic|apocalypse|laser
    |lasers|ufo|ufos|artificial intelligence|ray guns`,
  ],
  [['TV Movie'], `tv movie|tv movies|made for tv|television movies|television films|tv films|tv film`],
  [
    ['Thriller'],
    `thriller|thrillers|thrilling|thrill|thrills|triller|trillers|suspense|suspenseful|suspensful|tension|tense
    |edge of my seat|edge of the seat|spy|spies|espionage|secret agents|secret agent|conspiracy|conspiracies
    |psychological|nail biter|nail biters|nailbiter|nailbiters|cat and mouse|hostages|serial killer|serial killers
    |nerve wracking`,
  ],
  [
    ['War'],
    `war|wars|warfare|wartime|ww1|ww2|wwi|wwii|world war|world war 2|world war two|military|soldier|soldiers|army
    |battle|battles|battlefield|battlefields|combat|vietnam|trenches|platoons|navy|submarines`,
  ],
  [
    ['Western'],
    `western|westerns|cowboy|cowboys|cow boys|wild west|old west|spaghetti western|spaghetti westerns|gunslinger
    |gunslingers|saloon|saloons|sheriff|sheriffs|outlaws|frontier|horses and guns`,
  ],
];
