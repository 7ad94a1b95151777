import type { Lexicon } from './lexicon';

export const spanish: Lexicon = {
  spaced: true,
  wrong: [
    'no (?:me |te |se |lo |le |la )?(?:funciona|funcionó|compila|sirve|corre|coincide|arranca|ayuda|hace nada|cambia|cambió|resuelve|muestra|encuentra|aparece|pasa los?|ordena|detecta|valida|es (?:correcto|cierto|así|verdad|lo que|eso))',
    '(?:método|función|opción|parámetro|comando|clase|módulo|paquete|propiedad) no existe|(?:error|fallo) en tu \\w+',
    '(?:sigue|siguen|continúa)(?: \\S+)? (?:sin|fallando|dando|igual|el mismo|la misma|mal|saliendo|roto|apareciendo)',
    '(?:eso|esto|está|es|la respuesta|el resultado|el código|tu \\w+)(?: (?:es|está|sigue))? (?:mal|incorrect[oa]|fals[oa]|erróne[oa]|equivocad[oa]|rot[oa]|al revés|obsolet[oa]|mentira|un disparate)',
    '(?:te|les|le) (?:pedí|dije|pregunté|había pedido|he pedido|he dicho|estoy pidiendo)|yo (?:quería|pedí|dije)|no es lo que (?:pedí|quería|te pedí|busco)|no (?:pedí|te pedí|quería|dije)',
    '(?:has|te has|me has|te) (?:olvidado|olvidaste|equivocas|equivocaste|inventado|inventaste|borrado|ignorado|dejado|dado lo mismo|saltado)|(?:olvidaste|ignoraste|borraste|cambiaste otra|inventaste|te faltó|estás equivocado|me diste|me has dado)',
    '(?:el|la|lo) mism[oa] (?:error|problema|resultado|código|respuesta|cosa)|estás segur[oa]|no tiene (?:sentido|ningún efecto)|no pasa nada cuando|no hace nada|ningún cambio|ahora (?:falla|me ha borrado|no)|se (?:cuelga|rompe|cae)',
  ],
  wrongFirst: [
    '(?:pero |eh |mmm )?no (?:eso|te|es|yo|está|así|lo|tampoco|sigue|\\d)',
    '(?:mal|falso|incorrecto|error|nop|para nada|tampoco)(?=$|[,.!:;])',
  ],
  notWrong: [
    'no (?:está|es|hay) (?:mal|problema|grave|incorrecto|nada malo)|no pasa nada|sin problemas?|ningún problema|no hay (?:prisa|problema)|ya no (?:falla|da|sale|hay)(?: \\w+)?|no importa',
  ],
  asks: [
    '[¿¡]?(?:y |ok |vale |entonces |ahora |pero |también )*(?:cómo|qué|cuál\\w*|dónde|cuándo|quién|por qué|puedes|podrías|puede|se puede|hay|es posible|añade|agrega|haz|escribe|muestra|explica|cambia|usa|pon|ponme|crea|dame|quiero|quisiera|necesito|sigamos|pasemos|si|que)',
  ],
  supposes: ['si|cuando|cómo|mensaje|en caso|debe|debería|podría|que (?:muestre|devuelva|diga|tenga)|qué'],
  thanks: ['gracias(?! de antemano| por adelantado)|te lo agradezco|agradecid[oa]|grax'],
  praise: [
    '(?:(?:está|es|muy|ah|vale|ok|sí|qué|todo) )*(?:perfecto|genial|excelente|estupendo|fantástico|fenomenal|buenísimo|increíble|bien|claro|guay|súper|super|bueno|útil|exacto|maravilloso|bravo|de lujo)(?: (?:explicación|explicado|respuesta|trabajo))?',
    '(?:buena|excelente|gran|muy buena) (?:explicación|respuesta)|justo lo que (?:necesitaba|quería|buscaba)',
  ],
  works: [
    '(?:ya|ahora|todo|eso|esto|así)(?: sí| me)? (?:funciona|funcionó|va|compila|sirve|corre|pasa|entiendo|lo entiendo)(?! (?:pero|solo|sólo|mal|con|en|si))',
    '^(?:me )?funcion(?:a|ó)(?: (?:bien|perfecto|genial|ahora|perfectamente))?(?=$|[,.!])|era eso|por fin lo entiendo|(?:lo )?entendido|entiendo|problema (?:resuelto|solucionado)|solucionado|resuelto|ya no (?:falla|da error)|funciona perfecto',
  ],
  but: ['pero|sin embargo|aunque|lamentablemente|solo que'],
  wishes: ['(?:yo )?(?:quiero|quisiera|prefiero|necesito|me gustaría)|puedes|podrías|cómo|qué|hay'],
  nowBad: ['(?:y )?ahora (?:me|ya no|no|todo|nada|se|el|la|los|las|da|sale|falla|borra|está|hay|ni)'],
  again: [
    'repito|de nuevo:?|otra vez:?|vuelvo a preguntar|mi pregunta (?:era|es)|la pregunta (?:era|es)|en otras palabras|lo que pregunté|en palabras (?:simples|sencillas)|más sencillo|sigo sin entender',
  ],
  other: ['también|otr[oa]s?|además|en lugar|en vez|igual pero|esta vez|siguiente|similar|parecid[oa]'],
  common: [
    ...'el la los las un una unos de del al y o que qué en con por para sin se me te lo le mi tu su es son está soy no si sí como cómo cuál quién hay pero más ya esto eso este esta puedo puedes hacer haz hago escribe uso ser tiene muy'.split(
      ' ',
    ),
  ],
};
