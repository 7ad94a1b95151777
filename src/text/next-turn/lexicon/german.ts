import type { Lexicon } from './lexicon';

export const german: Lexicon = {
  spaced: true,
  wrong: [
    '(?:geht|klappt|funktioniert|läuft|kompiliert|passt|stimmt|hilft|tut|baut|startet|greift)(?: (?!nicht)\\S+){0,5} nicht(?! (?:um|darum|nur|mehr))',
    'immer noch (?:nicht|kein\\w*|nur|der|die|das|falsch|kaputt|derselbe|dieselbe|dasselbe)|nach wie vor',
    '(?:das|es|dies|er|sie|die \\w+|der \\w+|dein\\w* \\w+)(?: \\w+)? (?:ist|sind|war|wäre)(?: (?:aber|doch|leider|komplett|völlig|total|immer noch|so))* (?:falsch|inkorrekt|kaputt|verkehrt|unsinn|quatsch|veraltet|nicht (?:richtig|korrekt|wahr|das|was))',
    'gibts? (?:es )?(?:doch |so )?(?:gar |überhaupt )?(?:nicht|keine?n? solche\\w*)|die \\w+ gibt es (?:gar ?)?nicht|(?:methode|funktion|option|einstellung|klasse|befehl|parameter|paket|modul) existiert (?:gar )?nicht|fehler in dein\\w+',
    'ich (?:hatte|habe|hab)(?: \\S+){0,4} (?:gesagt|geschrieben|gefragt|gebeten|gemeint|verlangt)|ich (?:wollte|meinte|brauchte|sagte)(?! (?:noch|nur|mal|fragen|wissen))',
    'du (?:hast|hattest|bist|verwendest|benutzt|ignorierst)(?: \\S+){0,5} (?:vergessen|übersehen|ignoriert|missverstanden|falsch|weggelassen|gelöscht|entfernt|erfunden|nicht|kein\\w*|kaputt|denselben|dasselbe|immer noch)',
    'du (?:irrst|täuschst|liegst falsch|erfindest|wiederholst)',
    '(?:der|die|das) ?(?:gleiche?|selbe) (?:fehler|problem|ergebnis|code|antwort)|derselbe (?:fehler|code)|dasselbe (?:problem|ergebnis)',
    'bist du (?:dir )?sicher|nicht das was ich|nicht was ich|macht (?:gar )?keinen sinn|ergibt keinen sinn|passiert (?:gar )?nichts|tut sich nichts|ändert (?:sich )?nichts|bringt nichts|keine wirkung|(?:genau )?anders ?(?:he)?rum|verkehrt ?herum|falsch ?(?:he)?rum',
    '(?:stürzt|bricht)(?: \\w+){0,3} ab|hängt sich auf|fehlt(?: \\w+){0,3} (?:komplett|ganz|immer noch)|das gleiche wie (?:vorher|eben|vorhin|zuvor)|dasselbe wie (?:vorher|eben|vorhin)',
    'so ein (?:quatsch|unsinn|mist)',
  ],
  wrongFirst: [
    '(?:leider |das ist |ne |nee |nein )?(?:falsch|stimmt nicht|nicht richtig|quatsch|unsinn)(?=$|[,.!:;])',
    '(?:nein|ne|nee|nö)(?=[,.!:;]? (?:das|du|es|ich|die|der|so|da|nicht|\\d))(?!,? (?:das|es) (?:passt|reicht|ist (?:gut|ok)))',
    'falsche[rs]? \\w+$',
  ],
  notWrong: [
    'nicht (?:falsch|schlimm|schlecht|verkehrt)|kein (?:problem|thema|ding|fehler)|keine (?:sorge|eile|fehler|ursache)|keine? \\w+ mehr|macht nichts|passt schon',
  ],
  asks: [
    '(?:und |ok |okay |dann |jetzt |so |also |aber )*(?:wie|was|welche[rsnm]?|wo|wann|wer|wieso|kannst|könntest|kann|könnte|würdest|gibt|ist|sind|hat|soll|sollte|bitte|schreib\\w*|zeig\\w*|mach\\w*|ergänz\\w*|füg\\w*|erklär\\w*|änder\\w*|benutz\\w*|verwende|nimm|erstell\\w*|bau|baue|lass|geht das|funktioniert das|ich möchte|ich will|ich brauche|wir brauchen)',
  ],
  supposes: ['wenn(?! ich)|falls|sobald|sofern|wie|ob|sollte|soll|dass|meldung|bei|würde|könnte|muss|darf'],
  thanks: ['danke\\w*(?! im voraus)|dank(?! im voraus)|merci|besten dank|dankeschön'],
  praise: [
    '(?:(?:das ist|echt|sehr|einfach|richtig|so|ja) )*(?:super|klasse|perfekt|toll|prima|spitze|genial|wunderbar|cool|top|geil|sehr gut|gut|ausgezeichnet|hervorragend|großartig|stark|hilfreich|mega|passt(?: schon)?|genau)(?: (?:erklärt|gemacht|antwort|erklärung|gelöst|sache))?',
    'gut erklärt|gute (?:antwort|erklärung|lösung)|genau (?:das|richtig|so)',
  ],
  works: [
    '(?:das|es|jetzt|alles|nun)(?: \\w+){0,2} (?:läuft|geht|funktioniert|klappt|funktionierts|passt)(?! (?:nicht|nur|aber|noch|bei|auch))',
    '^(?:jetzt |so |nun |ok )*(?:läuft|geht|funktioniert|klappt|funktionierts|gehts|klappts)(?: (?:jetzt|wieder|super|gut|einwandfrei|wunderbar|perfekt))*(?=$|[,.!])',
    '(?:das|genau das) ?war(?:s| es)|genau das|hat (?:geholfen|funktioniert|geklappt)|verstehe|verstanden|alles klar|problem gelöst|ergibt sinn|macht sinn|keine fehler mehr',
  ],
  but: ['aber|allerdings|jedoch|leider|nur dass|bloß'],
  wishes: ['ich (?:hätte|will|möchte|brauche|würde|bevorzuge)|kannst|könntest|bitte|wie|was|könnte|wir'],
  nowBad: [
    '(?:und )?(?:jetzt|nun) (?:fehlt|fehlen|geht|ist|sind|kommt|kommen|habe? ich|wird|werden|stürzt|zeigt|löscht|gibt|bekomme|startet|kompiliert|passiert|steht|hängt)',
  ],
  again: [
    'noch ?mal:?|nochmals|erneut|ich frage|meine frage (?:war|ist|lautet)|die frage war|anders gefragt|anders formuliert|ich wiederhole|ich verstehe (?:es |das )?(?:immer )?noch nicht|in einfachen worten|einfacher',
  ],
  other: [
    'auch|noch ein\\w*|weitere\\w*|andere[rnsm]?|stattdessen|zusätzlich|ebenfalls|diesmal|ähnlich\\w*|nächste\\w*',
  ],
  common: [
    ...'der die das den dem des ein eine einen einem einer und oder ich du mir mich es ist sind war nicht wie was zu in im mit von für auf an bei so bitte mal doch noch kann kannst man aber auch dann jetzt nun hat habe sich wir dir sein soll wenn als aus nach kein keine wieder schreib schreibe'.split(
      ' ',
    ),
  ],
};
