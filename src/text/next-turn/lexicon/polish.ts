import type { Lexicon } from './lexicon';

export const polish: Lexicon = {
  spaced: true,
  wrong: [
    'nie (?:działa|działają|zadziałało|kompiluje|uruchamia|pomogło|pomaga|pasuje|zmienia|zmieniło|przechodzi|znajduje|sortuje|sprawdza|to|tak|o to|zgadza|jest (?:to )?(?:poprawne|prawda|to|tak|dobrze)|chodzi)',
    '(?:dalej|nadal|wciąż|ciągle)(?: jest| mam| to)? (?:nie|to samo|ten sam|ta sama|samo|błąd|źle|zepsut\\w|wyskakuje|tak samo|problem)',
    '(?:metoda|funkcja|opcja|klasa|parametr|moduł|pakiet) nie istnieje|błąd w tw\\w+ \\w+',
    '(?:to|jest|odpowiedź|kod|wynik|zapytanie)(?: jest| są)? (?:źle|błędn[aey]|niepoprawn[aey]|nieprawda|fałsz|bzdura|zepsut[aey]|odwrotnie|na odwrót|nieaktualn[aey]|przestarzał[aey])|nieprawda',
    '(?:prosił[ae]?m|mówił[ae]?m|pytał[ae]?m o|chciał[ae]?m(?! (?:zapytać|wiedzieć|by))|chodziło mi)|nie o to (?:pytał|prosił|chodzi)\\w*',
    '(?:zapomniał[ae]ś|pominął[ae]ś|pominęłaś|mylisz się|się mylisz|pomyliłeś|pomyliłaś|wymyśliłeś|wymyśliłaś|zignorowałeś|usunąłeś|usunęłaś|zwróciłeś to samo|dałeś (?:to samo|mi)|zepsułeś)',
    '(?:ten|ta|to) sam[aoe]? (?:błąd|problem|wynik|kod|odpowiedź)|jesteś pewn[ay]|na pewno\\?|nie ma (?:takiej|takiego|sensu)|bez zmian|nic (?:się )?nie (?:zmienia|zmieniło|dzieje|daje|dało)|odwrotnie niż|bez sensu|(?:wywala|zawiesza|wysypuje|crashuje) się|brakuje \\w+',
  ],
  wrongFirst: [
    '(?:nie|no nie|nope) (?:to|ja|tak|nie|o|chodzi|jest|\\d)',
    '(?:źle|błąd|błędnie|nieprawda|bzdura|niepoprawnie)(?=$|[,.!:;])',
  ],
  notWrong: [
    'nie (?:jest|ma) (?:źle|problemu|błędów|sprawy|błędu)|żaden problem|nie szkodzi|bez problemu|nic nie szkodzi|już nie (?:wywala|ma)',
  ],
  asks: [
    '(?:a |i |ok |to |więc |teraz |ale |jeszcze )*(?:jak|co|jaki\\w*|jaka|gdzie|kiedy|kto|dlaczego|czemu|czy|możesz|mógłbyś|można|da się|dodaj|zrób|napisz|pokaż|wyjaśnij|zmień|użyj|ustaw|stwórz|daj|chcę|chciał[ae]?bym|potrzebuję|jeśli|proszę|przy)',
  ],
  supposes: ['jeśli|jeżeli|gdy|kiedy|jak|przy|komunikat|żeby|aby|w przypadku|powinn\\w+|czy'],
  thanks: ['dzięki|dziękuję|dziekuje|dzieki|dzięks|wielkie dzięki|dziękuje'],
  praise: [
    '(?:(?:to|jest|bardzo|no|o|tak) )*(?:super|świetnie|świetne|idealnie|idealne|doskonale|ekstra|pięknie|genialnie|genialne|dobrze|dobre|fajnie|cool|brawo|spoko|rewelacja|dokładnie|jasne|bomba|mega)(?: (?:wytłumaczone|wyjaśnione|wyjaśnienie|działa))?',
    'o to (?:mi )?chodziło|dokładnie (?:to|tego)|dobre wyjaśnienie',
  ],
  works: [
    '(?:teraz|już|wszystko)(?: już)? (?:działa|śmiga|kompiluje|rozumiem|jasne)(?! (?:ale|tylko|jeśli))',
    '^(?:działa|zadziałało|pomogło)(?: (?:świetnie|idealnie|super|dobrze))?(?=$|[,.!])|pomogło|zadziałało|rozumiem|problem rozwiązany|to było to|ma sens',
  ],
  but: ['ale|jednak|niestety|tylko że'],
  wishes: ['(?:ja )?(?:chcę|chciał[ae]?bym|wol[ęe]|potrzebuję)|możesz|jak|czy|można'],
  nowBad: ['(?:a |i )?teraz (?:nic|wszystko|nie|zwraca|wyświetla|mam|jest|się|całe|ani|w ogóle|kasuje)'],
  again: [
    'pytam (?:jeszcze raz|ponownie)|jeszcze raz:?|ponownie|powtarzam|moje pytanie (?:brzmi|to|było)|pytanie (?:brzmi|było)|innymi słowami|inaczej:?|no ale|prościej|dalej nie rozumiem',
  ],
  other: [
    'też|także|inn[aey]|inny|zamiast|dodatkowo|jeszcze jed\\w+|tak samo ale|tym razem|następn\\w+|podobn\\w+|kolejn\\w+',
  ],
  common: [
    ...'i w we na z ze do dla od po o u za przy nie to ten ta tego tej jest są był jak co czy się mi mnie mój moja ja ty my ale a albo lub że żeby jeśli już tylko tak być ma mam można zrób napisz jaka jaki coś być by'.split(
      ' ',
    ),
  ],
};
