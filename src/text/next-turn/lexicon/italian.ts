import type { Lexicon } from './lexicon';

export const italian: Lexicon = {
  spaced: true,
  wrong: [
    'non (?:mi |ti |si |lo |la |ci |ne )?(?:funziona|va bene|va|compila|corrisponde|parte|aiuta|cambia|fa nulla|fa niente|risolve|ordina|trova|ha (?:funzionato|senso|risolto)|gestisce|è (?:corretto|giusto|vero|così|quello|questo|ciò))',
    '(?:metodo|funzione|opzione|parametro|comando|classe|modulo|pacchetto|proprietà) non esiste|errore nel tuo \\w+',
    '(?:continua a|ancora|sempre)(?: non| dare| il| la| lo)? ?(?:funziona|errore|errori|stesso|stessa|uguale|sbagliat[oa]|rotto|fallire|dare|niente)',
    '(?:è|sono|questo|quello|risulta|la risposta|il codice|il risultato)(?: è| sono| ancora| tutto| completamente)* (?:sbagliat[oaie]|errat[oaie]|fals[oa]|rott[oa]|al contrario|invertit[oa]|deprecat[oa]|obsolet[oa]|una cavolata)',
    "(?:ti )?(?:ho|avevo) (?:chiesto|detto|scritto)(?! un)|io (?:volevo|intendevo|chiedevo)|volevo (?:il|la|lo|l'|i|le|che|un) ?|non (?:ho chiesto|è quello che|volevo)",
    '(?:hai|ti sei|stai) (?:dimenticato|sbagliato|ignorato|inventato|cancellato|lasciato|ordinato|frainteso|capito male|saltato|rimosso|ripetendo|inventando|usato)|ti sbagli|non hai',
    '(?:lo|la|gli) stess[oa] (?:errore|problema|risultato|codice|risposta|cosa)|sei sicur[oa]|nessun (?:effetto|cambiamento)|non (?:succede|cambia) (?:niente|nulla)|(?:così|cosi) (?:però|non)|si (?:blocca|rompe|pianta)|manca ancora',
  ],
  wrongFirst: [
    '(?:ma |eh |mah )?no (?:è|non|così|ti|io|questo|quello|hai|\\d)',
    '(?:sbagliato|sbagliata|errato|falso|niente da fare|macché|negativo)(?=$|[,.!:;])',
  ],
  notWrong: [
    "non (?:è|sono|c'è|ci sono) (?:sbagliat[oae]|male|un problema|problemi|errori|nulla di male)|nessun problema|senza problemi|tutto ok|non fa niente|nessun errore|più (?:nessun )?errori?|non importa",
  ],
  asks: [
    "(?:e |ok |allora |ora |adesso |ma |anche |poi )*(?:come|cosa|che|quale|quali|dove|quando|chi|perché|puoi|potresti|può|si può|c'è|è possibile|aggiungi|fai|fammi|scrivi|mostra|mostrami|spiega|cambia|usa|metti|crea|dammi|voglio|vorrei|mi serve|ho bisogno|passiamo|andiamo|se)",
  ],
  supposes: ['se|quando|come|messaggio|nel caso|deve|dovrebbe|potrebbe|qualora|cosa'],
  thanks: ['grazie\\w*(?! in anticipo)|ti ringrazio|tante grazie'],
  praise: [
    '(?:(?:è|molto|ah|ok|sì|davvero|tutto) )*(?:perfetto|ottimo|ottima|fantastico|eccellente|grande|bravo|bravissimo|benissimo|bene|super|geniale|chiarissim[oa]|chiaro|esatto|bello|utile|magnifico|stupendo)(?: (?:spiegazione|risposta|lavoro))?',
    'spiegazione (?:chiarissima|perfetta|ottima|chiara)|(?:ottima|bella|buona) (?:spiegazione|risposta)|proprio quello che (?:volevo|cercavo|mi serviva)|era (?:quello|questo|proprio quello)',
  ],
  works: [
    '(?:ora|adesso|tutto|così|questo)(?: sì)? (?:funziona|va|compila|parte|gira|ho capito|capisco)(?! (?:ma|solo|con|in|se|male))',
    '^(?:mi )?funziona(?: (?:tutto|bene|perfettamente|benissimo|ora|adesso))?(?=$|[,.!])|ho capito|(?:problema )?risolto|ah ecco|capito|non (?:dà|da) più errori?',
  ],
  but: ['ma|però|tuttavia|purtroppo|solo che'],
  wishes: [
    "(?:io )?(?:voglio|vorrei|preferisco|preferirei|mi serve|ho bisogno)|puoi|potresti|come|c'è|si può",
  ],
  nowBad: ["(?:e )?(?:adesso|ora) (?:mi|non|tutto|niente|il|la|lo|i|gli|le|si|dà|da|è|c'è|ho|sono)"],
  again: [
    "te lo richiedo|ripeto|di nuovo:?|ancora una volta|un'altra volta|la mia domanda (?:era|è)|la domanda (?:era|è)|in altre parole|riformulo|in parole (?:semplici|povere)|più semplice|non ho ancora capito|richiedo",
  ],
  other: [
    "anche|altr[oaie]|invece|inoltre|al posto|uguale ma|stavolta|questa volta|prossim[oa]|simile|un'altra",
  ],
  common: [
    ...'il lo la i gli le un uno una di del della dei da dal in nel con su per tra e o che chi cosa come quale non si mi ti ci ne è sono ho hai ha fa fare faccio questo quello questa mio mia tuo più ma se anche al alla scrivi uso essere'.split(
      ' ',
    ),
  ],
};
