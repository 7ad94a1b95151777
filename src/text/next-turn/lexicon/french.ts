import type { Lexicon } from './lexicon';

export const french: Lexicon = {
  spaced: true,
  wrong: [
    "(?:ne |n')?(?:marche|fonctionne|compile|passe|change|résout|correspond|gère|tourne|suffit|affiche|répond)(?: \\S+)? (?:pas|plus|rien|jamais)|(?:méthode|fonction|option|paramètre|commande|classe|module|paquet|propriété) n'existe pas|erreur dans t(?:on|a) \\w+",
    "toujours (?:pareil|la même|le même|pas|rien|faux|cassé|en erreur|une erreur|l'erreur)|encore (?:à|la même|le même|faux|pareil)|même (?:erreur|problème|résultat|chose|code|réponse)",
    "(?:c'est|c'était|est|ce n'est)(?: \\S+)? (?:faux|incorrect|inexact|cassé|n'importe quoi|pas (?:bon|correct|vrai|juste|ça|ce que|du tout|exact)|obsolète|déprécié|à l'envers|l'inverse|erroné)",
    "(?:j'ai|j'avais|je t'ai|je vous ai) (?:demandé|dit|bien dit|précisé|parlé|écrit)(?! un)|je (?:voulais|parlais|demandais)(?! (?:savoir|te demander|vous demander|dire))|pas ce que (?:je|j')",
    "(?:tu|vous) (?:m'as|m'avez|as|avez|n'as|n'avez)(?: \\S+){0,3} (?:oublié|ignoré|donné|supprimé|inventé|mal compris|pas|cassé|laissé|enlevé|raté|renvoyé|remis)|(?:tu|vous) (?:te trompes|vous trompez|inventes|répètes|utilises toujours)",
    "(?:tu es|t'es|vous êtes|es-tu) (?:sûr|sûre|certain)|ça n'a (?:aucun|pas de) (?:sens|effet)|aucun (?:effet|changement)|rien ne (?:change|se passe)|il ne se passe rien",
    '(?:plante|bloque|boucle) (?:toujours|encore|maintenant)|ça (?:plante|casse|bugue|bug)|il manque toujours',
  ],
  wrongFirst: [
    "(?:mais |ah |euh )?non (?:j'ai|je|c'est|tu|ça|ce|il|pas|vous|toujours|le|la|\\d)",
    '(?:faux|incorrect|mauvaise? (?:réponse|ordre|langage|fichier|version)|pas du tout|raté|perdu)(?=$|[,.!:;])',
  ],
  notWrong: [
    "(?:pas|rien de|n'est pas) (?:faux|grave|mal|mauvais|incorrect)|pas de (?:souci|problème|soucis|mal|quoi)|aucun (?:souci|problème)|plus d'erreurs?|sans (?:souci|problème)",
  ],
  asks: [
    "(?:et |ok |donc |alors |maintenant |puis |mais |aussi )*(?:comment|que|qu'est|quel\\w*|où|quand|qui|pourquoi|est-ce|peux|peut|pourrais|pouvez|pourriez|ajoute\\w*|écris|écrivez|montre\\w*|fais|faites|explique\\w*|change\\w*|utilise\\w*|mets|mettez|crée\\w*|donne\\w*|passons|je veux|je voudrais|j'aimerais|il faut|il faudrait|on|si)",
  ],
  supposes: [
    "si|quand|lorsque|comment|message|au cas où|doit|devrait|pourrait|afficher|que faire|dès que|s'il|s'ils",
  ],
  thanks: ['merci\\w*(?! d.avance| par avance)|je te remercie|je vous remercie'],
  praise: [
    "(?:(?:c'est|très|vraiment|trop|tout simplement|ah|ok|oui) )*(?:parfait|super|génial|nickel|excellent|top|cool|bravo|impeccable|formidable|magnifique|merveilleux|clair|bien|bien expliqué|utile|exactement|impec|niquel)(?: (?:explication|réponse|travail|boulot))?",
    "(?:belle|bonne|super|excellente) (?:explication|réponse)|exactement ce (?:que|qu'il)",
  ],
  works: [
    "(?:ça|c'est|tout|cela)(?: \\w+)? (?:marche|fonctionne|compile|tourne|passe|réglé|résolu|bon)(?! (?:pas|plus|que|mais|seulement|aussi|toujours pas|à l'infini))",
    "(?:le )?problème est (?:réglé|résolu)|j'ai compris|je comprends|je vois|c'était ça|ça a (?:marché|fonctionné)|plus d'erreurs?|ça m'aide",
  ],
  but: ['mais|cependant|par contre|sauf que|malheureusement'],
  wishes: [
    "je (?:veux|voudrais|préfère|préférerais|cherche)|j'(?:aimerais|ai besoin)|peux|pourrais|comment|est-ce|il faudrait|on",
  ],
  nowBad: [
    "(?:et )?maintenant (?:ça|cela|c'est|il|elle|j'ai|tout|rien|plus rien|plus|mon|ma|mes|le|la|les|on|impossible)",
  ],
  again: [
    'je (?:repose|répète|redemande|reformule)|encore une fois|à nouveau|ma question (?:était|est)|la question (?:était|est)|autrement dit|je demandais|en mots simples|plus simplement|je ne comprends toujours pas',
  ],
  other: [
    'aussi|autre|autres|encore un\\w*|à la place|plutôt|en plus|également|cette fois|suivant\\w*|prochain\\w*|mais pour',
  ],
  common: [
    ...'le la les un une des de du au aux et ou je tu il elle on nous vous ce ça cela c est sont a ai as que qui quoi comment quel quelle dans pour par sur avec sans pas ne se me te mon ma mes ton ta si mais donc alors plus peux faire fait écris fais svp y en moi'.split(
      ' ',
    ),
  ],
};
